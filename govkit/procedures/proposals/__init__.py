"""A proposal from its opening to its decision."""
