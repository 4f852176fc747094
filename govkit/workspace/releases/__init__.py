"""Releases opened, gathered and verified: reading only."""
