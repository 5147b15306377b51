"""Forms of the reglement app: a module per subject."""
