"""One file, one family of propositions; a proposition is a class."""
