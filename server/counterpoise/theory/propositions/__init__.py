"""One file for each family of propositions; a proposition is a class."""
