"""One object of every kind in a kring, and the parts of a URL that name it.

A new route whose address holds only `kring` needs nothing here. A new part (`<uuid:bijlage>`) needs
an object of that name in `objects_of`; a part `pk` needs a line in `PK_OF`. Whoever forgets it
gets the sentence of `_value`.
"""

from datetime import date
from functools import cache
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.db.models.functions import Now
from django.urls import URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kern import toegang
from kern.actor import Actor
from kern.models import Logregel
from kring.models import Factorherstel, Sessie
from kring.rollen import activatie_token
from kring.sessies import STIL
from oefening.casussen import cases
from oefening.models import Oefenpoging
from rooster.actions.agenda import hash_geheim
from rooster.models import (
    Agendalink,
    Bigcontrole,
    Gebied,
    Reglementontvangst,
    Vrijstelling,
    Waarnemer,
)
from tests import factories
from tests.huis.kringzaken import kringzaken
from toezicht.models import Signaal
from verslag import zegel
from verslag.actions import open_taak, reply, sign_verslag
from verslag.kanalen.ophalen import fill
from verslag.models import Briefhoofd, NtaDomein, Overdracht, Taak

TOKEN = "token-van-"


def objects_of(kring, tandarts) -> SimpleNamespace:
    """Return a duty, a call, a signed report and a handover of this kring."""
    dienst = factories.DienstFactory(kring=kring, dienstdoende=tandarts)
    lid = factories.LidmaatschapFactory(kring=kring, rol="triagemedewerker")
    oproep = factories.OproepFactory(
        kring=kring, dienst=dienst, behandelaar=tandarts, aangenomen_door=lid.gebruiker
    )
    verslag = factories.VerslagFactory(kring=kring, oproep=oproep, auteur=tandarts)
    bijlage = factories.BijlageFactory(kring=kring, verslag=verslag)
    Briefhoofd.objects.create(kring=kring, naam="Spoedkring", tekst="Postbus 1")
    factories.VerklaringFactory(kring=kring, patient=oproep.patient)
    versie = sign_verslag(verslag, by=Actor.system(kring.pk))
    overdracht = _overdracht(kring, versie)
    vervolg = factories.VervolgactieFactory(kring=kring, versie=versie)
    samenvoeging = factories.SamenvoegingFactory(kring=kring, blijft=oproep.patient)
    _overhandigd(overdracht)
    factories.VergissingFactory(kring=kring, poging__oproep=oproep, poging__tandarts=tandarts)
    factories.TandartsbesluitFactory(kring=kring, oproep=oproep, tandarts=tandarts)
    bericht = factories.TandartsberichtFactory(kring=kring, oproep=oproep, tandarts=tandarts)
    factories.ControlepuntFactory(kring=kring, dienst=dienst)
    factories.DoorschakelingFactory(kring=kring, deelnemer=tandarts.deelnemer)
    factories.AankondigingFactory(kring=kring, deelnemer=tandarts.deelnemer)
    factories.InstellingFactory(kring=kring)
    Gebied.objects.create(kring=kring, postcodes=["3511"])
    concept = factories.ConceptFactory(kring=kring)
    roosterversie = factories.RoosterversieFactory(kring=kring, tandarts=tandarts)
    factories.AkkoordFactory(kring=kring, versie=roosterversie, deelnemer=tandarts.deelnemer)
    factories.RoosterwijzigingFactory(kring=kring, dienst=dienst)
    weekbezorging = factories.WeekbezorgingFactory(kring=kring)
    ruilverzoek = factories.RuilverzoekFactory(kring=kring, dienst=dienst)
    verzoek = factories.PatientverzoekFactory(kring=kring, patient=oproep.patient)
    factories.AfgifteFactory(kring=kring, verzoek=verzoek)
    van_ander = factories.RuilverzoekFactory(kring=kring, dienst=dienst, rol="achterwacht")
    return SimpleNamespace(
        kring=kring,
        deelnemer=tandarts.deelnemer,
        tandarts=tandarts,
        eigen_tandarts=oproep.patient.eigen_tandarts,
        lidmaatschap=lid,
        gebruiker=lid.gebruiker,
        dienst=dienst,
        periode=concept.periode,
        concept=concept,
        roosterversie=roosterversie,
        vrijstelling=_frame(kring, tandarts, concept.periode),
        conceptplaats=concept.diensten.get().plaatsen.first(),
        plaats=dienst.plaatsen.get(rol="dienstdoende"),
        ruilverzoek=ruilverzoek,
        waarnemer=_waarnemer(kring, lid.gebruiker),
        ruilaanbod=factories.RuilaanbodFactory(kring=kring, verzoek=van_ander, tandarts=tandarts),
        patient=oproep.patient,
        oproep=oproep,
        bericht=bericht,
        verslag=verslag,
        versie=versie,
        bijlage=bijlage,
        dossier=verslag.dossier,
        vervolg=vervolg,
        samenvoeging=samenvoeging,
        # Looks like the patient by name and postal code.
        ander=factories.PatientFactory(
            kring=kring, naam=oproep.patient.naam, geboortedatum="1951-02-03", telefoon="", bsn=""
        ),
        tekstblok=factories.TekstblokFactory(kring=kring),
        tariefcode=_old_tariff(kring),
        verwijsadres=factories.VerwijsadresFactory(kring=kring),
        overdracht=overdracht,
        antwoord=reply(
            overdracht.pakketten.get(),
            tekst="Dank voor het verslag.",
            by=Actor.system(kring.pk),
        ),
        agendalink=_agendalink(kring, tandarts.gebruiker or lid.gebruiker),
        geheim=f"{TOKEN}{kring.slug}",
        sluiting=factories.SluitingFactory(kring=kring, deelnemer=tandarts.deelnemer),
        ontvanger=weekbezorging.ontvanger,
        weekbericht=weekbezorging.weekbericht,
        weekbezorging=weekbezorging,
        passkey=Authenticator.objects.create(
            user=lid.gebruiker, type="webauthn", data={"name": "x"}
        ),
        factorherstel=Factorherstel.objects.create(
            kring=kring,
            gebruiker=lid.gebruiker,
            gevraagd_door=factories.GebruikerFactory(),
            gevraagd_op=Now(),
            reden="Stond naast me.",
        ),
        sessienummer=_sessie(kring, lid.gebruiker).nummer,
        token=f"{TOKEN}{kring.slug}",
        verzoek=verzoek,
        vernietiging=factories.VernietigingFactory(kring=kring, patient=oproep.patient),
        zending=overdracht.bericht,
        certificaat=factories.CertificaatFactory(
            kring=kring, ontvanger=oproep.patient.eigen_tandarts
        ),
        taak=_taak(overdracht),
        signaal=_signaal(kring, oproep),
        oefenpoging=_oefenpoging(kring, tandarts.gebruiker or lid.gebruiker),
        protocolversie=factories.ProtocolversieFactory(
            kring=kring, teruggestuurd_op=Now(), teruggestuurd_door=lid.gebruiker
        ),
        logregel=Logregel.objects.filter(kring=kring).earliest("id"),
        **_taking_part(kring, tandarts, lid.gebruiker),
        uidb64=urlsafe_base64_encode(force_bytes(lid.gebruiker_id)),
        activatie=activatie_token.make_token(lid.gebruiker),
        **kringzaken(kring, tandarts.deelnemer, lid.gebruiker),
    )


