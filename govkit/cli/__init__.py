"""The second door to the world: commands, and what they print. One file per command."""
