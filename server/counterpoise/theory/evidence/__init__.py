"""What the propositions are tested on: the sample of decisions and what happened around them."""
