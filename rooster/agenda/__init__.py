"""Calendar feeds: the file, and what stands in it."""
