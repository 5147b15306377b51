"""On paper: nothing leaves the house by itself; a person prints the letter and hands it over."""

from verslag.models import Overdracht


def issue(overdracht: Overdracht) -> None:
    """Nothing to send: the row says that somebody has to."""
