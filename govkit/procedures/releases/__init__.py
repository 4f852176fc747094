"""Building, cutting, signing and publishing a release."""
