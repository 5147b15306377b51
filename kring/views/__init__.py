"""Pages of the kring."""
