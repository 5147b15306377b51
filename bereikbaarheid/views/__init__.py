"""Pages of the bereikbaarheid app."""
