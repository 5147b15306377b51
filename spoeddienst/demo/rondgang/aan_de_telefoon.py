"""The first half of the night: the phone rings, the dentist is called, the patient may come."""

from datetime import timedelta

from kern.tijd import db_now, to_local
from kring.models import EigenTandarts, Tandarts
from spoeddienst.demo import mail, sms
from spoeddienst.demo.gegevens.klachten import CONTROLES
from spoeddienst.demo.rondgang.client import Mis
from spoeddienst.demo.rondgang.nacht import PATIENT, Nacht, eis
from triage.models import Oproep, Tandartsbericht

REGEL, PARAGRAAF, TERMIJN = "R-60", "§2.2.2", 60
"""What the protocol must say about a tooth that is knocked out."""
KLACHT = "Tand uit de mond"


def sign_in(nacht: Nacht) -> str:
    """The triagemedewerker logs in and sees the board of the own kring."""
    gebruiker = nacht.iemand("triagemedewerker")
    doel = f"{nacht.pad}/triage/"
    anonymous = nacht.triage.bekijk(doel)
    eis(anonymous.pad != doel, "het bord is te zien zonder in te loggen")
    pagina = nacht.meld_aan(nacht.triage, gebruiker, doel)
    eis("Bord" in pagina.tekst, "na het inloggen is er geen bord")
    return f"{gebruiker.naam} met wachtwoord en code"


def take_call(nacht: Nacht) -> str:
    """A new call gets a number and a screen."""
    bord = nacht.triage.bekijk(f"{nacht.pad}/triage/")
    pagina = nacht.triage.stuur(bord, "nieuw")
    nacht.oproep_url = pagina.pad
    nacht.oproep = pagina.pad.strip("/").rpartition("/")[2]
    with nacht.rijen():
        oproep = Oproep.objects.filter(pk=nacht.oproep).first()
        if oproep is None:
            raise Mis("de nieuwe oproep staat niet in de database")
        eis(oproep.dienst_id, "de oproep hoort bij geen dienst, terwijl er iemand dienst heeft")
        return f"oproep {oproep.nummer}, tand uit de mond na een val"


def ask_questions(nacht: Nacht) -> str:
    """The answers lead to the outcome, with its rule and paragraph, before any name is asked."""
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    pagina = nacht.triage.stuur(
        pagina,
        "antwoorden",
        {
            "klachten": ["avulsie"],
            "omschrijving": "Voortand uit de mond na een val van de fiets, ligt in melk.",
            "opname_gemeld": "on",
        },
    )
    answers: dict[str, str | list[str]] = {
        "avulsie_element": "blijvend",
        "avulsie_bewaard": "melk",
        "ongeval_minuten_geleden": "10",
    }
    pagina = nacht.triage.stuur(pagina, "antwoorden", answers)
    with nacht.rijen():
        oproep = Oproep.objects.get(pk=nacht.oproep)
    regels = {regel["id"]: regel["paragraaf"] for regel in oproep.uitkomst.get("regels", [])}
    eis(REGEL in regels, f"regel {REGEL} sprak niet; wel {', '.join(sorted(regels)) or 'geen'}")
    eis(PARAGRAAF in regels[REGEL], f"regel {REGEL} noemt {regels[REGEL]}, niet {PARAGRAAF}")
    for sign in (REGEL, PARAGRAAF):
        eis(sign in pagina.tekst, f"op het scherm ontbreekt {sign}")
    eis(oproep.contact == "verplicht", f"contact met de tandarts is {oproep.contact or 'leeg'}")
    deadline = oproep.aangenomen_op + timedelta(minutes=TERMIJN)
    eis(oproep.zien_voor == deadline, f"'gezien vóór' is {oproep.zien_voor}, niet {deadline}")
    eis(oproep.patient_id is None, "er is al een patiënt terwijl nog niemand een naam gaf")
    return f"tandarts bellen verplicht, gezien binnen {TERMIJN} min ({REGEL}, {regels[REGEL]})"


def name_patient(nacht: Nacht) -> str:
    """Who it is, and who the own dentist is."""
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    form = pagina.formulier("patient")
    choices = [pk for pk in (form.veld("eigen_tandarts").keuzes or []) if pk] if form else []
    with nacht.rijen():
        # Nothing goes to an address that somebody called wrong.
        wrong = EigenTandarts.objects.filter(controle=EigenTandarts.Controle.FOUT)
        choices = [pk for pk in choices if pk not in {str(row.pk) for row in wrong}]
    eis(choices, "er is geen eigen tandarts om uit te kiezen")
    nacht.eigen_tandarts_id = choices[0]
    own = {"heeft_eigen_tandarts": "ja", "eigen_tandarts": choices[0]}
    nacht.triage.stuur(pagina, "patient", {**PATIENT, **own})
    with nacht.rijen():
        oproep = Oproep.objects.select_related("patient").get(pk=nacht.oproep)
        if oproep.patient is None:
            raise Mis("de patiënt is niet bewaard")
        eis(oproep.patient.naam == PATIENT["naam"], "de naam van de patiënt is niet bewaard")
        eis(oproep.patient.bsn == PATIENT["bsn"], "het BSN is niet bewaard")
        eigen = EigenTandarts.objects.get(pk=choices[0])
    return f"{PATIENT['naam']}, eigen tandarts {eigen}"


