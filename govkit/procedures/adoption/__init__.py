"""From a profile and the texts of an edition to the files that a platform gets."""
