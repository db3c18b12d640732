"""What comes in from seats: orders that wait or act at once, their acks, talk, and what commands do."""
