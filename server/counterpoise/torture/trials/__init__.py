"""One file, one trial."""
