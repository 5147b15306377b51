"""A vote from opening to decision: what is refused and why, what is counted, what is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from kern.models import Logregel
from kern.tijd import to_local
from kern.weergave import format_datum
from kring.models import Lidmaatschap
from reglement import stembeletsel
from reglement.actions import stemmen as acties
from reglement.besluiten import standing_decision
from reglement.bundel import controleer_besluit as controle
from reglement.models import (
    Besluit,
    Hoofdelijkestem,
    Stembus,
    Stemming,
    Stemopkomst,
    Vergaderstap,
)
from reglement.stemmen.stand import read_stand
from tests import factories
from tests.reglement.stemzaal import Stemzaal


@pytest.fixture
def zaal(kring):
    return Stemzaal(kring)


def _events():
    return list(Logregel.objects.order_by("id").values_list("gebeurtenis", flat=True))


def test_opening_writes_down_who_counts_and_which_rules_hold(zaal):
    versie = factories.ReglementversieFactory(
        kring=zaal.kring, lezing={"helft_plus_een": "letterlijk"}
    )
    stemming = zaal.open()
    assert stemming.regel == "gewoon"
    assert stemming.opgave["reglement"]["versie"] == versie.nummer
    assert stemming.opgave["reglement"]["sha256"] == versie.sha256
    assert stemming.opgave["reglement"]["lezing"]["helft_plus_een"] == "letterlijk"
    assert [row["naam"] for row in stemming.opgave["deelnemers"]] == [
        f"Praktijk {n:03d}" for n in range(6)
    ]
    step = Vergaderstap.objects.get()
    assert (step.soort, step.agendapunt_id) == ("stemming_open", zaal.punt.pk)
    assert _events() == ["stemming.geopend"]


def test_who_was_expelled_is_not_named_in_every_proof(zaal):
    for n, status in ((4, "geroyeerd"), (5, "eenzijdig")):
        factories.DeelnameFactory(
            kring=zaal.kring,
            deelnemer=zaal.praktijken[n],
            status=status,
            vanaf=to_local(timezone.now()).date() - timedelta(days=30),
        )
    bundel = zaal.vote("vvvv").besluit.bundel
    assert [row["naam"] for row in bundel["deelnemers"]] == [f"Praktijk {n:03d}" for n in range(4)]
    assert controle.check(controle.as_file(bundel)) == []


def test_without_quorum_the_article_and_the_first_lawful_day_are_told(kring):
    zaal = Stemzaal(kring, leden=9, aanwezig=5)
    with pytest.raises(ValidationError) as refused:
        zaal.open()
    week = format_datum(to_local(timezone.now()).date() + timedelta(days=7))
    (sentence,) = refused.value.messages
    assert "5 van de 9 deelnemers en er zijn er 6 nodig" in sentence
    assert "art. 10.3" in sentence
    assert f"vanaf {week} en vraagt er 5" in sentence
    assert not Stemming.objects.exists()


def test_in_a_second_meeting_half_plus_one_is_enough(kring):
    eerste = factories.VergaderingFactory(kring=kring, status="gesloten")
    zaal = Stemzaal(kring, leden=9, aanwezig=5, zitting="tweede", eerste=eerste)
    assert zaal.vote("vvvt").uitslag["uitkomst"] == "aangenomen"


def test_too_few_in_a_second_meeting_lets_the_proposal_lapse(kring):
    eerste = factories.VergaderingFactory(kring=kring, status="gesloten")
    zaal = Stemzaal(kring, leden=9, aanwezig=4, zitting="tweede", eerste=eerste)
    with pytest.raises(ValidationError, match="het voorstel vervalt"):
        zaal.open()


def test_a_room_may_refuse_its_own_subject(zaal, monkeypatch):
    monkeypatch.setattr(stembeletsel, "_BELETSELEN", [])
    stembeletsel.register(lambda punt: ["Eerst horen (art. 9.2d)."])
    with pytest.raises(ValidationError, match=r"9\.2d"):
        zaal.open()


@pytest.mark.parametrize(
    ("besluitsoort", "sentence"),
    [("", "staat geen besluit"), ("bestuur", "geen bestuur"), ("rooster", "goedkeuringsronde")],
)
def test_what_is_not_decided_by_a_vote_is_refused(kring, besluitsoort, sentence):
    zaal = Stemzaal(kring, besluitsoort=besluitsoort)
    with pytest.raises(ValidationError, match=sentence):
        zaal.open()


def test_a_meeting_without_quorum_decides_only_what_92k_is_for(kring):
    zaal = Stemzaal(kring, leden=9, aanwezig=2, zitting="zonder_quorum")
    with pytest.raises(ValidationError, match=r"9\.2k"):
        zaal.open()
    stemming = zaal.vote("vv", punt=zaal.point("hertoelating"))
    assert stemming.uitslag["uitkomst"] == "aangenomen"


def test_only_one_vote_at_a_time(zaal):
    zaal.open()
    with pytest.raises(ValidationError, match="loopt nog een stemming"):
        zaal.open(zaal.point())


def test_the_second_chair_hears_what_the_first_did(zaal):
    seen = zaal.vergadering.stap
    zaal.open(gezien=seen)
    with pytest.raises(ValidationError, match="Voorzitter de stemming geopend"):
        acties.withdraw_stemming(Stemming.objects.get(), gezien=seen, by=zaal.leider)
    assert Stemming.objects.get().status == "open"


def test_a_vote_by_name_keeps_who_what_and_when(zaal):
    stemming = zaal.open()
    zaal.cast(stemming, 2, "tegen")
    row = Hoofdelijkestem.objects.get()
    assert (row.deelnemer, row.gebruiker, row.keuze) == (
        zaal.praktijken[2],
        zaal.personen[2],
        "tegen",
    )
    assert row.op > stemming.geopend_op
    assert _events() == ["stemming.geopend", "stemming.gestemd"]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Hoofdelijkestem.objects.update(keuze="voor")


@pytest.mark.parametrize("geheim", [False, True])
def test_nobody_votes_twice(zaal, geheim):
    stemming = zaal.open(geheim=geheim)
    zaal.cast(stemming, 0, "voor")
    with pytest.raises(ValidationError, match="heeft al gestemd"):
        zaal.cast(stemming, 0, "tegen")
    done = acties.close_stemming(stemming, by=zaal.leider)
    assert [done.uitslag[k] for k in ("voor", "tegen", "blanco")] == [1, 0, 0]
    assert _events().count("stemming.gestemd") == 1


def test_who_is_not_there_cannot_vote(kring):
    zaal = Stemzaal(kring, leden=6, aanwezig=5)
    stemming = zaal.open()
    with pytest.raises(ValidationError, match="niet als aanwezig"):
        zaal.cast(stemming, 5, "voor")
    zaal.note(5, "binnen")
    zaal.cast(stemming, 5, "voor")
    assert read_stand(stemming).gestemd == {zaal.praktijken[5].pk}


def test_for_another_practice_nobody_votes(zaal):
    stemming = zaal.open()
    with pytest.raises(PermissionDenied):
        acties.cast_stem(
            stemming, deelnemer_id=zaal.praktijken[1].pk, keuze="voor", by=zaal.voter(0)
        )
    assert not Hoofdelijkestem.objects.exists()


def test_who_began_to_speak_for_a_practice_after_the_opening_waits_for_the_next_vote(zaal):
    Lidmaatschap.objects.filter(deelnemer=zaal.praktijken[0]).update(status="beeindigd")
    stemming = zaal.open()
    zaal.personen[0] = factories.LidmaatschapFactory(
        kring=zaal.kring, rol="vertegenwoordiger", deelnemer=zaal.praktijken[0]
    ).gebruiker
    with pytest.raises(ValidationError, match="geen vertegenwoordiger"):
        zaal.cast(stemming, 0, "voor")
    assert zaal.praktijken[0].naam not in read_stand(stemming).wachten_op
    for n in range(1, 5):
        zaal.cast(stemming, n, "voor")
    done = acties.close_stemming(stemming, by=zaal.leider)
    assert (done.uitslag["aanwezig"], done.besluit.uitkomst) == (6, "aangenomen")


def test_after_the_close_a_vote_does_not_count(zaal):
    stemming = zaal.vote("vvvtt.")
    with pytest.raises(ValidationError, match="al dicht"):
        zaal.cast(stemming, 5, "tegen")
    assert Hoofdelijkestem.objects.count() == 5


def test_an_odd_choice_is_refused(zaal):
    with pytest.raises(ValidationError, match="voor, tegen of blanco"):
        zaal.cast(zaal.open(), 0, "misschien")


def test_a_carried_proposal_becomes_the_decision_to_the_letter(zaal):
    stemming = zaal.vote("vvvvtb")
    besluit = stemming.besluit
    assert besluit.tekst == "Er komt een tweede achterwacht."
    assert (besluit.uitkomst, besluit.nummer, besluit.besluitsoort) == (
        "aangenomen",
        1,
        "niet_voorzien",
    )
    assert standing_decision(zaal.punt) == besluit
    assert (
        stemming.uitslag | {"leden": 6, "aanwezig": 6, "basis": 5, "nodig": 3} == stemming.uitslag
    )
    assert _events()[-2:] == ["stemming.gesloten", "besluit.genomen"]
    assert Logregel.objects.latest("id").object_id == besluit.sha256


def test_what_a_point_stands_for_is_in_the_text_that_is_voted_on(zaal):
    versie = factories.ReglementconceptFactory(kring=zaal.kring, status="voorgelegd")
    punt = zaal.point("wijzigen", titel="Wijzigen van het reglement", reglementversie=versie)
    stemming = zaal.vote("vvvvvv", punt=punt, voorstel="We nemen eerst koffie.")
    assert stemming.besluit.tekst == "Wijzigen van het reglement. We nemen eerst koffie."
    again = zaal.point("wijzigen", titel="Wijzigen van het reglement", reglementversie=versie)
    with pytest.raises(ValidationError, match="Maak dit korter"):
        zaal.open(again, voorstel="k" * 3990)


def test_a_rejected_proposal_says_so(zaal):
    assert zaal.vote("vvtttt").besluit.tekst == "Verworpen: Er komt een tweede achterwacht."


def test_who_leaves_may_take_the_quorum_along(kring):
    zaal = Stemzaal(kring, leden=9, aanwezig=6)
    stemming = zaal.open()
    for n in range(4):
        zaal.cast(stemming, n, "voor")
    zaal.note(5, "weg")
    done = acties.close_stemming(stemming, by=zaal.leider)
    assert done.uitslag["aanwezig"] == 5
    assert done.besluit.uitkomst == "geen_geldige_stemming"
    assert done.besluit.tekst.startswith("Geen geldige stemming: ")
    assert any("quorum" in zin or "opening" in zin for zin in done.uitslag["andere_lezingen"])


def test_who_voted_and_left_was_there(kring):
    zaal = Stemzaal(kring, leden=9, aanwezig=6)
    stemming = zaal.open()
    for n in range(6):
        zaal.cast(stemming, n, "voor")
    zaal.note(5, "weg")
    done = acties.close_stemming(stemming, by=zaal.leider)
    assert (done.uitslag["aanwezig"], done.uitslag["uitkomst"]) == (6, "aangenomen")


def test_from_afar_counts_only_when_the_convocation_said_so(kring):
    zaal = Stemzaal(kring, leden=3, aanwezig=2, op_afstand=True)
    zaal.note(2, "binnen", op_afstand=True)
    stemming = zaal.vote("vvt")
    assert stemming.uitslag["aanwezig"] == 3
    assert controle.check(controle.as_file(stemming.besluit.bundel)) == []


def test_a_royement_takes_two_thirds_of_who_is_there(kring):
    zaal = Stemzaal(kring, leden=9, besluitsoort="royement")
    stemming = zaal.vote("vvvvv....", betrokkene=zaal.praktijken[8])
    assert (stemming.regel, stemming.uitslag["basis"], stemming.uitslag["nodig"]) == (
        "royement",
        9,
        6,
    )
    assert stemming.uitslag["uitkomst"] == "verworpen"


def test_the_subject_votes_by_one_reading_and_not_by_the_other(kring):
    factories.ReglementversieFactory(kring=kring, lezing={"betrokkene_stemt": "nee"})
    zaal = Stemzaal(kring, leden=8, besluitsoort="royement")
    stemming = zaal.open(betrokkene=zaal.praktijken[7])
    with pytest.raises(ValidationError, match="over je eigen praktijk"):
        zaal.cast(stemming, 7, "tegen")
    for n, keuze in enumerate(["voor"] * 5 + ["tegen"] * 2):
        zaal.cast(stemming, n, keuze)
    done = acties.close_stemming(stemming, by=zaal.leider)
    # 5 of 7 without the subject; with him it would be 5 of 8, and that is not two thirds.
    assert (done.uitslag["basis"], done.uitslag["uitkomst"]) == (7, "aangenomen")
    assert any("A-5" in zin for zin in done.uitslag["andere_lezingen"])


def test_a_withdrawn_vote_decides_nothing_and_the_box_is_gone(zaal):
    stemming = zaal.open(geheim=True)
    zaal.cast(stemming, 0, "voor")
    acties.withdraw_stemming(stemming, by=zaal.leider)
    assert not Stembus.objects.exists()
    assert not Besluit.objects.exists()
    assert Stemopkomst.objects.count() == 1
    with pytest.raises(ValidationError, match="al ingetrokken"):
        acties.close_stemming(stemming, by=zaal.leider)
    assert zaal.vote("vvvvtt").uitslag["uitkomst"] == "aangenomen"


def test_a_secret_vote_keeps_counts_and_turnout_apart(zaal):
    stemming = zaal.open(geheim=True)
    for n, keuze in enumerate(["voor", "tegen", "voor", "blanco", "voor"]):
        zaal.cast(stemming, n, keuze)
    assert not Hoofdelijkestem.objects.exists()
    done = acties.close_stemming(stemming, by=zaal.leider)
    bundel = done.besluit.bundel
    assert bundel["aantallen"] == {"voor": 3, "tegen": 1, "blanco": 1}
    assert bundel["stemmen"] == []
    assert bundel["opkomst"] == sorted(str(row.pk) for row in zaal.praktijken[:5])
    assert not Stembus.objects.exists()


def test_everything_falls_back_when_the_bundle_does_not_hold(zaal, monkeypatch):
    stemming = zaal.open()
    zaal.cast(stemming, 0, "voor")
    before = _events()
    monkeypatch.setattr("reglement.bundel.maken.check", lambda data: ["klopt niet"])
    with pytest.raises(RuntimeError, match="klopt niet"), transaction.atomic():
        acties.close_stemming(stemming, by=zaal.leider)
    stemming.refresh_from_db()
    assert stemming.status == "open"
    assert not Besluit.objects.exists()
    assert _events() == before


def test_the_bundle_is_right_and_the_decisions_form_a_chain(zaal):
    first = zaal.vote("vvvvtt").besluit
    second = zaal.vote("vttttt", punt=zaal.point(), geheim=True).besluit
    files = [controle.as_file(row.bundel) for row in (first, second)]
    for row, data in zip((first, second), files, strict=True):
        assert controle.check(data, row.sha256) == []
    assert second.bundel["vorige"] == first.sha256
    assert list(controle.faults_in_chain(files)) == []
    # Also after a trip through the database, which keeps no order of keys.
    again = Besluit.objects.get(pk=first.pk)
    assert controle.as_file(again.bundel) == files[0]
