"""``counterpoise register``, and the files of hypotheses that users name."""
