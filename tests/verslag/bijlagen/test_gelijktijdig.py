"""Uploads at the same moment, with real commits: together they never pass a quota."""

import pytest

from kern.tenancy import kring_context
from tests.factories import BijlageFactory
from tests.verslag.bijlagen import goed
from tests.verslag.test_gelijktijdig import at_once, by, kring, verslag  # noqa: F401 (fixtures)
from verslag import actions
from verslag.actions import bijlage as bijlage_actions
from verslag.bestand import BestandGeweigerd
from verslag.models import Bijlage

pytestmark = pytest.mark.traag


def _photos(number: int) -> list:
    """Return so many different photos, judged."""
    made = [goed.encoded(goed.photo(100 + index, 80), "JPEG") for index in range(number)]
    return [actions.judge_upload(data, "foto.jpg", size=len(data)) for data in made]


def test_sixteen_photos_at_once_are_ten(kring, verslag, by):  # noqa: F811
    photos = _photos(16)

    def add(index):
        with kring_context(kring.pk):
            try:
                actions.add_bijlage(verslag, keuring=photos[index], omschrijving="", by=by)
            except BestandGeweigerd:
                return False
            return True

    assert sum(at_once(16, add)) == bijlage_actions.PER_VERSLAG
    with kring_context(kring.pk):
        numbers = sorted(Bijlage.objects.values_list("nummer", flat=True))
    assert numbers == list(range(1, bijlage_actions.PER_VERSLAG + 1))


def test_the_day_of_a_kring_is_never_passed(kring, verslag, by, monkeypatch):  # noqa: F811
    """Different reports: here only the lock of the kring stands between them."""
    photos = _photos(8)
    size = max(len(photo.bestand.inhoud) for photo in photos)
    monkeypatch.setattr(bijlage_actions, "BYTES_PER_DAG", 3 * size)
    with kring_context(kring.pk):
        reports = [BijlageFactory(kring=kring, grootte=0).verslag for _photo in photos]

    def add(index):
        with kring_context(kring.pk):
            try:
                actions.add_bijlage(reports[index], keuring=photos[index], omschrijving="", by=by)
            except BestandGeweigerd:
                return False
            return True

    added = sum(at_once(8, add))
    with kring_context(kring.pk):
        kept = sum(Bijlage.objects.values_list("grootte", flat=True))
    assert added >= 3
    assert kept <= 3 * size


def test_twenty_clicks_on_the_same_photo_are_one(kring, verslag, by):  # noqa: F811
    [photo] = _photos(1)

    def add(_index):
        with kring_context(kring.pk):
            return actions.add_bijlage(verslag, keuring=photo, omschrijving="", by=by).pk

    assert len(set(at_once(20, add))) == 1
