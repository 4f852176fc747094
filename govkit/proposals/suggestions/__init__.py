"""A printed text that comes back changed: which words belong to which field, and what it asks for."""
