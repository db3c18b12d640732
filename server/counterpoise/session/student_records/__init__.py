"""A record for each student: what they foresaw, feared, promised and did, beside the class and the theory."""
