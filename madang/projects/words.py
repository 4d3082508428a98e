"""Sentences of this area."""
