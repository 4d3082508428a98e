"""Step kinds of this area."""
