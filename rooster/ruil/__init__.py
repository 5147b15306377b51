"""Swapping and replacing: who may, who can, who is asked, and outside dentists (RO-8)."""
