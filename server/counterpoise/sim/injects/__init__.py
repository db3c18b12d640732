"""Events from outside play: one file, one inject."""
