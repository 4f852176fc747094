"""Founding, members, calls, and how the coalition changes its own rules."""
