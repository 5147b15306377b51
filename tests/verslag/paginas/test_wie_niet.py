"""Who may not: another role, nobody, another kring, a colleague."""

import pytest

from tests.factories import LidmaatschapFactory, TandartsFactory
from tests.verslag.conftest import KANARIE
from tests.verslag.paginas.hulp import url


def all_urls(kring, overdracht):
    versie = overdracht.versie
    verslag = versie.verslag
    return [
        ("GET", url("mijn", kring)),
        ("POST", url("gezien", kring, oproep=verslag.oproep_id)),
        ("POST", url("maak", kring, oproep=verslag.oproep_id)),
        ("GET", url("bewerk", kring, verslag=verslag.pk)),
        ("POST", url("bewerk", kring, verslag=verslag.pk)),
        ("GET", url("teken", kring, verslag=verslag.pk)),
        ("POST", url("teken", kring, verslag=verslag.pk)),
        ("GET", url("verslag", kring, verslag=verslag.pk)),
        ("POST", url("pdf", kring, verslag=verslag.pk, nummer=1)),
        ("POST", url("verstuur", kring, verslag=verslag.pk)),
        ("POST", url("opnieuw", kring, overdracht=overdracht.pk)),
        ("POST", url("intrekken", kring, overdracht=overdracht.pk)),
        ("GET", url("dossiers", kring)),
        ("GET", url("dossier", kring, dossier=verslag.dossier_id)),
        ("POST", url("bsn_tonen", kring, dossier=verslag.dossier_id)),
    ]


@pytest.mark.parametrize("rol", ["triagist", "coordinator", "vertegenwoordiger", "beheerder", "fg"])
def test_other_roles_are_refused(request, als, kring, overdracht, rol):
    client = als(request.getfixturevalue(rol))
    for method, address in all_urls(kring, overdracht):
        assert client.generic(method, address).status_code == 403, address


def test_nobody_is_sent_to_the_login(als, kring, overdracht):
    for method, address in all_urls(kring, overdracht):
        response = als().generic(method, address)
        assert response.status_code == 302, address
        assert "/aanmelden/" in response["Location"]


def test_another_kring_does_not_exist(als, vreemde, kring, andere_kring, overdracht):
    client = als(vreemde)
    for method, address in all_urls(kring, overdracht):
        assert client.generic(method, address).status_code == 404, address
    # The same objects below the own kring: row-level security hides them.
    for method, address in all_urls(andere_kring, overdracht):
        if not address.endswith(("/mijn/", "/dossiers/")):
            assert client.generic(method, address).status_code == 404, address
    for name in ("mijn", "dossiers"):
        assert KANARIE["naam"] not in client.get(url(name, andere_kring)).content.decode()


def test_a_colleague_cannot_touch_my_report(als, kring, overdracht):

    colleague = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    TandartsFactory(kring=kring, gebruiker=colleague)
    client = als(colleague)
    for method, address in all_urls(kring, overdracht):
        if not address.endswith(("/mijn/", "/dossiers/")):
            assert client.generic(method, address).status_code == 404, address
    overdracht.refresh_from_db()
    assert overdracht.ingetrokken_op is None
