"""What an instructor prints: role sheets, the rules and the theory on a page each, and a pack for teaching with a scenario."""
