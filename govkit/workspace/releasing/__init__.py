"""Releases in the folder and in git: opening, cutting, publishing, listing."""
