"""Records become one immutable whole: by id and kind, with references and digests."""
