"""What can still be read of a file that is no record, so that all its mistakes are told at once."""
