"""Pages of meetings: a module per part of their life."""
