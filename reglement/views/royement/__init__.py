"""The pages of a royement."""
