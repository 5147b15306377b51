"""The events of the oefening app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "oefening.begonnen": "met een oefening begonnen",
    "oefening.ingeleverd": "een oefening ingeleverd",
}
