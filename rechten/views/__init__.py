"""HTTP of the rechten app."""
