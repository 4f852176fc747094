"""What a form on a code host becomes: an edit, or a submission that a coordinator takes in."""