def _taking_part(kring, tandarts, gebruiker) -> dict:
    """Return an application, an end, an area as proposed and an incident."""
    dentist = factories.ToelatingstandartsFactory(kring=kring)
    factories.DeelnameFactory(kring=kring, deelnemer=tandarts.deelnemer)
    factories.VeiligheidsbladFactory(
        kring=kring, deelnemer=tandarts.deelnemer, nagekeken_door=gebruiker
    )
    factories.VergoedingFactory(
        kring=kring, deelnemer=tandarts.deelnemer, vastgesteld_door=gebruiker
    )
    stap = factories.IncidentstapFactory(
        kring=kring,
        incident__deelnemer=tandarts.deelnemer,
        incident__gemeld_door=gebruiker,
        gedaan_door=gebruiker,
    )
    return {
        "toelating": dentist.toelating,
        "toelatingstandarts": dentist,
        "einde": factories.EindeFactory(kring=kring, vastgelegd_door=gebruiker),
        "gebiedswijziging": factories.GebiedswijzigingFactory(
            kring=kring, ingediend_door=gebruiker
        ),
        "incident": stap.incident,
    }


def _overhandigd(overdracht) -> None:
    """Give the report on paper as well, with its proof."""
    given = Overdracht.objects.create(
        kring=overdracht.kring,
        versie=overdracht.versie,
        ontvanger=overdracht.ontvanger,
        naam=overdracht.naam,
        kanaal=Overdracht.Kanaal.PERSOONLIJK,
        overhandigd_op=Now(),
    )
    factories.OverhandigingFactory(kring=overdracht.kring, overdracht=given)
    NtaDomein.objects.create(kring=overdracht.kring, domein="elders.example")


