"""The asyncio server: connections, rooms, clocks, static files."""
