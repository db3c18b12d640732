"""Bring sessions from the shelf into rooms, keep the claim to their journals, and let go of them."""
