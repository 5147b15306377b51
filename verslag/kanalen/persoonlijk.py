"""In person: nothing leaves the house by itself; `actions.overhandigen` keeps the proof."""

from verslag.models import Overdracht


def issue(overdracht: Overdracht) -> None:
    """Nothing to send: it was, or will be, given from hand to hand."""