def _taak(overdracht) -> Taak:
    """Return the task of a report that did not arrive: the kind with every door."""
    return open_taak(
        kring_id=overdracht.kring_id,
        soort=Taak.Soort.NIET_BEZORGD,
        sleutel=f"niet-bezorgd|{overdracht.bericht_id}",
        overdracht=overdracht,
        zending=overdracht.bericht,
        by=Actor.system(overdracht.kring_id),
    )


def _old_tariff(kring):
    """Return a code that held long ago: the texts of the tests are none."""
    return factories.TariefcodeFactory(
        kring=kring, geldig_vanaf=date(2001, 1, 1), geldig_tot=date(2001, 12, 31)
    )


def _frame(kring, tandarts, periode) -> Vrijstelling:
    """Fill the frame of a kring; return the exemption in it."""
    factories.DienstsoortFactory(kring=kring)
    factories.FeestdagFactory(kring=kring)
    factories.OpeningstijdFactory(kring=kring, deelnemer=tandarts.deelnemer)
    factories.InzetFactory(kring=kring, tandarts=tandarts)
    factories.SaldoFactory(kring=kring, deelnemer=tandarts.deelnemer, periode=periode)
    return factories.VrijstellingFactory(kring=kring, tandarts=tandarts)


def _waarnemer(kring, gebruiker) -> Waarnemer:
    """Return an outside dentist with a check and a receipt."""
    row = Waarnemer.objects.create(kring=kring, tandarts=factories.TandartsFactory(kring=kring))
    Bigcontrole.objects.create(
        kring=kring,
        waarnemer=row,
        uitkomst="ingeschreven",
        bron="handmatig",
        gedaan_op=Now(),
        gedaan_door=gebruiker,
    )
    Reglementontvangst.objects.create(
        kring=kring,
        waarnemer=row,
        reglement=factories.ReglementtekstFactory(kring=kring, vastgelegd_door=gebruiker),
        wijze="papier",
        ontvangen_op=Now(),
        genoteerd_door=gebruiker,
    )
    return row


def _signaal(kring, oproep) -> Signaal:
    return Signaal.objects.create(
        kring=kring,
        regel=Signaal.Regel.GEEN_RELATIE,
        versie="x",
        gebruiker_id=oproep.aangenomen_door_id,
        gebruiker_naam=oproep.aangenomen_door.naam,
        patient_id=oproep.patient_id,
        dag=oproep.aangenomen_op.date(),
        reden="Geen behandelrelatie.",
        sleutel=f"signaal van {kring.slug}",
    )


def _oefenpoging(kring, gebruiker) -> Oefenpoging:
    case = cases()[0]
    return Oefenpoging.objects.create(
        kring=kring,
        gebruiker=gebruiker,
        casus=case.sleutel,
        tabel=case.tabel.value,
        feiten=case.feiten.as_record(),
    )


def _agendalink(kring, gebruiker) -> Agendalink:
    return Agendalink.objects.create(
        kring=kring,
        gebruiker=gebruiker,
        soort=Agendalink.Soort.KRING,
        geheim_hash=hash_geheim(f"{TOKEN}{kring.slug}"),
    )


def _sessie(kring, gebruiker) -> Sessie:
    return Sessie.objects.create(
        session_key=f"sessie-van-{kring.slug}",
        gebruiker=gebruiker,
        begonnen_op=Now(),
        gezien_op=Now(),
        expire_date=Now() + STIL,
    )


def _overdracht(kring, versie) -> Overdracht:
    """Return the handover of a signed version, ready behind a token that the test knows."""
    overdracht = versie.overdrachten.get()
    pakket = overdracht.pakketten.get()
    token = f"{TOKEN}{kring.slug}"
    pakket.token_hash = zegel.hash_token(token)
    pakket.save()
    fill(pakket, token)
    return overdracht


