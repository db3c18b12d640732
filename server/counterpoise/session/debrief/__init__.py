"""A debrief beside its theory: journals read for it, its document, and what it is held against: noise, registrations."""
