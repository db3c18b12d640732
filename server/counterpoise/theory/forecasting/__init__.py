"""From a decision point to probabilities: utilities, the choice rule, and what every hypothesis is."""