PK_OF = {
    "kring:deelnemer": "deelnemer",
    "kring:tandarts": "tandarts",
    "kring:eigen_tandarts": "eigen_tandarts",
    "kring:adres_gecontroleerd": "eigen_tandarts",
    "kring:adres_fout": "eigen_tandarts",
    "kring:zending_opnieuw": "zending",
    "kring:zending_stoppen": "zending",
    "kring:rol_beeindigen": "lidmaatschap",
    "kring:link_sturen": "gebruiker",
    "kring:factorherstel": "factorherstel",
    "kring:factorherstel_vragen": "gebruiker",
    "mfa_remove_webauthn": "passkey",
    "oefening": "oefenpoging",
    "rooster": "dienst",
    "triage": "oproep",
    "triage:verwijsadres": "verwijsadres",
}
"""What `pk` names in the routes that do not say it themselves."""

NAMED = {
    ("verslag:kanaal", "ontvanger"): "eigen_tandarts",
    ("kring:activeren", "token"): "activatie",
    ("rooster:concept_vergelijk", "ander"): "concept",
    ("sessie_einde", "nummer"): "sessienummer",
    "eigentandarts": "eigen_tandarts",
    # Each step of the rules is about a version in one state.
    **{
        (f"reglement:{route}", "reglementversie"): "reglementconcept"
        for route in (
            *("artikel", "lezingen", "bijwerken", "weggooien", "voorleggen", "versie_papier"),
        )
    },
    **{
        (f"reglement:{route}", "reglementversie"): "reglementvoorstel"
        for route in ("terughalen", "versie_intrekken", "verwerken")
    },
}
"""Parts whose object has another name."""

FIXED = {
    ("verslag:pdf", "nummer"): 1,
    ("admin:app_list", "app_label"): "kring",
    ("rooster:feestdagen", "jaar"): 2027,
    ("reglement:artikel", "pagina"): "8",
}
"""Parts that name no object of a kring."""


def declared_routes() -> list[str]:
    """Return every route of the access table, those of the admin one by one.

    The demo's own pages are left out: they exist only where `SPOED_DEMO` is set, never beside
    patients, and their buttons start and stop servers.
    """
    rows = [row for row in toegang.table() if not row.route.startswith("demo:")]
    names = {row.route for row in rows if not row.prefix}
    for row in rows:
        if row.prefix:
            names |= {name for name in parameters() if name.startswith(f"{row.route}:")}
    return sorted(names)


def route_kwargs(route: str, objects: SimpleNamespace) -> dict:
    """Return the keyword arguments of a route, filled with these objects."""
    return {name: _value(route, name, objects) for name in sorted(parameters()[route])}


def names_object(route: str) -> bool:
    """Whether the address names an object of a kring, beside the kring itself."""
    fixed = {name for of, name in FIXED if of == route}
    return bool(parameters()[route] - {"kring"} - fixed)


def _value(route: str, name: str, objects: SimpleNamespace):
    if name == "kring":
        return objects.kring.slug
    if (route, name) in FIXED:
        return FIXED[route, name]
    found = getattr(objects, _object_name(route, name), None)
    assert found is not None, (
        f"Route '{route}' heeft een deel '{name}' dat de matrix niet kan invullen: maak het object "
        f"in objects_of() of noem het in PK_OF of NAMED (tests/huis/objecten.py)."
    )
    return getattr(found, "pk", found)


def _object_name(route: str, name: str) -> str:
    if name == "pk":
        name = PK_OF.get(route) or PK_OF.get(route.partition(":")[0], "pk")
    elif name == "object_id":  # admin:kring_deelnemer_change
        name = route.split("_")[1]
    return NAMED.get((route, name)) or NAMED.get(name, name)


@cache
def parameters() -> dict[str, set[str]]:
    """Return the names of the URL parts of every route, those of its parents included."""
    found: dict[str, set[str]] = {}

    def walk(resolver: URLResolver, prefix: str, names: set[str]) -> None:
        for pattern in resolver.url_patterns:
            own = names | set(pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                walk(pattern, inner, own)
            elif pattern.name:
                found[f"{prefix}{pattern.name}"] = own

    walk(get_resolver(), "", set())
    return found
