"""Texts edited at a desk: read, saved against what was read, and nothing lost."""
