"""Pages of the drafts of a period."""
