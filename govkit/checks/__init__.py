"""A corpus to findings. A rule is a generator function; a file holds a family of them."""
