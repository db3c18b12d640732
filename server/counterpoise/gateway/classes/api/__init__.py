"""The HTTP API of classes, for a learning platform or a script, on the operators' listener."""
