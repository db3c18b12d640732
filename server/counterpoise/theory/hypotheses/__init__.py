"""One file for each hypothesis, rival or baseline. They do not import each other."""
