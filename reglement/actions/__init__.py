"""The only door for a change of state in this app."""
