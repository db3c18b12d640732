"""The play log of a served session: what people and programs do, with the time of day."""
