"""govkit: a Git-backed document-governance toolkit. This module holds the version and no more."""

__version__ = "0.1.0"
