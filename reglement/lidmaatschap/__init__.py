"""Taking part: what is asked, what it owes, how far it reaches; rows for the pure law."""
