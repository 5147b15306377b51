"""The kring governs itself: rules, meetings, votes, decisions (chapter 5, Modelreglement)."""
