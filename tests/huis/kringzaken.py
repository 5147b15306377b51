"""The objects of the reglement app in a kring: a running meeting, the rules, the duties of 4.2."""

from datetime import date, timedelta

from django.db.models.functions import Now
from django.utils import timezone

from kern.actor import Actor
from kring.models import Deelnemer
from reglement.actions import stemmen
from reglement.models import Aanwezigheid, Doorslagstem
from tests import factories
from tests.reglement.test_variabelen import VOL


def kringzaken(kring, deelnemer, gebruiker) -> dict:
    """Return one object of every kind, by the name of the part of an address that means it."""
    vergadering = _meeting(kring, gebruiker)
    return {
        "vergadering": vergadering,
        "uitnodiging": factories.UitnodigingFactory(
            kring=kring, vergadering=vergadering, deelnemer=deelnemer, gebruiker=gebruiker
        ),
        "stuk": factories.StukFactory(kring=kring, vergadering=vergadering),
        **_votes(kring, vergadering, gebruiker),
        **_royement(kring, deelnemer),
        **_rules(kring, deelnemer, gebruiker),
        **_duties(kring, deelnemer, gebruiker),
    }


def _rules(kring, deelnemer, gebruiker) -> dict:
    """A version in force, signed by the practice; a proposal and a draft to follow it."""
    text = {
        "kring": kring,
        "variabelen": dict(VOL),
        "teksten": {"7": "Ook invallers kennen dit reglement."},
        "toelichting": "Zo staat het op de agenda.",
    }
    versie = factories.ReglementversieFactory(**text)
    factories.OndertekeningFactory(
        kring=kring, versie=versie, deelnemer=deelnemer, gebruiker=gebruiker
    )
    text |= {"vorige": versie, "gemaakt_door": gebruiker}
    return {
        "reglementversie": versie,
        "reglementvoorstel": factories.ReglementconceptFactory(
            **text, status="voorgelegd", voorgelegd_op=timezone.now()
        ),
        "reglementconcept": factories.ReglementconceptFactory(**text),
    }


def _meeting(kring, gebruiker):
    """A meeting under way with everybody of the kring in it."""
    vergadering = factories.VergaderingFactory(
        kring=kring, status="open", geopend_op=timezone.now(), voorzitter=gebruiker
    )
    for row in Deelnemer.objects.filter(kring=kring):
        Aanwezigheid.objects.create(
            kring=kring,
            vergadering=vergadering,
            deelnemer=row,
            gebruiker=gebruiker,
            soort="binnen",
            op=timezone.now(),
            genoteerd_door=gebruiker,
        )
    notulen = factories.NotulenFactory(kring=kring, vergadering=vergadering)
    present = Deelnemer.objects.filter(kring=kring).first()
    factories.NotulenakkoordFactory(kring=kring, notulen=notulen, deelnemer=present)
    factories.VergaderstapFactory(kring=kring, vergadering=vergadering)
    return vergadering


def _votes(kring, vergadering, gebruiker) -> dict:
    """A decision of a closed vote, and a vote that is open."""
    by = Actor(
        naam=gebruiker.naam,
        gebruiker_id=gebruiker.pk,
        kring_id=kring.pk,
        rollen=frozenset({"coordinator"}),
        doel="organisatie",
        toegangspunt="127.0.0.1",
    )
    closed = factories.AgendapuntFactory(kring=kring, vergadering=vergadering)
    open_ = factories.AgendapuntFactory(kring=kring, vergadering=vergadering)
    text = {"vraag": "Gaan we door?", "voorstel": "We gaan door."}
    done = stemmen.close_stemming(stemmen.open_stemming(closed, by=by, **text), by=by)
    stemming = stemmen.open_stemming(open_, geheim=True, by=by, **text)
    factories.BelangverklaringFactory(kring=kring, stemming=stemming, gebruiker=gebruiker)
    Doorslagstem.objects.create(
        kring=kring,
        stemming=done,
        gebruiker=gebruiker,
        functie="coordinator",
        keuze="voor",
        op=Now(),
    )
    return {"agendapunt": open_, "stemming": stemming, "besluit": done.besluit}


def _royement(kring, deelnemer) -> dict:
    """Return a conditional royement about this practice, of which the letter is ready."""
    royement = factories.RoyementFactory(kring=kring, deelnemer=deelnemer, stap=False)
    today = date.today()  # noqa: DTZ011 (any day that is not to come)
    for soort, gegevens in (
        ("vaststellen", {"feiten": True}),
        ("voorstellen", {"over": "praktijk", "vorm": "voorwaardelijk"}),
        (
            "aankondigen",
            {"verzonden": "2026-01-01", "vergadering": "2026-02-01", "stukken": True},
        ),
        ("horen", {"wijze": "gehoord"}),
        ("stemmen", {"leden": 6, "aanwezig": 6, "voor": 6}),
        ("uitslag", {}),
        (
            "besluiten",
            {
                "redenen": True,
                "voorwaardelijk": True,
                "termijn_einde": (today + timedelta(days=60)).isoformat(),
            },
        ),
    ):
        factories.RoyementstapFactory(
            kring=kring, royement=royement, soort=soort, gegevens=gegevens, op=today
        )
    vergadering = factories.VergaderingFactory(kring=kring, status="gesloten", gesloten_op=Now())
    factories.AgendapuntFactory(kring=kring, vergadering=vergadering, royement=royement)
    factories.UitnodigingFactory(kring=kring, vergadering=vergadering, deelnemer=deelnemer)
    return {
        "royement": royement,
        "royementstuk": factories.RoyementstukFactory(kring=kring, royement=royement),
    }


def _duties(kring, deelnemer, gebruiker) -> dict:
    """What the coordinator keeps; what no address names is there for its text."""
    persoon = {"gebruiker": gebruiker, "deelnemer": deelnemer}
    geschil = factories.GeschilFactory(kring=kring, namens=deelnemer, gemeld_door=gebruiker)
    factories.GeschilpartijFactory(kring=kring, geschil=geschil)
    factories.GeschilstapFactory(kring=kring, geschil=geschil, genoteerd_door=gebruiker)
    factories.VerplichtingFactory(kring=kring, gedelegeerd_aan=gebruiker)
    factories.WielmeldingFactory(kring=kring, genoteerd_door=gebruiker)
    brief = factories.RondschrijvenFactory(kring=kring, verzonden_door=gebruiker)
    factories.RondbezorgingFactory(kring=kring, rondschrijven=brief)
    return {
        "functie": factories.FunctieFactory(kring=kring, **persoon),
        "voordracht": factories.VoordrachtFactory(kring=kring, **persoon),
        "geschil": geschil,
        "rondschrijven": brief,
    }
