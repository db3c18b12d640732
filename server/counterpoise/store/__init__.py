"""Journals on disk: one SQLite file for each session, with one writer and read-only readers."""
