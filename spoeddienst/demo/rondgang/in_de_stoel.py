"""The middle of the night: the patient is seen, the report is written, signed and a letter."""

from bereikbaarheid.regels import DIENSTDOENDE, PUNTEN
from bereikbaarheid.stand import startstand
from kern.tijd import db_now
from spoeddienst.demo.gegevens.foto import photo
from spoeddienst.demo.gegevens.klachten import AVULSIE
from spoeddienst.demo.rondgang.aan_de_telefoon import dentist_of
from spoeddienst.demo.rondgang.client import Mis
from spoeddienst.demo.rondgang.nacht import PATIENT, Nacht, eis
from spoeddienst.demo.rondgang.pagina import Pagina
from triage.models import Oproep
from verslag.models import Bijlage, Overdracht, VerslagPdf, Verslagversie

FOTO_TE_ZIEN = "Bovenfront bij binnenkomst"
CAMERA = b"Telefoon van de dienst"
KLEINSTE_PDF = 5_000
"""Bytes: a letter with its fonts is never smaller."""


def see_patient(nacht: Nacht) -> str:
    """The dentist finds the patient in the own list and notes that they came."""
    tandarts = dentist_of(nacht)
    pagina = nacht.tandarts.bekijk(f"{nacht.pad}/mijn/")
    eis(PATIENT["naam"] in pagina.tekst, f"de patiënt staat niet in de lijst van {tandarts}")
    nacht.tandarts.stuur(pagina, f"{nacht.oproep}/gezien")
    with nacht.rijen():
        oproep = Oproep.objects.get(pk=nacht.oproep)
    eis(oproep.gezien_op, "de patiënt staat niet als gezien")
    return f"{tandarts.naam} zet de patiënt op gezien"


def check_phone(nacht: Nacht) -> str:
    """The dentist ticks the start check on the phone; for triage the duty is reachable then."""
    pagina = nacht.tandarts.bekijk(f"{nacht.pad}/bereikbaarheid/mijn/")
    eis("Startcontrole" in pagina.tekst, "de tandarts in dienst vindt geen startcontrole")
    doel = pagina.pad.strip("/")
    for punt in PUNTEN[DIENSTDOENDE]:
        gekozen = {"rol": DIENSTDOENDE, "punt": punt, "aan": "ja"}
        pagina = nacht.tandarts.stuur(pagina, doel, gekozen)
    with nacht.rijen():
        stand = startstand(db_now(), nacht.kring.pk)
    eis(stand.klaar, f"de startcontrole is niet af: {stand.mist}")
    return f"{len(PUNTEN[DIENSTDOENDE])} punten afgevinkt"


def write_report(nacht: Nacht) -> str:
    """The report is filled from the call; half a report may not be signed."""
    pagina = nacht.tandarts.bekijk(f"{nacht.pad}/mijn/")
    pagina = nacht.tandarts.stuur(pagina, f"{nacht.oproep}/verslag")
    nacht.verslag_url = pagina.pad
    form = pagina.formulier("bewerken")
    if form is None:
        raise Mis("er komt geen formulier voor het verslag")
    eis(any("val van de fiets" in w for w in form.veld("spoedklacht").waarden), "niets voorgevuld")
    half = nacht.tandarts.stuur(pagina, "bewerken", knop="teken", verwacht=422)
    eis(half.fouten, "een half verslag wordt geweigerd zonder uitleg")
    pagina = nacht.tandarts.stuur(half, "bewerken", dict(AVULSIE.verslag), knop="teken")
    eis(pagina.pad.endswith("/tekenen/"), "na het verslag komt de pagina om te tekenen niet")
    eis(AVULSIE.verslag["diagnose"] in pagina.tekst, "de diagnose is niet na te lezen")
    nacht.verslag = pagina.pad.strip("/").split("/")[-2]
    return f"voorgevuld uit de oproep, half verslag geweigerd ({len(half.fouten)} zinnen)"


def add_photo(nacht: Nacht) -> str:
    """A photo of the telephone goes along; what the camera wrote in it does not."""
    pad = f"{nacht.pad}/verslagen/{nacht.verslag}/bewerken/"
    pagina = nacht.tandarts.bekijk(pad)
    geen_foto = ("bestand", "foto.jpg", b"<svg onload='alert(1)'></svg>")
    mis = nacht.tandarts.stuur(pagina, "bewerken", knop="bijlage", bestand=geen_foto, verwacht=422)
    eis(mis.fouten, "een bestand dat geen foto is, wordt geweigerd zonder uitleg")
    taken = photo()
    te_zien = {"bijlage_omschrijving": FOTO_TE_ZIEN}
    bestand = ("bestand", "IMG_0001.jpg", taken)
    pagina = nacht.tandarts.stuur(mis, "bewerken", te_zien, knop="bijlage", bestand=bestand)
    eis(FOTO_TE_ZIEN in pagina.tekst, "de foto staat niet bij het verslag")
    eis(AVULSIE.verslag["diagnose"] in _typed(pagina), "de tekst is weg na het toevoegen")
    with nacht.rijen():
        bijlage = Bijlage.objects.get(verslag_id=nacht.verslag)
    adres = pagina.koppeling(str(bijlage.pk))
    eis(adres, "de foto is niet te openen")
    kept = nacht.tandarts.bekijk(adres or "").inhoud
    eis(CAMERA in taken and CAMERA not in kept, "wat de camera in de foto schreef, zit er nog in")
    nacht.foto = kept
    return f"geen foto geweigerd, {len(kept) // 1024} kB toegevoegd zonder cameragegevens"


def _typed(pagina: Pagina) -> str:
    form = pagina.formulier("bewerken")
    return " ".join(form.veld("diagnose").waarden) if form else ""


def sign_report(nacht: Nacht) -> str:
    """Signing makes version 1 and its handover."""
    pagina = nacht.tandarts.bekijk(f"{nacht.pad}/verslagen/{nacht.verslag}/tekenen/")
    pagina = nacht.tandarts.stuur(pagina, "tekenen")
    nacht.verslag_url = pagina.pad
    with nacht.rijen():
        versies = list(Verslagversie.objects.filter(verslag_id=nacht.verslag))
        eis(len(versies) == 1, f"er zijn {len(versies)} ondertekende versies")
        overdrachten = list(Overdracht.objects.filter(versie=versies[0]))
    eis(len(overdrachten) == 1, f"er zijn {len(overdrachten)} overdrachten")
    return f"versie 1, vingerafdruk {versies[0].sha256[:12]}, overdracht klaargezet"


def read_letter(nacht: Nacht) -> str:
    """The letter is a real PDF, kept sealed."""
    pagina = nacht.tandarts.bekijk(nacht.verslag_url)
    letter = nacht.tandarts.stuur(pagina, "versie-1/pdf")
    check_pdf(letter.inhoud)
    with nacht.rijen():
        rows = list(VerslagPdf.objects.filter(versie__verslag_id=nacht.verslag))
    eis(len(rows) == 1, f"er zijn {len(rows)} bewaarde pdf's")
    eis(b"%PDF" not in bytes(rows[0].inhoud)[:64], "de pdf staat onversleuteld in de database")
    return f"{len(letter.inhoud) // 1024} kB, versleuteld bewaard"


def check_pdf(content: bytes) -> None:
    """Refuse anything that is not a whole PDF file."""
    eis(content.startswith(b"%PDF-"), "wat als pdf komt, is geen pdf")
    eis(b"%%EOF" in content[-64:], "de pdf is niet af")
    eis(len(content) > KLEINSTE_PDF, f"de pdf is maar {len(content)} bytes")
