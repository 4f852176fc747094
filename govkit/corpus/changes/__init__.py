"""Two corpora in, a list of changes out: what changed, of what class, and which way."""
