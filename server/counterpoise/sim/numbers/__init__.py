"""Numbers that are the same on every machine: random streams, chances, sums that decay, rounding."""
