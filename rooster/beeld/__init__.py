"""The roster as it is shown: by week, month and year."""
