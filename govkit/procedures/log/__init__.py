"""Filing in the log: numbering, signing, and bringing two histories together."""
