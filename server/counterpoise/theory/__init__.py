"""The theory and its checker: pure code that reads worlds and decisions. The simulation never imports it."""
