"""The steps of a proposal, one command a file."""
