"""What stands in the rules: typed variables, our own words with them, and what differs. Pure."""
