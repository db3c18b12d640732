"""The story of a session for its debrief: findings with their moments, each state's steps, and threats over time."""
