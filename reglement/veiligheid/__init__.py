"""Safety of whoever is on duty (§5.5)."""
