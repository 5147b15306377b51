"""What became of the reports of a period, for the coordinator: counts and moments, no patients."""
