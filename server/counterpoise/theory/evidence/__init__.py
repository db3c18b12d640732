"""The evidence for propositions: the sample of decisions, the incidents around them, and the verdict rule."""
