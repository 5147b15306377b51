"""The events of the statistiek app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {"statistiek.csv": "cijfers van de kring opgeslagen als bestand"}
