"""Drafts: from rows to the planner's instance and back, and what their pages show."""
