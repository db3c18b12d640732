"""Reading dyad-year data: bytes of files become the tables that worlds are built from. Nothing here opens a file."""
