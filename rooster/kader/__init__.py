"""The frame: kinds of duty, holidays, hours and shares, pure and as rows (§5.3, §5.4)."""
