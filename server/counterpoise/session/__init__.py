"""A running game: seats, journal format, forecasts, replay and debrief data. Pure: it is fed, and drained."""
