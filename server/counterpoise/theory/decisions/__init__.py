"""Decision points frozen before a choice, and the outcomes observed after it."""
