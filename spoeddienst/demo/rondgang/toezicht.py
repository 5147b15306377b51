"""The morning after: closed doors, and a log that tells the whole night but no complaint."""

from collections import Counter

from kern import gebeurtenissen
from kern.models import Logregel
from spoeddienst.demo.rondgang.client import Bezoeker, Mis
from spoeddienst.demo.rondgang.nacht import GEHEIM, Nacht, eis
from triage.models import Oproep

EENMAAL = (
    *("patient.aangemaakt", "oproep.besluit_vastgelegd", "oproep.afspraak_gemaakt"),
    *("contactpoging.niet_bereikt", "contactpoging.gesproken", "oproep.afgerond", "oproep.gezien"),
    *("verslag.aangemaakt", "verslag.getekend", "verslag.pdf"),
    *("overdracht.verzonden", "overdracht.code", "overdracht.pdf", "overdracht.bijlage"),
    *("bijlage.toegevoegd", "bijlage.gezien"),
)
MINSTENS = ("oproep.getoond", "verslag.gelezen", "verslag.opgeslagen", "overdracht.gelezen")


def knock_from_elsewhere(nacht: Nacht) -> str:
    """Someone of the other kring finds nothing of this night, whichever address is tried."""
    vreemde = Bezoeker(nacht.adres)
    andere = nacht.andere_kring
    gebruiker = nacht.iemand("tandarts", andere)
    nacht.meld_aan(vreemde, gebruiker, f"/k/{andere.slug}/triage/")
    parts = [
        f"triage/{nacht.oproep}/",
        f"verslagen/{nacht.verslag}/",
    ]
    for part in parts:
        # Without this a wrong address would pass for a closed door.
        nacht.tandarts.bekijk(f"{nacht.pad}/{part}")
    for slug in (nacht.kring.slug, andere.slug):
        for part in parts:
            vreemde.bekijk(f"/k/{slug}/{part}", verwacht=404)
    return f"{gebruiker.naam} van {andere} krijgt {2 * len(parts)} keer 404"


def read_log(nacht: Nacht) -> str:
    """Every step has its line, with who, why and from where; a refusal counts as a refusal."""
    with nacht.rijen():
        oproep = Oproep.objects.get(pk=nacht.oproep)
        rows = list(Logregel.objects.filter(patient_id=oproep.patient_id))
    found = Counter(row.gebeurtenis for row in rows)
    for event in EENMAAL:
        eis(found[event] == 1, f"'{event}' staat {found[event]} keer in het logboek, niet 1 keer")
    for event in MINSTENS:
        eis(found[event], f"'{event}' staat niet in het logboek")
    picked_up = [row.uitkomst for row in rows if row.gebeurtenis == "overdracht.opgehaald"]
    eis(
        sorted(picked_up) == ["geslaagd", "geweigerd"],
        f"het ophalen staat in het logboek als {picked_up}",
    )
    for row in rows:
        eis(row.gebruiker_naam and row.doel, f"'{row.gebeurtenis}' zegt niet wie of waarom")
        text = f"{row.gebeurtenis} {row.verzoek} {row.object_id} {row.object_soort}"
        eis(not any(s in text for s in GEHEIM), f"'{row.gebeurtenis}' vertelt over de patiënt")
    nacht.gelogd_voor = len(rows)
    wie = {row.gebruiker_naam for row in rows}
    return f"{len(rows)} regels over deze patiënt, van {len(wie)} mensen"


def supervise(nacht: Nacht) -> str:
    """The functionaris gegevensbescherming finds those lines; reading them is logged as well."""
    with nacht.rijen():
        patient_id = Oproep.objects.get(pk=nacht.oproep).patient_id
    toezichthouder = Bezoeker(nacht.adres)
    gebruiker = nacht.iemand("fg")
    pagina = nacht.meld_aan(toezichthouder, gebruiker, f"{nacht.pad}/logboek/")
    pagina = toezichthouder.bekijk(f"{nacht.pad}/logboek/?patient={patient_id}")
    # The page tells it in words; the code is in the rows.
    if gebeurtenissen.words("verslag.getekend") not in pagina.tekst:
        raise Mis("de FG vindt het ondertekenen niet in het logboek")
    with nacht.rijen():
        own = Logregel.objects.filter(gebruiker_id=gebruiker.pk, tijdstip__gte=nacht.begin)
        eis(
            own.exclude(gebeurtenis__startswith="gebruiker.").exists(),
            "het kijken van de FG ontbreekt",
        )
    nacht.triage.bekijk(f"{nacht.pad}/logboek/", verwacht=403)
    return f"{gebruiker.naam} vindt ze terug; een triagemedewerker krijgt 403"
