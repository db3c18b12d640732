"""The durable record of a session: its entries, its formats, the texts that people typed, and who can read it."""
