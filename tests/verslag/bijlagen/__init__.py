"""Attachments: the hostile corpus, the actions, the pages."""
