"""Prints what a platform took in: its terms, a cover sheet, a label."""
