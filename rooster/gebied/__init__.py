"""The area of a kring: travel times and a drawing (§5.1, RO-11)."""
