"""Everything that is in a release, as bytes: books, redline, notes, consent, comments, evidence."""
