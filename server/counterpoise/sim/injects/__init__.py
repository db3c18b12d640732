"""The injects: events from outside play, one file each."""
