"""The address book: a check holds for one address, and every step stays readable."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from kring import actions
from kring.models import Adreswijziging, EigenTandarts
from tests.factories import EigenTandartsFactory

Controle = EigenTandarts.Controle


@pytest.fixture
def by(actor, coordinator):
    return actor(coordinator)


@pytest.fixture
def eigen(kring):
    return EigenTandartsFactory(kring=kring)


@pytest.fixture
def gecontroleerd(eigen, by):
    return check(eigen, by)


def check(eigen, by, **shown):
    shown = {"email": eigen.email, "telefoon": eigen.telefoon} | shown
    actions.check_adres(eigen, by=by, toelichting="Gebeld met de praktijk.", **shown)
    eigen.refresh_from_db()
    return eigen


def test_a_check_says_who_when_and_how(gecontroleerd, coordinator):
    assert gecontroleerd.controle == Controle.JA
    assert gecontroleerd.gecontroleerd_door == coordinator
    assert gecontroleerd.gecontroleerd_op is not None
    step = Adreswijziging.objects.get()
    assert (step.wat, step.toelichting, step.gedaan_door) == (
        "gecontroleerd",
        "Gebeld met de praktijk.",
        coordinator.naam,
    )
    assert Logregel.objects.filter(gebeurtenis="eigentandarts.gecontroleerd").count() == 1


@pytest.mark.parametrize(
    ("veld", "waarde", "blijft"),
    [
        ("email", "ander@elders.example", False),
        ("telefoon", "+31699999999", False),
        ("naam", "Iemand anders", False),
        ("praktijk", "Andere praktijk", False),
        ("plaats", "Bunnik", True),
        ("agb_code", "12004567", True),
    ],
)
def test_a_change_of_where_it_goes_drops_the_check(gecontroleerd, by, veld, waarde, blijft):
    actions.change_eigen_tandarts(gecontroleerd, by=by, **{veld: waarde})
    gecontroleerd.refresh_from_db()
    assert (gecontroleerd.controle == Controle.JA) is blijft
    assert (gecontroleerd.gecontroleerd_op is not None) is blijft
    assert getattr(gecontroleerd, veld) == waarde


def test_the_history_holds_what_stood_there(eigen, by):
    oud = eigen.email
    actions.change_eigen_tandarts(eigen, by=by, email="nieuw@elders.example", naam=eigen.naam)
    step = Adreswijziging.objects.get()
    assert (step.voor, step.na) == ({"email": oud}, {"email": "nieuw@elders.example"})
    assert step.regels == [{"veld": "e-mailadres", "voor": oud, "na": "nieuw@elders.example"}]


def test_saving_what_stands_there_is_no_change(gecontroleerd, by):
    actions.change_eigen_tandarts(gecontroleerd, by=by, email=gecontroleerd.email)
    assert Adreswijziging.objects.get().wat == "gecontroleerd"


def test_history_cannot_be_rewritten(gecontroleerd):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Adreswijziging.objects.update(gedaan_door="niemand")
    assert Adreswijziging.objects.get().gedaan_door != "niemand"


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker"])
def test_a_checked_address_is_the_coordinators(gecontroleerd, actor, request, wie):
    person = actor(request.getfixturevalue(wie))
    with pytest.raises(ValidationError, match="Alleen de coördinator"):
        actions.change_eigen_tandarts(gecontroleerd, by=person, email="dief@elders.example")
    # To call it wrong is not a way around: one person would turn both factors of a practice.
    actions.report_fout(gecontroleerd, reden="Mailbox bestaat niet meer.", by=person)
    with pytest.raises(ValidationError, match="Alleen de coördinator"):
        actions.change_eigen_tandarts(
            gecontroleerd, by=person, email="dief@elders.example", telefoon="+31612345678"
        )
    gecontroleerd.refresh_from_db()
    assert gecontroleerd.controle == Controle.FOUT
    assert gecontroleerd.email != "dief@elders.example"


def test_a_checked_address_that_was_called_wrong_is_mended_by_the_coordinator(gecontroleerd, by):
    actions.report_fout(gecontroleerd, reden="Mailbox bestaat niet meer.", by=by)
    actions.change_eigen_tandarts(gecontroleerd, by=by, email="nieuw@elders.example")
    gecontroleerd.refresh_from_db()
    assert (gecontroleerd.controle, gecontroleerd.fout_reden) == (Controle.NIET, "")
    assert gecontroleerd.email == "nieuw@elders.example"
    assert gecontroleerd.gecontroleerd_op is None


def test_a_wrong_address_that_nobody_checked_may_be_mended_tonight(eigen, actor, triagist):
    person = actor(triagist)
    actions.report_fout(eigen, reden="Retour.", by=person)
    actions.change_eigen_tandarts(eigen, by=person, email="nieuw@elders.example")
    eigen.refresh_from_db()
    assert (eigen.controle, eigen.email) == (Controle.NIET, "nieuw@elders.example")


def test_a_check_does_not_cover_a_change_of_a_moment_ago(eigen, by):
    with pytest.raises(ValidationError, match="net gewijzigd"):
        check(eigen, by, email="oud@elders.example")
    eigen.refresh_from_db()
    assert eigen.controle == Controle.NIET
    assert not Adreswijziging.objects.exists()


@pytest.mark.parametrize(
    "email",
    [
        # A K of Kelvin and a long s, from a text that was copied; a name that no DNS can hold.
        "piet\u212a@elders.example",
        "\u017fam@elders.example",
        "a@" + "\xe9" * 60 + ".example",
        "a@a\u05d0.example",
    ],
)
def test_a_mailbox_that_no_mail_can_reach_is_refused_where_it_comes_in(kring, eigen, by, email):
    """The form lets them through, and signing the report would break on them."""
    validate_email(email)
    with pytest.raises(ValidationError) as added:
        actions.add_eigen_tandarts(kring_id=kring.pk, naam="A", praktijk="P", email=email, by=by)
    with pytest.raises(ValidationError) as changed:
        actions.change_eigen_tandarts(eigen, email=email, by=by)
    assert "email" in added.value.message_dict
    assert "email" in changed.value.message_dict
    assert not EigenTandarts.objects.filter(email=email).exists()


def test_a_mailbox_with_its_own_letters_in_the_domain_is_fine(eigen, by):
    actions.change_eigen_tandarts(eigen, email="piet@tandarts-\xe9\xe9n.example", by=by)
    assert EigenTandarts.objects.get(pk=eigen.pk).email.startswith("piet@")


def test_an_address_without_anything_cannot_be_checked(kring, by):
    leeg = actions.add_eigen_tandarts(kring_id=kring.pk, naam="A", praktijk="P", by=by)
    with pytest.raises(ValidationError, match="Vul eerst"):
        check(leeg, by)


def test_two_dentists_may_both_lack_a_mailbox_but_not_share_one(kring, by):
    for naam in ("A", "B"):
        actions.add_eigen_tandarts(kring_id=kring.pk, naam=naam, praktijk="P", by=by)
    assert EigenTandarts.objects.filter(email="").count() == 2
    EigenTandartsFactory(kring=kring, email="een@elders.example")
    with pytest.raises(ValidationError) as refused:
        actions.add_eigen_tandarts(
            kring_id=kring.pk, naam="C", praktijk="P", email="een@elders.example", by=by
        )
    assert "email" in refused.value.message_dict


def test_wrong_is_told_once(eigen, by):
    for _time in range(2):
        actions.report_fout(eigen, reden="Retour gekomen.", by=by)
    eigen.refresh_from_db()
    assert (eigen.controle, eigen.fout_reden) == (Controle.FOUT, "Retour gekomen.")
    assert Logregel.objects.filter(gebeurtenis="eigentandarts.fout_gemeld").count() == 1


def test_step_history_and_line_stand_or_fall_together(eigen, by, monkeypatch):
    monkeypatch.setattr("kern.logboek.record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.report_fout(eigen, reden="Retour.", by=by)
    eigen.refresh_from_db()
    assert eigen.controle == Controle.NIET
    assert not Adreswijziging.objects.exists()


def test_the_database_knows_no_check_without_a_moment(eigen):
    with pytest.raises(IntegrityError, match="controle_met_moment"), transaction.atomic():
        EigenTandarts.objects.filter(pk=eigen.pk).update(controle="ja")


# --- the pages


def page(eigen, path=""):
    return f"/k/{eigen.kring.slug}/eigen-tandartsen/{eigen.pk}/{path}"


def test_no_two_fields_of_the_page_share_a_name_for_their_label(als, coordinator, eigen):
    html = als(coordinator).get(page(eigen)).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert "controle_toelichting" in ids
    assert len(ids) == len(set(ids))


def test_the_coordinator_checks_on_the_page(als, coordinator, eigen):
    client = als(coordinator)
    shown = {"email": eigen.email, "telefoon": eigen.telefoon}
    refused = client.post(page(eigen, "gecontroleerd/"), shown)
    assert refused.status_code == 422
    assert "Schrijf op hoe" in refused.content.decode()
    stale = shown | {"email": "oud@elders.example", "toelichting": "Gebeld."}
    again = client.post(page(eigen, "gecontroleerd/"), stale)
    assert again.status_code == 422
    assert "net gewijzigd" in again.content.decode()
    assert "Gebeld." in again.content.decode()
    done = client.post(page(eigen, "gecontroleerd/"), shown | {"toelichting": "Gebeld."})
    assert done.status_code == 302
    html = client.get(page(eigen)).content.decode()
    assert "gecontroleerd" in html
    assert f"door {coordinator.naam}" in html


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker", "beheerder"])
def test_nobody_else_checks(als, request, eigen, wie):
    client = als(request.getfixturevalue(wie))
    shown = {"email": eigen.email, "telefoon": eigen.telefoon, "toelichting": "Gebeld."}
    assert client.post(page(eigen, "gecontroleerd/"), shown).status_code == 403
    eigen.refresh_from_db()
    assert eigen.controle == Controle.NIET


def test_whoever_finds_out_tells_that_it_is_wrong(als, triagist, gecontroleerd):
    client = als(triagist)
    html = client.get(page(gecontroleerd)).content.decode()
    assert "Alleen de coördinator kan het wijzigen" in html
    assert client.post(page(gecontroleerd, "klopt-niet/"), {"reden": ""}).status_code == 422
    told = client.post(page(gecontroleerd, "klopt-niet/"), {"reden": "Praktijk is gesloten."})
    assert told.status_code == 302
    assert "Praktijk is gesloten." in client.get(page(gecontroleerd)).content.decode()


def test_a_refused_change_is_told_on_the_page(als, triagist, gecontroleerd):
    typed = {"naam": "X", "praktijk": "P", "email": "dief@elders.example", "telefoon": ""}
    response = als(triagist).post(page(gecontroleerd), typed)
    assert response.status_code == 422
    assert "Alleen de coördinator kan het wijzigen. Klopt" in response.content.decode()
    gecontroleerd.refresh_from_db()
    assert gecontroleerd.email != "dief@elders.example"


@pytest.mark.parametrize("path", ["", "gecontroleerd/", "klopt-niet/"])
def test_another_kring_is_not_there(als, coordinator, andere_kring, kring, path):
    theirs = EigenTandartsFactory(kring=andere_kring)
    url = f"/k/{kring.slug}/eigen-tandartsen/{theirs.pk}/{path}"
    assert als(coordinator).post(url, {"reden": "x", "toelichting": "x"}).status_code == 404


def test_the_list_filters_on_the_check_and_costs_the_same(als, coordinator, kring, by):
    def fill(number):
        for row in EigenTandartsFactory.create_batch(number, kring=kring):
            actions.report_fout(row, reden="Retour.", by=by)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/k/{kring.slug}/eigen-tandartsen/", {"controle": "fout"})
        return len(captured), len(response.context["pagina"].object_list)

    client = als(coordinator)
    EigenTandartsFactory(kring=kring)
    fill(1)
    one, shown = queries()
    assert shown == 1
    fill(29)
    assert queries() == (one, 30)
