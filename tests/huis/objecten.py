"""One object of every kind in a kring, and the parts of a URL that name it."""

from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.db.models.functions import Now
from django.urls import URLResolver, get_resolver

from kern.actor import Actor
from kring.models import Sessie
from kring.sessies import STIL
from tests import factories
from verslag.actions import sign_verslag
from verslag.actions.overdracht import hash_token
from verslag.models import Overdracht

TOKEN = "token-van-"


def objects_of(kring, tandarts) -> SimpleNamespace:
    """Return a duty, a call, a signed report and a handover of this kring."""
    dienst = factories.DienstFactory(kring=kring, dienstdoende=tandarts)
    lid = factories.LidmaatschapFactory(kring=kring, rol="triagemedewerker")
    oproep = factories.OproepFactory(
        kring=kring, dienst=dienst, behandelaar=tandarts, aangenomen_door=lid.gebruiker
    )
    verslag = factories.VerslagFactory(kring=kring, oproep=oproep, auteur=tandarts)
    versie = sign_verslag(verslag, by=Actor.system(kring.pk))
    return SimpleNamespace(
        kring=kring,
        deelnemer=tandarts.deelnemer,
        tandarts=tandarts,
        eigen_tandarts=oproep.patient.eigen_tandarts,
        lidmaatschap=lid,
        gebruiker=lid.gebruiker,
        dienst=dienst,
        patient=oproep.patient,
        oproep=oproep,
        verslag=verslag,
        versie=versie,
        dossier=verslag.dossier,
        overdracht=_overdracht(kring, versie),
        passkey=Authenticator.objects.create(
            user=lid.gebruiker, type="webauthn", data={"name": "x"}
        ),
        sessie=Sessie.objects.create(
            session_key=f"sessie-van-{kring.slug}",
            gebruiker=lid.gebruiker,
            begonnen_op=Now(),
            gezien_op=Now(),
            expire_date=Now() + STIL,
        ),
        token=f"{TOKEN}{kring.slug}",
    )


def _overdracht(kring, versie) -> Overdracht:
    """Return the handover of a signed version, with a token that the test knows."""
    overdracht = versie.overdrachten.get()
    overdracht.token_hash = hash_token(f"{TOKEN}{kring.slug}")
    overdracht.save()
    return overdracht


PK_OF = {
    "kring:deelnemer": "deelnemer",
    "kring:tandarts": "tandarts",
    "kring:eigen_tandarts": "eigen_tandarts",
    "kring:rol_beeindigen": "lidmaatschap",
    "kring:link_sturen": "gebruiker",
    "mfa_remove_webauthn": "passkey",
    "rooster": "dienst",
    "triage": "oproep",
}
"""What `pk` names in the routes that do not say it themselves."""

FIXED = {"uidb64": "MQ", "token": None, "nummer": 1}


def route_kwargs(route: str, objects: SimpleNamespace) -> dict:
    """Return the keyword arguments of a route, filled with these objects."""
    return {name: _value(route, name, objects) for name in sorted(_parameters()[route])}


def _value(route: str, name: str, objects: SimpleNamespace):
    if name == "kring":
        return objects.kring.slug
    if route == "sessie_einde":
        return objects.sessie.nummer
    if name == "pk":
        return getattr(objects, PK_OF.get(route) or PK_OF[route.partition(":")[0]]).pk
    found = getattr(objects, name, None) or FIXED[name]
    return getattr(found, "pk", found)


def _parameters() -> dict[str, set[str]]:
    """Return the names of the URL parts of every route, those of its parents included."""
    found: dict[str, set[str]] = {}

    def walk(resolver: URLResolver, prefix: str, names: set[str]) -> None:
        for pattern in resolver.url_patterns:
            own = names | set(pattern.pattern.converters)
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                walk(pattern, inner, own)
            elif pattern.name:
                found[f"{prefix}{pattern.name}"] = own

    walk(get_resolver(), "", set())
    return found
