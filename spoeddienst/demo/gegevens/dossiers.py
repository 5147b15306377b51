"""Files that ask for something: twice the same patient, a tourist, an own dentist known later.

And each way of a report to the own dentist: with a code, encrypted, on paper.
"""

from datetime import date, datetime, timedelta

from kring.actions import add_eigen_tandarts, check_adres
from kring.models import EigenTandarts
from spoeddienst.demo.certificaten import certificate_for
from spoeddienst.demo.gegevens import bezorgd, foto, klachten
from spoeddienst.demo.gegevens.bereikbaar import coordinator_of
from spoeddienst.demo.gegevens.klachten import Klacht
from spoeddienst.demo.gegevens.toneel import GESPROKEN, Toneel
from triage.models import Oproep
from verslag import actions
from verslag.models import Certificaat, Overdracht, Overhandiging, Verslagversie

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
    """Play the files in the last duty that is over; the encrypted mail is of this evening."""
    past = [dienst for dienst in toneel.diensten if dienst.einde < toneel.klok.nu]
    begin = past[-1].begin
    _double(toneel, begin + timedelta(minutes=10))
    _tourist(toneel, begin + timedelta(minutes=100))
    _known_later(toneel, begin + timedelta(minutes=160))
    _hygienist(toneel, begin + timedelta(minutes=210))
    _on_paper(toneel, begin + timedelta(minutes=240))
    _whole(toneel, begin + timedelta(minutes=270))
    _encrypted(toneel, toneel.klok.nu - timedelta(minutes=95))


def _treated(
    toneel: Toneel, moment: datetime, klacht: Klacht, *, eigen: str = "ja", **patient
) -> Oproep:
    """Called, agreed, closed, seen."""
    antwoorden = patient.pop("antwoorden", {})
    oproep = toneel.take(moment, klacht, eigen=eigen, **patient)
    if antwoorden:
        toneel.answer(oproep, klacht, **antwoorden)
    toneel.call_dentist(oproep, GESPROKEN)
    toneel.agree(oproep, klacht, over=20)
    toneel.close(oproep)
    toneel.see(oproep)
    return oproep


def _signed(toneel: Toneel, moment: datetime, klacht: Klacht, **patient) -> Verslagversie:
    """Treated, written, signed; what left did so at once."""
    oproep = _treated(toneel, moment, klacht, **patient)
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


def _on_paper(toneel: Toneel, moment: datetime) -> None:
    """An own dentist without a mailbox: the letter was brought, and somebody says so."""
    smit = _own(toneel, "Wim Smit", "Praktijk Smit", email="", telefoon="030-2000100")
    oproep = _treated(toneel, moment, klachten.ABCES, eigen_tandarts=smit)
    versie = toneel.sign(oproep, toneel.write(oproep, klachten.ABCES))
    bezorgd.dated(versie.overdrachten.get(), versie.getekend_op)
    toneel.klok.zet(toneel.klok.nu)
    actions.record_overhandiging(
        versie,
        kanaal=Overdracht.Kanaal.PAPIER,
        aan="Balie van Praktijk Smit",
        gedaan_op=min(versie.getekend_op + timedelta(hours=5), toneel.klok.nu),
        vastgesteld=Overhandiging.Vastgesteld.PRAKTIJK,
        by=toneel.dentist(oproep),
    )


def _whole(toneel: Toneel, moment: datetime) -> None:
    """A photo, an X-ray from the sensor, a correction, and an own dentist who writes back."""
    dijk = _own(toneel, "Joost van Dijk", "Mondzorg Van Dijk", email="joost@vandijk.example")
    klacht = klachten.AVULSIE
    oproep = _treated(toneel, moment, klacht, eigen_tandarts=dijk)
    row = toneel.write(oproep, klacht, rontgen_gemaakt=True)
    toneel.attach(oproep, row, foto.photo(), "IMG_2041.jpg", "Bovenfront bij binnenkomst")
    toneel.attach(oproep, row, foto.dicom(), "opname.dcm", "Röntgenopname na terugplaatsen")
    bezorgd.sent(toneel.sign(oproep, row), toneel.klok.moment)
    row = toneel.write(oproep, klacht, overig="Tetanus: de huisarts belt de patiënt hierover.")
    second = toneel.sign(oproep, row, reden="Tetanus stond er niet in.")
    overdracht = bezorgd.sent(second, toneel.klok.moment)
    toneel.klok.zet(toneel.klok.nu)
    bezorgd.picked_up(overdracht, toneel.klok.nu - timedelta(minutes=50))
    bezorgd.answered(overdracht, toneel.klok.nu, "Dank. Ik zie hem vrijdag voor de spalk.")


def _encrypted(toneel: Toneel, moment: datetime) -> None:
    """An own dentist with a certificate: the mail itself holds the report, for no other eyes."""
    bos = _own(toneel, "Mieke Bos", "Praktijk Het Bos", email="mieke@hetbos.example")
    actions.add_certificaat(
        bos,
        data=certificate_for(bos.email, bos.naam),
        nagevraagd=Certificaat.Nagevraagd.TELEFOON,
        by=coordinator_of(toneel.rows),
    )
    oproep = _treated(toneel, moment, klachten.PIJN_HEFTIG, eigen_tandarts=bos)
    # It leaves as soon as the demo runs.
    toneel.sign(oproep, toneel.write(oproep, klachten.PIJN_HEFTIG))


def _own(
    toneel: Toneel, naam: str, praktijk: str, *, email: str, telefoon: str = "06-02000110"
) -> EigenTandarts:
    by = coordinator_of(toneel.rows)
    row = add_eigen_tandarts(
        kring_id=toneel.rows.kring.pk,
        naam=naam,
        praktijk=praktijk,
        plaats="Utrecht",
        email=email,
        telefoon=telefoon,
        by=by,
    )
    check_adres(
        row, email=row.email, telefoon=row.telefoon, toelichting="Gebeld met de praktijk.", by=by
    )
    return row
