"""The rules of the world: what follows from an act or an event, and how likely it is."""
