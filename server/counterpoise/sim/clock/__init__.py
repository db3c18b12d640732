"""The clock: dates and ticks, the agenda of what is due, and SimPy's event for each of its rows."""