def send_message(nacht: Nacht) -> str:
    """The dentist gets a link without a word about the patient, opens it and confirms."""
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    nacht.triage.stuur(pagina, f"{nacht.oproep}/bericht")
    with nacht.rijen():
        sent = Tandartsbericht.objects.select_related("tandarts__gebruiker")
        bericht = sent.get(oproep=nacht.oproep)
    tandarts = bericht.tandarts
    pad = f"{nacht.pad}/triage/bericht/{bericht.pk}/"
    kanaal = nacht.wacht(lambda: _arrived(nacht, tandarts, pad), f"{tandarts} kreeg geen bericht")
    pagina = nacht.meld_aan(nacht.tandarts, tandarts.gebruiker, pad)
    eis(KLACHT in pagina.tekst, "het bericht opent geen pagina met de klacht")
    nacht.tandarts.stuur(pagina, f"{bericht.pk}/bevestigen")
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    eis("Bevestigd, nog bellen" in pagina.tekst, "triage ziet niet dat de tandarts bevestigde")
    return f"{kanaal} aan {tandarts.naam}, geopend en bevestigd"


def _arrived(nacht: Nacht, tandarts: Tandarts, pad: str) -> str | None:
    """Return by which way the link came first: one of the two is enough."""
    link = f"{nacht.adres}{pad}"
    smsen = (s for s in sms.messages() if s.telefoon == tandarts.telefoon)
    if any(link in s.tekst for s in smsen):
        return "sms"
    mails = (m for m in mail.messages() if tandarts.gebruiker.email in m.aan)
    return "mail" if any(link in m.tekst for m in mails) else None


def call_dentist(nacht: Nacht) -> str:
    """First no answer, then the dentist."""
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    pagina = nacht.triage.stuur(pagina, "contactpoging", knop="niet_bereikt")
    form = pagina.formulier("contactpoging")
    nacht.tandarts_id = next(iter(form.veld("tandarts").waarden), "") if form else ""
    pagina = nacht.triage.stuur(pagina, "contactpoging", knop="gesproken")
    with nacht.rijen():
        oproep = Oproep.objects.select_related("behandelaar").get(pk=nacht.oproep)
        results = list(oproep.contactpogingen.values_list("resultaat", flat=True))
    expected = ["bevestigd", "niet_bereikt", "gesproken"]
    eis(results == expected, f"de contactpogingen zijn {results}")
    eis(
        str(oproep.behandelaar_id) == nacht.tandarts_id, "de gesproken tandarts is niet behandelaar"
    )
    return f"{oproep.behandelaar}, bij de tweede poging"


def make_appointment(nacht: Nacht) -> str:
    """The dentist says: let them come."""
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    moment = to_local(db_now()) + timedelta(minutes=20)
    nacht.triage.stuur(
        pagina,
        "besluit",
        {
            "besluit": "zien",
            "toelichting": "Direct laten komen, tand in de melk laten.",
            "moment": f"{moment:%Y-%m-%dT%H:%M}",
            "betaling_gemeld": "on",
        },
    )
    with nacht.rijen():
        oproep = Oproep.objects.get(pk=nacht.oproep)
    if oproep.afspraak_om is None:
        raise Mis(f"de afspraak is niet gemaakt, de oproep is '{oproep.get_status_display()}'")
    eis(
        oproep.zien_voor and oproep.afspraak_om <= oproep.zien_voor,
        "de afspraak ligt na de tijd waarop de patiënt gezien moet zijn",
    )
    return f"om {to_local(oproep.afspraak_om):%H:%M}, betaling gemeld"


def close_call(nacht: Nacht) -> str:
    """Without the closing checks the call stays open; with them it is closed."""
    pagina = nacht.triage.bekijk(nacht.oproep_url)
    refused = nacht.triage.stuur(pagina, "afronden", {"controles": []}, verwacht=422)
    eis(refused.fouten, "afronden zonder slotvragen wordt geweigerd zonder uitleg")
    nacht.triage.stuur(pagina, "afronden", {"controles": list(CONTROLES)})
    with nacht.rijen():
        oproep = Oproep.objects.get(pk=nacht.oproep)
    eis(oproep.status == "afgerond", f"de oproep is '{oproep.get_status_display()}'")
    return "zonder slotvragen geweigerd, daarna afgerond"


def dentist_of(nacht: Nacht) -> Tandarts:
    """Return the dentist who was spoken to."""
    with nacht.rijen():
        return Tandarts.objects.select_related("gebruiker").get(pk=nacht.tandarts_id)
