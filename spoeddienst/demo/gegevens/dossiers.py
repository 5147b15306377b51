"""Files that ask for something: twice the same patient, a tourist, an own dentist known later."""

from datetime import date, datetime, timedelta

from kring.actions import add_eigen_tandarts
from spoeddienst.demo.gegevens import bezorgd, klachten
from spoeddienst.demo.gegevens.klachten import Klacht
from spoeddienst.demo.gegevens.toneel import GESPROKEN, Toneel
from verslag import actions
from verslag.models import Verslagversie

DUBBEL = {
    "naam": "Jan Willem Bakker",
    "geboortedatum": date(1968, 9, 14),
    "adres": "Kerkstraat 8",
    "postcode": "3601 AB",
    "woonplaats": "Maarssen",
}
TOERIST = {
    "naam": "Greta Lindqvist",
    "adres": "Storgatan 12",
    "postcode": "S-111 22",
    "woonplaats": "Stockholm, Zweden",
    "telefoon": "+46701740605",
    "bsn": "",
}


def play(toneel: Toneel) -> None:
    """Play the four files in the last duty that is over, half an hour apart."""
    past = [dienst for dienst in toneel.diensten if dienst.einde < toneel.klok.nu]
    begin = past[-1].begin
    _double(toneel, begin + timedelta(minutes=10))
    _tourist(toneel, begin + timedelta(minutes=100))
    _known_later(toneel, begin + timedelta(minutes=160))
    _hygienist(toneel, begin + timedelta(minutes=210))


def _signed(
    toneel: Toneel, moment: datetime, klacht: Klacht, *, eigen: str = "ja", **patient
) -> Verslagversie:
    """Called, agreed, closed, seen, written, signed; what left did so at once."""
    antwoorden = patient.pop("antwoorden", {})
    oproep = toneel.take(moment, klacht, eigen=eigen, **patient)
    if antwoorden:
        toneel.answer(oproep, klacht, **antwoorden)
    toneel.call_dentist(oproep, GESPROKEN)
    toneel.agree(oproep, klacht, over=20)
    toneel.close(oproep)
    toneel.see(oproep)
    versie = toneel.sign(oproep, toneel.write(oproep, klacht))
    if versie.overdrachten.exists():
        bezorgd.sent(versie, toneel.klok.moment)
    return versie


def _double(toneel: Toneel, moment: datetime) -> None:
    """The second time the desk typed the name again instead of choosing the patient."""
    _signed(toneel, moment, klachten.PIJN_HEFTIG, eigen="nee", **DUBBEL)
    again = DUBBEL | {"naam": "J.W. Bakker", "bsn": "", "adres": "Kerkstr. 8"}
    _signed(toneel, moment + timedelta(minutes=45), klachten.ABCES, eigen="nee", **again)


def _tourist(toneel: Toneel, moment: datetime) -> None:
    """A patient from abroad, with an own dentist there: the report goes by pick-up all the same."""
    holm = add_eigen_tandarts(
        kring_id=toneel.rows.kring.pk,
        naam="Erik Holm",
        praktijk="Holm Tandvård",
        plaats="Stockholm, Zweden",
        email="erik@holm.example",
        telefoon="+46701740699",
        by=toneel.triagist,
    )
    _signed(toneel, moment, klachten.TANDLETSEL, **TOERIST, eigen_tandarts=holm)


def _known_later(toneel: Toneel, moment: datetime) -> None:
    """Without own dentist at first; now there is one, and the report waits for a press."""
    versie = _signed(toneel, moment, klachten.AVULSIE, eigen="nee")
    actions.set_own_dentist(
        versie.verslag.dossier,
        eigen_tandarts=toneel.rows.eigen[0],
        by=toneel.dentist(versie.verslag.oproep),
        send=False,
    )


def _hygienist(toneel: Toneel, moment: datetime) -> None:
    """A patient of a mondhygiënist, without own dentist (§5.2.2)."""
    _signed(
        toneel,
        moment,
        klachten.NABLOEDING,
        eigen="nee",
        antwoorden={"mondhygienist_patient": True},
    )
