"""Letters to members and commenters that are owed: found in the records, written, and noted."""
