"""Disputes, crises and wars: when they begin and rise, who joins, how they end and what the victors take."""
