"""How answers are printed: one small file per format."""
