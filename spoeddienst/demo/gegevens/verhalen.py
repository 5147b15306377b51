"""The stories: calls in every state that a kring knows on an ordinary evening.

A story plays on a stage from a given moment. `NU` are the calls of this hour, `EERDER` those of
the past weeks; the numbers say how many of each a kring gets.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from spoeddienst.demo.gegevens import bezorgd, foto, klachten
from spoeddienst.demo.gegevens.klachten import MET_TANDARTS, Klacht
from spoeddienst.demo.gegevens.toneel import GESPROKEN, NIET_BEREIKT, VOICEMAIL, Toneel
from triage import actions as triage
from triage.models import Oproep
from verslag.models import Antwoord, Bijlage, Verslagversie

Speler = Callable[[Toneel, datetime, Klacht], None]

# --- calls of this hour


def ringing(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The phone was just answered; nothing is known yet."""
    toneel.start(moment)


def without_patient(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The outcome is there, the name is not."""
    oproep = toneel.start(moment)
    toneel.answer(oproep, klacht)


def to_be_called(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dentist has to be called and was not yet."""
    toneel.take(moment, klacht)


def waiting_for_callback(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The patient tries the advice; too long ago, and the call back is overdue."""
    toneel.take(moment, klacht, eigen="ja")


def rings_again(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """A patient of earlier this evening, for the second time: an alarm."""
    oproep = toneel.start(moment)
    toneel.answer(oproep, klacht)
    toneel.recognise(oproep)


def threatening(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """A caller who misbehaves: three steps, and the dentist is told."""
    oproep = toneel.take(moment, klacht)
    toneel.calm(oproep, "kalmeren", "benoemen", "keuze")


def raised(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The protocol sees no need for the dentist; the assistant does."""
    toneel.raise_call(toneel.take(moment, klacht), "niet_pluis")


def from_paper(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Taken on paper in the early evening, entered just now."""
    oproep = toneel.enter(moment)
    toneel.answer(oproep, klacht)
    toneel.name_patient(oproep, klacht, telefoon=toneel.bron.mobiel())


def unreachable(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dienstdoende does not answer: the achterwacht is next."""
    oproep = toneel.take(moment, klacht)
    toneel.call_dentist(oproep, NIET_BEREIKT, VOICEMAIL)


def nobody_answers(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Neither the dienstdoende nor the achterwacht: the coordinator has to be called."""
    oproep = toneel.take(moment, klacht)
    toneel.call_dentist(oproep, NIET_BEREIKT, NIET_BEREIKT)
    toneel.call_dentist(oproep, VOICEMAIL, NIET_BEREIKT, rol="achterwacht")


def confirmed(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dentist saw the message and confirmed; triage still has to speak to them."""
    oproep = toneel.take(moment, klacht)
    toneel.call_dentist(oproep, VOICEMAIL)
    toneel.take_back(oproep)
    bericht = toneel.message(oproep)
    triage.confirm_bericht(
        bericht, aanwezig_om=toneel.klok.nu + timedelta(minutes=25), by=toneel.reader(bericht)
    )


def handed_over(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dienstdoende is busy: the achterwacht has the message now."""
    bericht = toneel.message(toneel.take(moment, klacht))
    triage.hand_over_bericht(
        bericht, reden="bezig", naar=toneel.standby(), by=toneel.reader(bericht)
    )


def decided_alone(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dentist typed the decision; triage tells the patient."""
    bericht = toneel.message(toneel.take(moment, klacht))
    triage.decide_on_bericht(
        bericht,
        besluit=Oproep.Besluit.EERSTEHULP,
        toelichting="Naar de spoedpost, ik bel vooruit.",
        by=toneel.reader(bericht),
    )


def decision_missing(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dentist was spoken to; what was decided is not written down yet."""
    oproep = toneel.take(moment, klacht, eigen="onbekend")
    toneel.call_dentist(oproep, GESPROKEN)


def on_the_way(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """An appointment in a while."""
    oproep = toneel.take(moment, klacht)
    toneel.call_dentist(oproep, NIET_BEREIKT, GESPROKEN)
    toneel.agree(oproep, klacht, over=50)


def just_seen(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Seen; the report has to be written."""
    oproep = toneel.take(moment, klacht)
    toneel.call_dentist(oproep, GESPROKEN)
    toneel.agree(oproep, klacht, over=20)
    toneel.see(oproep)


def half_written(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Seen; the report is a concept without a diagnosis."""
    oproep = _treated(toneel, moment, klacht)
    row = toneel.write(oproep, klacht, diagnose="", vervolg="", vervolg_termijn="")
    xray, kind = foto.xray(), Bijlage.Soort.RONTGEN
    toneel.attach(oproep, row, xray, "opname.png", "Röntgenopname bovenfront", soort=kind)


# --- calls of the past weeks


def _treated(toneel: Toneel, moment: datetime, klacht: Klacht, **patient) -> Oproep:
    """Called, agreed, the telephone call closed, and seen."""
    oproep = toneel.take(moment, klacht, **patient)
    toneel.call_dentist(oproep, GESPROKEN)
    toneel.agree(oproep, klacht, over=35)
    toneel.close(oproep)
    toneel.see(oproep)
    return oproep


def _signed(toneel: Toneel, moment: datetime, klacht: Klacht, **patient) -> Verslagversie:
    oproep = _treated(toneel, moment, klacht, **patient)
    return toneel.sign(oproep, toneel.write(oproep, klacht))


def unreported(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Seen days ago, and still no report."""
    _treated(toneel, moment, klacht)


def waiting_for_pickup(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Signed and sent; the own dentist did not fetch it yet."""
    versie = _signed(toneel, moment, klacht)
    bezorgd.sent(versie, toneel.klok.moment)


def in_outbox(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Just signed, with a photo: the mail leaves as soon as the demo runs, with a working link."""
    oproep = _treated(toneel, moment, klacht)
    row = toneel.write(oproep, klacht)
    toneel.attach(oproep, row, foto.photo(), "IMG_2041.jpg", "Bovenfront bij binnenkomst")
    toneel.sign(oproep, row)


def picked_up(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The whole way: signed, sent, fetched the next working day."""
    versie = _signed(toneel, moment, klacht)
    signed_at = toneel.klok.moment
    overdracht = bezorgd.sent(versie, signed_at)
    # The code is valid for a quarter of an hour of real time.
    toneel.klok.zet(toneel.klok.nu)
    fetched_at = min(signed_at + timedelta(hours=11), toneel.klok.nu)
    bezorgd.picked_up(overdracht, fetched_at)
    if not Antwoord.objects.exists():
        bezorgd.answered(overdracht, fetched_at, "Dank. Patiënt komt morgen bij ons op controle.")


def corrected(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """A second version, because the first named the wrong element."""
    oproep = _treated(toneel, moment, klacht, bsn="")
    first = toneel.sign(oproep, toneel.write(oproep, klacht))
    bezorgd.sent(first, toneel.klok.moment)
    row = toneel.write(oproep, klacht, overig="In de eerste versie stond een ander element.")
    second = toneel.sign(oproep, row, reden="Verkeerd element genoteerd.")
    bezorgd.sent(second, toneel.klok.moment)


def mail_failed(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The mail server refused the address."""
    versie = _signed(toneel, moment, klacht, eigen_tandarts=toneel.last_own_dentist())
    bezorgd.failed(versie, toneel.klok.moment)


def no_own_dentist(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Nobody to send the report to; the patient was told to look for a dentist."""
    _signed(toneel, moment, klacht, eigen="nee")


def address_unknown(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """There is an own dentist, but not in the address book."""
    _signed(toneel, moment, klacht, eigen="zonder_adres")


def by_telephone(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """The dentist gave an instruction by telephone; a report is due all the same."""
    oproep = toneel.take(moment, klacht)
    toneel.call_dentist(oproep, GESPROKEN)
    toelichting = "Pijnstilling volgens schema, morgen naar de eigen tandarts."
    toneel.decide(oproep, Oproep.Besluit.INSTRUCTIE, toelichting)
    toneel.close(oproep)
    row = toneel.write(oproep, klacht, gezien=False, behandeling=toelichting, tariefcodes="")
    bezorgd.sent(toneel.sign(oproep, row), toneel.klok.moment)


def no_emergency(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Discomfort: to the own dentist on the next working day, call closed."""
    toneel.close(toneel.take(moment, klacht))


def got_better(toneel: Toneel, moment: datetime, klacht: Klacht) -> None:
    """Rang back after the advice: it helped. Closed."""
    oproep = toneel.take(moment, klacht)
    toneel.klok.verder(minutes=55)
    toneel.answer(oproep, klacht, verbetering_sinds_advies="ja")
    toneel.close(oproep, reden_geen_contact="minder")


class Deel(NamedTuple):
    """A story in the programme: how many, with which complaints."""

    speler: Speler
    aantal: int
    klachten: tuple[Klacht, ...] = MET_TANDARTS
    # How long ago its duty ended at least.
    geleden: timedelta = timedelta(hours=12)


PIJN, BLOED = klachten.PIJN_ADVIES, klachten.NABLOEDING_GERING
# Minutes ago at which each story of this hour begins.
NU: tuple[tuple[Speler, Klacht, tuple[int, ...]], ...] = (
    (ringing, PIJN, (1,)),
    (without_patient, klachten.PIJN_HEFTIG, (3,)),
    (without_patient, klachten.AVULSIE, (4,)),
    (to_be_called, klachten.NABLOEDING, (6,)),
    (to_be_called, klachten.KIND_PIJN, (8,)),
    (to_be_called, klachten.NABLOEDING, (75,)),
    (waiting_for_callback, PIJN, (20, 35)),
    (waiting_for_callback, BLOED, (10,)),
    (waiting_for_callback, PIJN, (72,)),
    (waiting_for_callback, BLOED, (41,)),
    (rings_again, klachten.PIJN_HEFTIG, (12,)),
    (threatening, klachten.ONGEMAK, (14,)),
    (raised, BLOED, (5,)),
    (from_paper, PIJN, (190,)),
    (unreachable, klachten.ABCES, (13,)),
    (unreachable, klachten.TANDLETSEL, (17,)),
    (nobody_answers, klachten.ABCES, (19,)),
    (confirmed, klachten.TANDLETSEL, (9,)),
    (handed_over, klachten.ABCES, (11,)),
    (decided_alone, klachten.ABCES, (22,)),
    (decision_missing, klachten.PIJN_HEFTIG, (15,)),
    (on_the_way, klachten.AVULSIE, (25,)),
    (on_the_way, klachten.TANDLETSEL, (30,)),
    (on_the_way, klachten.PIJN_HEFTIG, (45,)),
    (just_seen, klachten.AVULSIE, (55,)),
    (just_seen, klachten.NABLOEDING, (80,)),
    (half_written, klachten.PIJN_HEFTIG, (110,)),
    (half_written, klachten.ABCES, (130,)),
    (in_outbox, klachten.TANDLETSEL, (150,)),
    (in_outbox, klachten.KIND_PIJN, (170,)),
)
EERDER = (
    Deel(picked_up, 9),
    Deel(waiting_for_pickup, 5),
    Deel(corrected, 1),
    Deel(mail_failed, 2),
    Deel(no_own_dentist, 2),
    Deel(address_unknown, 1),
    Deel(by_telephone, 2, (klachten.PIJN_HEFTIG,)),
    Deel(unreported, 2),
    Deel(no_emergency, 7, (klachten.ONGEMAK,)),
    Deel(got_better, 4, (PIJN, BLOED)),
    # From before the first version of the protocol, which says something else about it.
    Deel(picked_up, 1, (klachten.TANDLETSEL,), timedelta(days=15)),
)
NU_KLEIN = tuple(entry for entry in NU if entry[0] in {without_patient, on_the_way, just_seen})
EERDER_KLEIN = (
    Deel(picked_up, 1),
    Deel(waiting_for_pickup, 1),
    Deel(no_emergency, 2, (klachten.ONGEMAK,)),
)


class Voorstelling(NamedTuple):
    """One story with its moment."""

    moment: datetime
    speler: Speler
    klacht: Klacht


def programme(toneel: Toneel, nu, eerder) -> list[Voorstelling]:
    """Return the stories in the order in which the phone rang."""
    found = [
        Voorstelling(toneel.klok.nu - timedelta(minutes=minutes), speler, klacht)
        for speler, klacht, moments in nu
        for minutes in moments
    ]
    return sorted([*found, *_earlier(toneel, eerder)], key=lambda story: story.moment)


def _earlier(toneel: Toneel, eerder: tuple[Deel, ...]) -> Iterator[Voorstelling]:
    """Spread the stories over the duties that ended long enough ago."""
    kans = toneel.bron.kans
    for deel in eerder:
        limit = toneel.klok.nu - deel.geleden
        past = [dienst for dienst in toneel.diensten if dienst.einde < limit]
        for number in range(deel.aantal):
            dienst = kans.choice(past)
            # Early enough to have seen the patient before the next duty begins.
            minutes = kans.randint(
                5, int((dienst.einde - dienst.begin).total_seconds() // 60) - 120
            )
            yield Voorstelling(
                dienst.begin + timedelta(minutes=minutes),
                deel.speler,
                deel.klachten[number % len(deel.klachten)],
            )


def play(toneel: Toneel, nu=NU, eerder=EERDER) -> None:
    """Play all stories of a kring."""
    for story in programme(toneel, nu, eerder):
        story.speler(toneel, story.moment, story.klacht)
