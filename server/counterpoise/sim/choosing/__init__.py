"""What a seat can choose from."""
