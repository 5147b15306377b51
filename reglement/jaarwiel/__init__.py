"""The yearly wheel: what MR 4.2 asks again and again, when it must be done, and what shows it."""
