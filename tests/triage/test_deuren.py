"""Every door of a call for the wrong person."""

import uuid

import pytest

from tests import factories
from triage.models import Oproep

DEUREN = [
    ("oproep", "get"),
    ("stand", "get"),
    ("antwoorden", "post"),
    ("patient", "post"),
    ("patient_kies", "post"),
    ("herhaling", "post"),
    ("eigen_tandarts", "post"),
    ("contactpoging", "post"),
    ("besluit", "post"),
    ("afronden", "post"),
    ("afbreken", "post"),
    ("weggooien", "post"),
]


@pytest.mark.parametrize(("naam", "methode"), DEUREN)
class TestToegang:
    @pytest.mark.parametrize("wie", ["coordinator", "fg", "vertegenwoordiger", "beheerder"])
    def test_other_role_is_refused(self, naam, methode, wie, request):
        client = request.getfixturevalue("als")(request.getfixturevalue(wie))
        url, oproep = request.getfixturevalue("url"), request.getfixturevalue("oproep")
        assert getattr(client, methode)(url(naam, oproep)).status_code == 403

    def test_other_kring_is_a_404(self, client, url, naam, methode, andere_kring):
        other = factories.OproepFactory(kring=andere_kring)
        assert getattr(client, methode)(url(naam, other)).status_code == 404
        in_other = url(naam, other, slug=andere_kring.slug)
        assert getattr(client, methode)(in_other).status_code == 404

    def test_unknown_call_is_a_404(self, client, url, oproep, naam, methode):
        unknown = Oproep(pk=uuid.uuid4())
        assert getattr(client, methode)(url(naam, unknown)).status_code == 404

    def test_anonymous_goes_to_the_login(self, als, url, oproep, naam, methode):
        response = getattr(als(), methode)(url(naam, oproep))
        assert response.status_code == 302
        assert "/aanmelden/" in response["Location"]
