"""Every list of words by language, as data: `words/` has a file for each language."""
