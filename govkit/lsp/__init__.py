"""The door for editors: a page in an editor is asked about, and what is known of it is shown."""
