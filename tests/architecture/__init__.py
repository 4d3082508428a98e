"""The plan of the house, held by tests. An exception stands in a dictionary beside the rule, with its reason."""
