"""What states may do: one file, one move."""
