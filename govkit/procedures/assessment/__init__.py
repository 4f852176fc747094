"""What writes and reads the folder of an evaluation."""
