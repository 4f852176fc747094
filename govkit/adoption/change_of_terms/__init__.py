"""A platform changes its terms: what it touches, what that asks for, and what is so afterwards."""
