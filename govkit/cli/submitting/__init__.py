"""A change that is handed in, step by step."""
