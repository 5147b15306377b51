"""The round trip: one night through the same pages that people use, each link verified."""
