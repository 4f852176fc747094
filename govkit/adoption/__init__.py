"""From a corpus and a platform's profile to its terms, its statement and its label."""
