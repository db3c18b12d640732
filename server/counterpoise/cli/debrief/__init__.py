"""The debrief as text and as a page."""
