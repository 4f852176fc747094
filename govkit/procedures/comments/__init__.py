"""Taking comments in, filing and answering them."""
