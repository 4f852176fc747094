"""The first door to the world: folders and git. Everything else gets bytes."""
