"""The check: forecast accuracy, verdicts, sensitivity, and the debrief document."""
