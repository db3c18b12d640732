"""One file, one hypothesis, rival or baseline; none knows another."""
