"""Officials' pages."""
