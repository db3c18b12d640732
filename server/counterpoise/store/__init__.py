"""Journals on disk: one SQLite file a session, one writer, read-only readers."""
