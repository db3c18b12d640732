"""Journals in PostgreSQL, which several server processes share: one writes a session at a time, and the database sees to it."""
