"""A request from note to proof: actions with their lines, and the terms."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from kern.dagwerk import Beurt
from kern.models import Logregel, Zending
from kern.tijd import db_now, to_local
from rechten import actions, lezen, werk
from rechten.forms import refuse_document_number
from rechten.models import Afgifte, Patientverzoek, Vernietiging
from tests.verslag.conftest import mail_of
from verslag.models import Pakket

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    rows = Logregel.objects.filter(gebeurtenis__startswith="verzoek").order_by("volgnummer")
    return [row.gebeurtenis for row in rows]


@pytest.fixture
def by(door, coordinator):
    return door(coordinator)


@pytest.fixture
def gegeven(noteer, by):
    """Return a function that brings a request to its end."""

    def walk(soort="afschrift", versies=("a",)):
        verzoek = actions.decide(noteer(soort), toewijzen=True, by=by)
        actions.keep_fingerprint(verzoek, sha256="f" * 64, versies=versies, by=by)
        actions.give(verzoek, wijze="hand", uitgereikt_aan="Piet", identiteit="rijbewijs", by=by)
        return Patientverzoek.objects.get(pk=verzoek.pk)

    return walk


def test_from_note_to_proof(gegeven, coordinator, patient):
    verzoek = gegeven()
    assert (verzoek.status, verzoek.nummer, verzoek.bedrag_cent) == ("afgehandeld", 1, 0)
    afgifte = Afgifte.objects.get()
    assert (afgifte.uitgereikt_aan, afgifte.identiteit, afgifte.door, afgifte.versies) == (
        "Piet",
        "rijbewijs",
        coordinator,
        ["a"],
    )
    assert events() == [
        "verzoek.genoteerd",
        "verzoek.besloten",
        "verzoek.bestand",
        "verzoek.gegeven",
    ]
    assert set(
        Logregel.objects.filter(gebeurtenis="verzoek.gegeven").values_list("patient_id", flat=True)
    ) == {patient.pk}


def test_the_second_copy_of_the_same_costs_what_the_kring_set(
    *, gegeven, noteer, by, kring, objecten
):
    actions.set_fee(kring_id=kring.pk, tarief_cent=450, by=by)
    gegeven(versies=[str(objecten.versie.pk)])
    again = actions.decide(noteer(), toewijzen=True, by=by)
    assert (again.bedrag_cent, again.bedrag) == (450, "€ 4,50")
    everything = actions.decide(noteer("inzage"), toewijzen=True, by=by)
    assert everything.bedrag_cent == 0


def test_an_unreasonable_fee_is_refused(kring, by):
    with pytest.raises(ValidationError, match="50 euro"):
        actions.set_fee(kring_id=kring.pk, tarief_cent=5001, by=by)
    assert lezen.tarief_of(kring.pk) == 0


def test_nothing_without_an_identity(noteer, by, coordinator):
    verzoek = noteer(identiteit="")
    with pytest.raises(ValidationError, match="wie het vraagt"):
        actions.decide(verzoek, toewijzen=True, by=by)
    actions.check_identiteit(verzoek, identiteit="bekend", by=by)
    verzoek = actions.decide(verzoek, toewijzen=True, by=by)
    assert (verzoek.identiteit_door, verzoek.status) == (coordinator, "toegewezen")


def test_a_refusal_says_why(noteer, by):
    verzoek = noteer(identiteit="")
    for missing in ({"motivering": "Al vijf keer gegeven."}, {"weigergrond": "buitensporig"}):
        with pytest.raises(ValidationError):
            actions.decide(verzoek, toewijzen=False, by=by, **missing)
    verzoek = actions.decide(
        verzoek,
        toewijzen=False,
        weigergrond="buitensporig",
        motivering="Al vijf keer gegeven.",
        by=by,
    )
    assert verzoek.status == "afgewezen"
    with pytest.raises(ValidationError, match="afgewezen"):
        actions.decide(verzoek, toewijzen=True, by=by)


def test_two_months_more_once_and_in_time(noteer, by):
    today = to_local(db_now()).date()
    verzoek = noteer(ontvangen_op=today)
    first = lezen.term_of(verzoek)
    verzoek = actions.extend(verzoek, reden="Het archief is elders.", by=by)
    assert lezen.term_of(verzoek) > first + timedelta(days=50)
    with pytest.raises(ValidationError, match="één keer"):
        actions.extend(verzoek, reden="Nog langer.", by=by)
    late = noteer(ontvangen_op=today - timedelta(days=40))
    with pytest.raises(ValidationError, match="voorbij"):
        actions.extend(late, reden="Vergeten.", by=by)


def test_who_may_not_ask_is_told_at_the_field(noteer):
    with pytest.raises(ValidationError) as refused:
        noteer(aanvrager="ouder")
    assert "16 jaar of ouder" in refused.value.message_dict["aanvrager"][0]
    assert not Patientverzoek.objects.exists()


def test_a_destruction_is_for_the_coordinator_and_can_be_taken_back(noteer, by, fg, door):
    with pytest.raises(ValidationError, match="coördinator"):
        actions.decide(noteer("vernietiging"), toewijzen=True, by=door(fg))
    verzoek = noteer("vernietiging")
    actions.decide(verzoek, toewijzen=True, by=by)
    actions.withdraw(verzoek, by=by)
    assert not Vernietiging.objects.exists()


def test_what_both_agreed_to_is_not_taken_back(besloten, by):
    with pytest.raises(ValidationError, match="definitief"):
        actions.withdraw(besloten.verzoek, by=by)
    assert Vernietiging.objects.get().is_bevestigd


def test_sent_back_opens_the_request_again(noteer, by, fg, door):
    verzoek = actions.decide(noteer("vernietiging"), toewijzen=True, by=by)
    row = Vernietiging.objects.get()
    with pytest.raises(ValidationError, match="15 tekens"):
        actions.send_back(row, reden="nee", by=door(fg))
    actions.send_back(row, reden="Er loopt een klacht van de patiënt.", by=door(fg))
    row.refresh_from_db()
    verzoek.refresh_from_db()
    assert (row.coordinator_op, verzoek.status) == (None, "open")
    actions.decide(verzoek, toewijzen=True, by=by)
    row.refresh_from_db()
    assert row.coordinator_op is not None


def test_give_needs_what_was_made(noteer, by):
    verzoek = actions.decide(noteer(), toewijzen=True, by=by)
    with pytest.raises(ValidationError, match="Maak eerst"):
        actions.give(verzoek, wijze="hand", uitgereikt_aan="P", identiteit="bekend", by=by)


def test_a_correction_is_closed_when_it_is_done(noteer, by):
    verzoek = actions.decide(noteer("correctie"), toewijzen=True, by=by)
    assert actions.finish(verzoek, by=by).status == "afgehandeld"
    other = actions.decide(noteer(), toewijzen=True, by=by)
    with pytest.raises(ValidationError):
        actions.finish(other, by=by)


def test_action_and_line_stand_or_fall_together(noteer, by):
    verzoek = noteer()
    with transaction.atomic():
        actions.decide(verzoek, toewijzen=True, by=by)
        assert "verzoek.besloten" in events()
        transaction.set_rollback(True)
    verzoek.refresh_from_db()
    assert verzoek.status == "open"
    assert events() == ["verzoek.genoteerd"]


@pytest.mark.parametrize("tekst", ["paspoort NX1234567", "nr. 111222333", "SPECI2014"])
def test_the_number_of_a_document_is_refused(tekst):
    with pytest.raises(ValidationError):
        refuse_document_number(tekst)


@pytest.mark.parametrize(
    "tekst", ["kies 46, links", "van 12-11-2026", "bel 030-2345678", "0612345678"]
)
def test_ordinary_text_passes(tekst):
    assert refuse_document_number(tekst) == tekst


@pytest.mark.parametrize(("ervoor", "aantal"), [(8, 0), (7, 2), (-30, 2)])
def test_who_handles_it_is_reminded_a_week_before(
    *, noteer, kring, coordinator, fg, ervoor, aantal
):
    verzoek = noteer(ontvangen_op=to_local(db_now()).date())
    day = lezen.term_of(verzoek) - timedelta(days=ervoor)
    werk.remind(Beurt(kring.pk, day, None))
    mails = Zending.objects.filter(sleutel__startswith="verzoektermijn")
    assert mails.count() == aantal
    for mail in mails:
        text = str(mail_of(mail))
        assert "Kanarievogel" not in text


def test_a_number_for_each_kring(noteer):
    assert [noteer().nummer, noteer().nummer] == [1, 2]


def test_the_patient_picks_it_up_with_a_code(noteer, by, objecten):
    verzoek = actions.decide(noteer(), toewijzen=True, by=by)
    afgifte = actions.give_by_pickup(
        verzoek, uitgereikt_aan="Piet", email="piet@thuis.example", telefoon="+31612345670", by=by
    )
    pakket = Pakket.objects.get(voor="patient", email="piet@thuis.example")
    assert (pakket.versie, pakket.telefoon, pakket.overdracht) == (
        objecten.versie,
        "+31612345670",
        None,
    )
    notice = str(mail_of(pakket.bericht))
    assert "/ophalen/" in notice
    assert "Kanarievogel" not in notice
    assert (afgifte.wijze, afgifte.versies) == ("ophalen", [str(objecten.versie.pk)])
    verzoek.refresh_from_db()
    assert verzoek.status == "afgehandeld"
    # The next one of the same is a further copy.
    assert lezen.given_before(verzoek.patient_id) == {str(objecten.versie.pk)}


def test_a_copy_that_went_to_a_wrong_mailbox_is_taken_back(noteer, by, als, coordinator, kring):
    verzoek = actions.decide(noteer(), toewijzen=True, by=by)
    wrong = {"uitgereikt_aan": "Piet", "email": "fout@thuis.example", "telefoon": "+31612345670"}
    actions.give_by_pickup(verzoek, **wrong, by=by)
    pakket = Pakket.objects.get(email="fout@thuis.example")
    client = als(coordinator)
    page = reverse("rechten:verzoek", kwargs={"kring": kring.slug, "verzoek": verzoek.pk})
    stap = reverse("rechten:stap", kwargs={"kring": kring.slug, "verzoek": verzoek.pk})
    assert "Trek de link in" in client.get(page).content.decode()
    assert client.post(stap, {"doel": "terugnemen"}).status_code == 302
    pakket.refresh_from_db()
    verzoek.refresh_from_db()
    assert (pakket.einde, pakket.delen.count()) == ("ingetrokken", 0)
    assert pakket.bericht.status == Zending.Status.INGETROKKEN
    assert (verzoek.status, verzoek.afgehandeld_op) == ("toegewezen", None)
    assert verzoek.afgiften.count() == 1
    assert Logregel.objects.filter(gebeurtenis="verzoek.teruggenomen").count() == 1
    # To the right one after all; of the other nothing lives any more.
    actions.give_by_pickup(verzoek, **(wrong | {"email": "piet@thuis.example"}), by=by)
    assert Pakket.objects.filter(voor="patient", gesloten_op=None).get().email.startswith("piet")


def test_there_is_nothing_to_take_back_of_what_went_from_hand_to_hand(gegeven, by):
    with pytest.raises(ValidationError, match="geen link"):
        actions.take_back(gegeven(), by=by)


def test_all_of_the_data_is_not_picked_up(noteer, by):
    verzoek = actions.decide(noteer("inzage"), toewijzen=True, by=by)
    with pytest.raises(ValidationError, match="afschrift"):
        actions.give_by_pickup(verzoek, uitgereikt_aan="P", email="a@b.example", telefoon="", by=by)
    assert not Pakket.objects.filter(email="a@b.example").exists()
