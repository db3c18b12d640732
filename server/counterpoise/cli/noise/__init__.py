"""``counterpoise noise``: what every estimate comes to in games of players without a theory."""
