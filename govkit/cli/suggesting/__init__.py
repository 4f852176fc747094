"""A printed text that came back changed, at the desk."""
