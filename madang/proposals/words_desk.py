"""Sentences of the desk of proposals."""
