"""HTTP only: the pages of the dentist, the dossiers, and the public pick-up."""
