"""A printed text that comes back changed: whose words are whose, and what it asks for."""
