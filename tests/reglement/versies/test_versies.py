"""The life of a version: draft, proposal, adopted by a decision, and then as it is for ever."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from kern.models import Logregel
from reglement.actions import reglement as acties
from reglement.geldend import variabelen_on, version_on
from reglement.inhoud.vastleggen import fingerprint
from reglement.lezing import Lezing
from reglement.models import Agendapunt, Reglementversie
from reglement.stembeletsel import objections as vote_objections
from rooster.actions.waarnemer import publish_reglement
from rooster.models import Reglementtekst
from tests import factories


def events():
    return list(
        Logregel.objects.filter(gebeurtenis__startswith="reglementversie.")
        .order_by("id")
        .values_list("gebeurtenis", flat=True)
    )


def test_a_first_draft_begins_with_the_kring_itself_and_has_no_rules_below_it(kring, door):
    versie = acties.start_draft(kring_id=kring.pk, by=door)
    assert versie.variabelen["0.naam"] == "Kring Vecht"
    assert (versie.vorige, versie.nummer, versie.status) == (None, None, "concept")
    assert events() == ["reglementversie.begonnen"]


def test_a_next_draft_is_a_copy_of_what_was_adopted_last(kring, geldend, door):
    versie = acties.start_draft(kring_id=kring.pk, by=door)
    assert (versie.vorige, versie.variabelen) == (geldend, geldend.variabelen)


def test_an_article_is_saved_checked_and_an_emptied_value_is_open_again(concept, door):
    row = acties.save_article(
        concept,
        pagina="8",
        waarden={"8.opzegmaanden": "6"},
        tekst=" Stoppen mag met 6 maanden. ",
        gezien=0,
        by=door,
    )
    assert (row.variabelen["8.opzegmaanden"], row.teksten["8"]) == (6, "Stoppen mag met 6 maanden.")
    row = acties.save_article(
        row, pagina="8", waarden={"8.opzegmaanden": ""}, tekst="", gezien=1, by=door
    )
    assert "8.opzegmaanden" not in row.variabelen
    assert row.teksten == {}


def test_who_saw_an_older_draft_does_not_overwrite_a_colleague(concept, door):
    acties.save_lezing(concept, lezing=Lezing(volmacht=True), gezien=0, by=door)
    with pytest.raises(ValidationError, match="collega"):
        acties.save_article(
            concept, pagina="8", waarden={"8.opzegmaanden": 6}, tekst=None, gezien=0, by=door
        )
    concept.refresh_from_db()
    assert (concept.lezing["volmacht"], concept.variabelen["8.opzegmaanden"]) == (True, 3)


def test_rules_with_an_open_place_do_not_reach_the_agenda(concept, vergadering, door):
    del concept.variabelen["9.bedrag"]
    concept.save()
    with pytest.raises(ValidationError, match=r"nog niet af.*vergoeding per dienst"):
        acties.lay_before(concept, vergadering=vergadering, by=door)
    concept.refresh_from_db()
    assert concept.status == "concept"
    assert not Agendapunt.objects.exists()
    assert events() == []


def test_choices_that_do_not_fit_block_and_those_that_read_oddly_do_not(concept, vergadering, door):
    concept.variabelen |= {"9.min_weken": 60, "9.max_maanden": 6}
    concept.save()
    with pytest.raises(ValidationError, match="geen enkele termijn"):
        acties.lay_before(concept, vergadering=vergadering, by=door)
    concept.variabelen |= {"9.min_weken": 4, "4.weken_oproep": 6}
    concept.save()
    assert acties.lay_before(concept, vergadering=vergadering, by=door).pk


@pytest.mark.parametrize(
    ("changes", "soort"),
    [
        ({"8.opzegmaanden": 6}, "wijzigen"),
        ({"2.gebied": ["Maarssen"]}, "verzorgingsgebied"),
        ({"2.gebied": ["Maarssen"], "8.opzegmaanden": 6}, "wijzigen"),
    ],
)
def test_the_agenda_says_what_kind_of_decision_it_is(geldend, vergadering, door, changes, soort):
    row = acties.start_draft(kring_id=geldend.kring_id, by=door)
    row = acties.save_article(row, pagina="x", waarden=changes, tekst=None, gezien=0, by=door)
    assert acties.lay_before(row, vergadering=vergadering, by=door).besluitsoort == soort


def test_the_first_rules_of_a_kring_are_adopted_not_amended(concept, vergadering, door):
    punt = acties.lay_before(concept, vergadering=vergadering, by=door)
    assert (punt.besluitsoort, punt.reglementversie) == ("vaststellen", concept)


def test_one_proposal_at_a_time(kring, voorstel, vergadering, door):
    other = acties.start_draft(kring_id=kring.pk, by=door)
    with pytest.raises(ValidationError, match="ligt al een voorstel"):
        acties.lay_before(other, vergadering=vergadering, by=door)
    assert Agendapunt.objects.count() == 1


def test_a_meeting_that_was_called_takes_no_proposal_and_the_draft_stays_one(
    wijziging, vergadering, door
):
    factories.UitnodigingFactory(
        kring=vergadering.kring, vergadering=vergadering, verzonden_op=None
    )
    vergadering.status, vergadering.opgeroepen_op = "opgeroepen", vergadering.begint_op
    vergadering.save()
    with pytest.raises(ValidationError):
        acties.lay_before(wijziging, vergadering=vergadering, by=door)
    wijziging.refresh_from_db()
    assert wijziging.status == "concept"


def test_a_decision_that_is_processed_makes_the_rules(voorstel, besluit, geldend, door, vandaag):
    besluit(voorstel, dag=vandaag - timedelta(days=3))
    versie = acties.process(voorstel, by=door)
    versie.refresh_from_db()
    assert (versie.nummer, versie.status, versie.verwerkt_op) == (2, "vastgesteld", vandaag)
    assert versie.besloten_op == versie.geldig_vanaf == vandaag - timedelta(days=3)
    assert version_on(versie.kring_id, vandaag) == versie
    assert version_on(versie.kring_id, vandaag - timedelta(days=4)) == geldend
    assert variabelen_on(versie.kring_id, vandaag).opzegmaanden == 6
    assert versie.inhoud["aanhef"]["partijen"] == [["Praktijk De Brug", ""]]
    assert "minstens 6 maanden" in str(versie.inhoud["artikelen"][7])
    assert "minstens 6 maanden" in Reglementtekst.objects.latest("nummer").tekst
    assert events()[-1] == "reglementversie.vastgesteld"


def test_after_adoption_no_loose_text_replaces_the_rules(kring, geldend, door, als, coordinator):
    """The waarnemer signs what the deelnemers adopted, not what somebody typed beside it."""
    with pytest.raises(ValidationError, match="besluit van de vergadering"):
        publish_reglement(kring_id=kring.pk, tekst="Iets anders.", by=door)
    client = als(coordinator)
    rules = reverse("reglement:regels", kwargs={"kring": kring.slug})
    address = reverse("rooster:reglement_nieuw", kwargs={"kring": kring.slug})
    assert rules in client.get(address).content.decode()
    answer = client.post(address, {"tekst": "Iets anders, lang getypt."})
    assert answer.status_code == 422
    assert "Iets anders, lang getypt." in answer.content.decode()
    shown = client.get(reverse("rooster:reglement", kwargs={"kring": kring.slug}))
    assert rules in shown.content.decode()
    assert address not in shown.content.decode()
    assert Reglementtekst.objects.count() == 1


def test_a_later_first_day_holds_from_that_day(voorstel, besluit, geldend, door, vandaag):
    besluit(voorstel)
    first = vandaag + timedelta(days=30)
    versie = acties.process(voorstel, geldig_vanaf=first, by=door)
    assert version_on(versie.kring_id, vandaag) == geldend
    assert version_on(versie.kring_id, first) == versie


def test_a_typing_error_in_the_year_does_not_shut_out_every_next_version(
    voorstel, besluit, door, vandaag
):
    besluit(voorstel)
    with pytest.raises(ValidationError, match="Controleer het jaar"):
        acties.process(voorstel, geldig_vanaf=vandaag + timedelta(days=10 * 365), by=door)
    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.nummer) == ("voorgelegd", None)


def test_rules_do_not_hold_before_their_decision(voorstel, besluit, door, vandaag):
    besluit(voorstel)
    with pytest.raises(ValidationError, match="dag van het besluit"):
        acties.process(voorstel, geldig_vanaf=vandaag - timedelta(days=1), by=door)
    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.nummer) == ("voorgelegd", None)


@pytest.mark.parametrize("uitkomst", [None, "geen_geldige_stemming"])
def test_without_a_valid_decision_there_is_nothing_to_process(voorstel, besluit, door, uitkomst):
    if uitkomst:
        besluit(voorstel, uitkomst)
    with pytest.raises(ValidationError, match="nog niet besloten"):
        acties.process(voorstel, by=door)


def test_a_rejected_proposal_is_kept_and_changes_nothing(voorstel, besluit, geldend, door, vandaag):
    besluit(voorstel, "verworpen")
    acties.process(voorstel, by=door)
    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.nummer) == ("verworpen", None)
    assert version_on(voorstel.kring_id, vandaag) == geldend
    assert events()[-1] == "reglementversie.verworpen"


def test_the_hash_covers_the_text_the_values_and_the_version_before(
    voorstel, besluit, geldend, door
):
    besluit(voorstel)
    versie = acties.process(voorstel, by=door)
    record = {
        "nummer": versie.nummer,
        "variabelen": versie.variabelen,
        "lezing": versie.lezing,
        "inhoud": versie.inhoud,
        "vorige": geldend.sha256,
    }
    assert fingerprint(**record) == versie.sha256
    for name, other in (
        ("nummer", 3),
        ("variabelen", versie.variabelen | {"8.opzegmaanden": 7}),
        ("lezing", {"volmacht": True}),
        ("inhoud", versie.inhoud | {"aanhef": {}}),
        ("vorige", ""),
    ):
        assert fingerprint(**record | {name: other}) != versie.sha256


def test_an_amendment_lands_on_a_version_that_came_in_between(
    kring, voorstel, besluit, geldend, door
):
    """RG-9: a decision about the area makes a version while the proposal waits for its meeting."""
    area = factories.BesluitFactory(kring=kring, agendapunt__besluitsoort="verzorgingsgebied")
    between = acties.from_decision(
        kring_id=kring.pk, variabelen={"2.gebied": ["Loenen"]}, besluit=area, by=door
    )
    assert (between.nummer, between.vorige) == (2, geldend)
    besluit(voorstel)
    versie = acties.process(voorstel, by=door)
    versie.refresh_from_db()
    assert (versie.nummer, versie.vorige) == (3, between)
    assert (versie.variabelen["2.gebied"], versie.variabelen["8.opzegmaanden"]) == (["Loenen"], 6)


def test_without_rules_a_decision_about_the_area_has_nothing_to_change(kring, door):
    area = factories.BesluitFactory(kring=kring)
    with pytest.raises(ValidationError, match="nog geen reglement"):
        acties.from_decision(
            kring_id=kring.pk, variabelen={"2.gebied": ["X"]}, besluit=area, by=door
        )


def test_a_draft_of_an_older_version_is_brought_up_to_date_first(
    kring, wijziging, vergadering, door
):
    area = factories.BesluitFactory(kring=kring)
    acties.from_decision(kring_id=kring.pk, variabelen={"2.gebied": ["X"]}, besluit=area, by=door)
    with pytest.raises(ValidationError, match="Werk dit concept eerst bij"):
        acties.lay_before(wijziging, vergadering=vergadering, by=door)
    row = acties.refresh_draft(wijziging, by=door)
    assert (row.variabelen["2.gebied"], row.variabelen["8.opzegmaanden"]) == (["X"], 6)
    assert acties.lay_before(row, vergadering=vergadering, by=door).pk


@pytest.mark.parametrize("column", ["variabelen", "lezing", "teksten", "toelichting", "vorige_id"])
def test_what_lies_with_the_meeting_stays_as_it_is(voorstel, column):
    value = {"toelichting": "anders", "vorige_id": None}.get(column, {"x": 1})
    with pytest.raises(DatabaseError, match="ligt vast"), transaction.atomic():
        Reglementversie.objects.filter(pk=voorstel.pk).update(**{column: value})


@pytest.mark.parametrize(
    "change",
    [
        {"variabelen": {}},
        {"inhoud": {}},
        {"sha256": "00" * 32},
        {"geldig_vanaf": None},
        {"status": "concept"},
        {"besloten_op": None},
        {"lezing": {"volmacht": True}},
    ],
)
def test_what_was_adopted_stays_as_it_was_adopted(geldend, change):
    with pytest.raises(DatabaseError, match="ligt vast"), transaction.atomic():
        Reglementversie.objects.filter(pk=geldend.pk).update(**change)


def test_only_a_draft_can_go(geldend, wijziging, door):
    for statement, values in (
        ("DELETE FROM reglement_reglementversie WHERE id = %s", [geldend.pk]),
        ("TRUNCATE reglement_reglementversie CASCADE", []),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    acties.discard_draft(wijziging, by=door)
    assert list(Reglementversie.objects.all()) == [geldend]
    assert events()[-1] == "reglementversie.weggegooid"


def test_a_text_adopted_on_paper_needs_to_say_where(concept, door, vandaag):
    day = vandaag - timedelta(days=400)
    with pytest.raises(ValidationError, match="waar dit besluit staat"):
        acties.register_paper(concept, besloten_op=day, geldig_vanaf=day, reden=" ", by=door)
    with pytest.raises(ValidationError, match="moet nog komen"):
        acties.register_paper(
            concept,
            besloten_op=vandaag + timedelta(days=1),
            geldig_vanaf=vandaag + timedelta(days=1),
            reden="x",
            by=door,
        )
    row = acties.register_paper(concept, besloten_op=day, geldig_vanaf=day, reden="Map 3", by=door)
    assert (row.nummer, row.reden, row.besluit) == (1, "Map 3", None)
    assert version_on(row.kring_id, vandaag) == row


def test_a_proposal_goes_back_to_draft_until_the_meeting_is_called(voorstel, vergadering, door):
    acties.take_back(voorstel, by=door)
    voorstel.refresh_from_db()
    assert (voorstel.status, Agendapunt.objects.count()) == ("concept", 0)
    acties.lay_before(voorstel, vergadering=vergadering, by=door)
    vergadering.refresh_from_db()
    vergadering.status, vergadering.opgeroepen_op = "opgeroepen", vergadering.begint_op
    vergadering.save()
    with pytest.raises(ValidationError, match="al opgeroepen"):
        acties.take_back(voorstel, by=door)


def test_nobody_votes_on_a_proposal_that_was_withdrawn(voorstel, besluit, door):
    punt = Agendapunt.objects.get()
    assert vote_objections(punt) == []
    acties.withdraw(voorstel, by=door)
    assert "ingetrokken (art. 10.1)" in vote_objections(Agendapunt.objects.get())[0]


def test_a_proposal_that_was_decided_on_is_processed_not_withdrawn(voorstel, besluit, door):
    besluit(voorstel)
    with pytest.raises(ValidationError, match="Verwerk het besluit"):
        acties.withdraw(voorstel, by=door)


def test_an_adoption_that_fails_leaves_no_line_and_no_text(voorstel, besluit, door, monkeypatch):
    besluit(voorstel)
    before = Reglementtekst.objects.count(), Logregel.objects.count()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("reglement.actions.reglement.vaststellen.log", fail)
    with pytest.raises(RuntimeError):
        acties.process(voorstel, by=door)
    voorstel.refresh_from_db()
    assert voorstel.status == "voorgelegd"
    assert (Reglementtekst.objects.count(), Logregel.objects.count()) == before
