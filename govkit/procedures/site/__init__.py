"""The coalition's website: gathered from a folder, and put into another."""
