"""What was done, in order: the chain, its seals and periods, and who coordinated when."""
