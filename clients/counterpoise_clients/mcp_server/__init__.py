"""A seat of a hosted game as an MCP server, so that any program that speaks the Model Context Protocol can play it.

``seat`` waits, looks and orders over the network client, ``seat_server`` gives that the form of tools and resources, and
``kept_seat`` keeps the way back to the seat for the next start.
"""
