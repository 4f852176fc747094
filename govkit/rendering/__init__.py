"""Records become a document, one neutral tree, and the tree becomes Markdown, HTML or PDF bytes."""
