"""The end of the night: the notice by mail, the code by text message, the report picked up."""

import re
import smtplib
import ssl

from django.conf import settings

from kern.models import Zending
from kring.models import EigenTandarts
from spoeddienst.demo import mail, sms
from spoeddienst.demo.rondgang.client import Mis
from spoeddienst.demo.rondgang.in_de_stoel import check_pdf
from spoeddienst.demo.rondgang.nacht import GEHEIM, PATIENT, Nacht, eis
from verslag.models import Bijlage, Overdracht, Pakket

_LINK = re.compile(r"https?://\S+/ophalen/\S+")
_CODE = re.compile(r"\b\d{6}\b")


def receive_mail(nacht: Nacht) -> str:
    """The notice arrives at the own dentist, over TLS with a certificate that was checked."""
    with nacht.rijen():
        ontvanger = EigenTandarts.objects.get(pk=nacht.eigen_tandarts_id)

    def arrived() -> mail.Mail | None:
        fresh = (m for m in mail.messages() if m.moment >= nacht.begin)
        return next((m for m in fresh if ontvanger.email in m.aan), None)

    bericht = nacht.wacht(arrived, f"er kwam geen mail voor {ontvanger.email}")
    link = _LINK.search(bericht.tekst)
    if link is None:
        raise Mis("in de mail staat geen link om het verslag op te halen")
    nacht.ophaal_url = link.group()
    eis(nacht.ophaal_url.startswith(nacht.adres), f"de link wijst naar {nacht.ophaal_url}")
    transport = str(bericht.message["X-Ontvangen-Over"])
    eis(transport.startswith("TLSv1."), f"de mailserver kreeg de mail {transport}")
    _check_certificate()
    nacht.wacht(lambda: _sent(nacht), "de zending staat niet als verzonden")
    return f"bij {ontvanger.email}, {transport}, certificaat gecontroleerd"


def _sent(nacht: Nacht) -> Zending | None:
    with nacht.rijen():
        zendingen = Zending.objects.filter(overdracht__versie__verslag_id=nacht.verslag)
        return zendingen.filter(status=Zending.Status.VERZONDEN).first()


def _check_certificate() -> None:
    """The server's certificate holds under our authority, and under no other."""
    _greet(ssl.create_default_context(cafile=settings.SMTP_CA))
    try:
        _greet(ssl.create_default_context())
    except ssl.SSLCertVerificationError:
        return
    raise Mis("de mailserver wordt ook vertrouwd zonder onze certificaatautoriteit")


def _greet(context: ssl.SSLContext) -> None:
    with smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=10) as server:
        server.starttls(context=context)


def search_mail(nacht: Nacht) -> str:
    """No mail or text message of this night tells anything about the patient."""
    mails = [m for m in mail.messages() if m.moment >= nacht.begin]
    smsen = [s for s in sms.messages() if s.moment >= nacht.begin]
    texts = [f"{m.message.as_string()}\n{m.tekst}" for m in mails] + [s.tekst for s in smsen]
    for text in texts:
        leaked = [secret for secret in GEHEIM if secret in text]
        eis(not leaked, f"in een bericht staat iets over de patiënt: {', '.join(leaked)}")
    return f"{len(mails)} mail, {len(smsen)} sms, {len(GEHEIM)} zoekwoorden, 0 gevonden"


def ask_code(nacht: Nacht) -> str:
    """Opening the link shows and changes nothing; the code comes over another channel."""
    pagina = nacht.ophaler.bekijk(nacht.ophaal_url)
    leaked = [secret for secret in GEHEIM if secret in pagina.tekst]
    eis(not leaked, f"de ophaalpagina vertelt al iets over de patiënt: {', '.join(leaked)}")
    with nacht.rijen():
        pakket = Pakket.objects.get(versie__verslag_id=nacht.verslag)
        eis(not pakket.codes_verstuurd, "alleen de link openen verstuurde al een code")
    nacht.ophaler.stuur(pagina, _door(nacht))
    bericht = nacht.wacht(lambda: _text_message(nacht), "er kwam geen sms met een code")
    nummer = bericht.telefoon
    return f"sms naar {nummer[:4]}•••{nummer[-2:]}"


def _door(nacht: Nacht) -> str:
    return nacht.ophaal_url.strip("/").rpartition("/")[2]


def _text_message(nacht: Nacht) -> sms.Sms | None:
    with nacht.rijen():
        telefoon = EigenTandarts.objects.get(pk=nacht.eigen_tandarts_id).telefoon
    fresh = (s for s in sms.messages() if s.moment >= nacht.begin and s.telefoon == telefoon)
    return next((s for s in fresh if _CODE.search(s.tekst)), None)


def wrong_code(nacht: Nacht) -> str:
    """A wrong code opens nothing and says so."""
    code = _code(nacht)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    pagina = nacht.ophaler.bekijk(nacht.ophaal_url)
    pagina = nacht.ophaler.stuur(pagina, _door(nacht), {"code": wrong}, verwacht=422)
    eis(pagina.fouten, "een foute code wordt geweigerd zonder uitleg")
    eis(PATIENT["naam"] not in pagina.tekst, "een foute code opent het verslag")
    return "geweigerd met uitleg"


def _code(nacht: Nacht) -> str:
    bericht = _text_message(nacht)
    found = _CODE.search(bericht.tekst) if bericht else None
    if found is None:
        raise Mis("er is geen sms met een code")
    return found.group()


def pick_up(nacht: Nacht) -> str:
    """The right code opens the report, as a page and as a letter; the sender sees it."""
    pagina = nacht.ophaler.bekijk(nacht.ophaal_url)
    pagina = nacht.ophaler.stuur(pagina, _door(nacht), {"code": _code(nacht)})
    for text in (PATIENT["naam"], "Avulsie 11"):
        eis(text in pagina.tekst, f"in het opgehaalde verslag ontbreekt '{text}'")
    letter = nacht.ophaler.stuur(pagina, "pdf")
    check_pdf(letter.inhoud)
    with nacht.rijen():
        bijlage = Bijlage.objects.get(verslag_id=nacht.verslag)
    foto = nacht.ophaler.stuur(pagina, str(bijlage.pk))
    eis(foto.inhoud == nacht.foto, "de opgehaalde foto is een andere dan bij het verslag stond")
    with nacht.rijen():
        overdracht = Overdracht.objects.get(versie__verslag_id=nacht.verslag)
    eis(overdracht.opgehaald_op, "de overdracht staat niet als opgehaald")
    sender = nacht.tandarts.bekijk(nacht.verslag_url)
    eis("opgehaald" in sender.tekst.lower(), "de tandarts ziet niet dat het verslag is opgehaald")
    return "verslag, pdf en foto, de tandarts ziet 'opgehaald'"
