"""A running game: seats, journal format, forecasts, replay and debrief data. Pure: no input, output or waiting."""
