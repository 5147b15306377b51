"""HTTP of the toezicht app."""
