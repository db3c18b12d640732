"""How people played: the play log beside a journal, and what it tells."""
