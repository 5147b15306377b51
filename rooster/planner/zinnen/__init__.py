"""The planner's answers in plain Dutch. Names come from the instance; where it has none, its ids.

What a colleague may not read of another (the ground of an exemption, RO-5) is left out unless the
caller says that the reader is the coordinator.
"""

from rooster.planner.zinnen.knelpunten import bottleneck_sentences, way_out_sentence
from rooster.planner.zinnen.uitleg import balance_sentence, candidate_sentences

__all__ = [
    "balance_sentence",
    "bottleneck_sentences",
    "candidate_sentences",
    "way_out_sentence",
]
