"""What the moderator's console has beside the session itself: news of the seats, rehearsals, and the end of a pause."""
