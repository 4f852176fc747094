"""What changed between two texts, word by word, so that a lawyer can read it."""
