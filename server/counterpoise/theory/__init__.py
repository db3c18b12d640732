"""What the theory says of the world: pure, reads worlds and decisions, never moves one. The simulation never imports it."""
