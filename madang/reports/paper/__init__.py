"""Official papers as values (`blocks`) and the pure renderers that print them (`render`)."""
