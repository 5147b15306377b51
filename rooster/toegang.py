"""Access rows of the rooster app."""

from uuid import UUID

from kern.toegang import LID, Doel, Menu, Regel, Rol, public, regel
from rooster.eigenpraktijk import keeps_dentist, keeps_practice
from rooster.models import Agendalink, Dienstplaats, Ruilaanbod, Ruilverzoek
from rooster.ruil.recht import may_answer, may_touch_place, may_touch_request
from rooster.wensen.lijst import may_wish_for

_FORM = "GET POST"

_DEELNEMERS = (Rol.COORDINATOR, Rol.TANDARTS, Rol.VERTEGENWOORDIGER)


def _speaks_for(request, kwargs: dict[str, UUID]) -> bool:
    """The practice this person represents; the coordinator notes what came by phone."""
    return Rol.COORDINATOR in request.actor.rollen or any(
        row.deelnemer_id == kwargs["deelnemer"] and row.rol == Rol.VERTEGENWOORDIGER
        for row in request.lidmaatschappen
    )


# Published roster: every member reads it, and what became of each duty.
_PUBLICATIE = [
    regel("rooster:maand", LID, object="diensten"),
    regel("rooster:maand_pdf", LID, object="diensten"),
    regel("rooster:jaar", LID, object="diensten"),
    regel("rooster:jaar_pdf", LID, object="diensten"),
    regel("rooster:praktijk", LID, object="diensten van een praktijk"),
    regel("rooster:dienst_wijzigingen", LID, object="geschiedenis van een dienst"),
    regel("rooster:wijzigingen", LID, object="wijzigingen van diensten"),
    # A proposal is for those who serve and those who answer; what is adopted is for everybody.
    regel("rooster:versies", *_DEELNEMERS, object="versies van een rooster"),
    regel("rooster:versie", *_DEELNEMERS, object="roosterversie"),
    regel("rooster:versie_maand", *_DEELNEMERS, object="roosterversie"),
    regel("rooster:versie_verschil", *_DEELNEMERS, object="roosterversie"),
    regel(
        "rooster:versie_antwoord",
        *(Rol.VERTEGENWOORDIGER, Rol.COORDINATOR),
        methoden=_FORM,
        voorwaarde=_speaks_for,
        object="antwoord van een praktijk",
    ),
    regel("rooster:voorleggen", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:versie_vaststellen", Rol.COORDINATOR, methoden=_FORM, object="roosterversie"),
    regel("rooster:versie_intrekken", Rol.COORDINATOR, methoden=_FORM, object="roosterversie"),
]


def _own_link(request, kwargs: dict[str, UUID]) -> bool:
    if Rol.COORDINATOR in request.actor.rollen:
        return True
    return Agendalink.objects.filter(pk=kwargs["agendalink"], gebruiker_id=request.user.pk).exists()


# Agenda and area: a feed is read by a program without a login; its address is the secret.
_AGENDA = [
    regel("rooster:agenda", LID, methoden=_FORM, object="eigen agendalink"),
    regel(
        "rooster:agenda_intrekken",
        LID,
        methoden=_FORM,
        voorwaarde=_own_link,
        object="eigen agendalink; voor de coördinator die van iedereen",
    ),
    public("rooster:agenda_lezen", doel=Doel.ORGANISATIE, object="diensten met geheime link"),
    regel("rooster:gebied", LID, object="gebied"),
    regel("rooster:gebied_wijzigen", Rol.COORDINATOR, methoden=_FORM, object="gebied"),
]

# Who has a place in the roster sees why, from the proposal on (views.concept.eerlijk).
_IN_HET_ROOSTER = frozenset({Rol.COORDINATOR, Rol.TANDARTS, Rol.VERTEGENWOORDIGER})
_CONCEPT = [
    regel("rooster:eerlijk", _IN_HET_ROOSTER, object="verdeling"),
    regel("rooster:concept_eerlijk", _IN_HET_ROOSTER, object="verdeling van een voorstel"),
    regel("rooster:conceptplaats_waarom", _IN_HET_ROOSTER, object="plaats in een voorstel"),
    regel("rooster:concepten", Rol.COORDINATOR, object="concepten"),
    regel("rooster:concept_nieuw", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept", Rol.COORDINATOR, object="concept"),
    regel("rooster:concept_rekenen", Rol.COORDINATOR, methoden="POST", object="concept"),
    regel("rooster:concept_voortgang", Rol.COORDINATOR, object="concept", achtergrond=True),
    regel("rooster:concept_stoppen", Rol.COORDINATOR, methoden="POST", object="concept"),
    regel("rooster:concept_wat_als", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept_kiezen", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:herstellen", Rol.COORDINATOR, methoden=_FORM, object="periode"),
    regel("rooster:concept_bestand", Rol.COORDINATOR, object="concept"),
    regel("rooster:concept_inlezen", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept_uitval", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept_overnemen", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept_vergelijk", Rol.COORDINATOR, object="concepten"),
    regel("rooster:concept_weg", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:conceptplaats", Rol.COORDINATOR, methoden=_FORM, object="conceptplaats"),
    regel("rooster:conceptplaats_vast", Rol.COORDINATOR, methoden="POST", object="conceptplaats"),
]

# Swaps and illness: who speaks for a place is asked of the rows (rooster.ruil.recht).
_RUILERS = (Rol.TANDARTS, Rol.VERTEGENWOORDIGER, Rol.COORDINATOR)
_PRAKTIJK = (Rol.VERTEGENWOORDIGER, Rol.COORDINATOR)


def _own_place(request, kwargs: dict[str, UUID]) -> bool:
    rows = Dienstplaats.objects.select_related("tandarts__deelnemer", "deelnemer")
    row = rows.filter(pk=kwargs["plaats"]).first()
    return row is not None and may_touch_place(row, request.actor)


def _own_request(request, kwargs: dict[str, UUID]) -> bool:
    rows = Ruilverzoek.objects.select_related("tandarts")
    row = rows.filter(pk=kwargs["ruilverzoek"]).first()
    return row is not None and may_touch_request(row, request.actor)


def _own_offer(request, kwargs: dict[str, UUID]) -> bool:
    rows = Ruilaanbod.objects.select_related("tandarts", "verzoek")
    row = rows.filter(pk=kwargs["ruilaanbod"]).first()
    return row is not None and may_answer(row, request.actor)


def _ruil(route: str, voorwaarde, *, object: str) -> Regel:
    return regel(
        f"rooster:{route}", *_RUILERS, methoden=_FORM, voorwaarde=voorwaarde, object=object
    )


_RUILEN = [
    regel("rooster:ruilen", *_RUILERS, object="eigen diensten en verzoeken"),
    _ruil("ruil_nieuw", _own_place, object="eigen plaats in een dienst"),
    _ruil("ruilverzoek", _own_request, object="eigen ruilverzoek"),
    _ruil("ruilaanbod", _own_offer, object="vraag aan jou"),
    _ruil("ziek", _own_place, object="eigen plaats in een dienst"),
    _ruil("waarnemer_zetten", _own_place, object="eigen plaats in een dienst"),
    regel("rooster:waarnemers", *_PRAKTIJK, object="waarnemers"),
    regel("rooster:waarnemer_nieuw", *_PRAKTIJK, methoden=_FORM, object="waarnemer"),
    regel("rooster:waarnemer", Rol.COORDINATOR, methoden=_FORM, object="waarnemer"),
    regel("rooster:reglement", *_RUILERS, methoden=_FORM, object="reglement"),
    regel("rooster:reglement_nieuw", Rol.COORDINATOR, methoden=_FORM, object="reglement"),
]


def _may_wish(request, kwargs: dict[str, UUID]) -> bool:
    return may_wish_for(request, kwargs["tandarts"])


_WENSERS = (Rol.TANDARTS, Rol.VERTEGENWOORDIGER, Rol.COORDINATOR)
_WENSEN = [
    regel("rooster:wensen", _WENSERS, object="wensen"),
    *(
        regel(
            f"rooster:{route}",
            _WENSERS,
            methoden=methoden,
            voorwaarde=_may_wish,
            object="wensen van zichzelf of van de eigen praktijk",
        )
        for route, methoden in (
            ("wensenlijst", _FORM),
            ("wensenreeks", "POST"),
            ("wensen_indienen", "POST"),
        )
    ),
    regel("rooster:wensen_herinneren", Rol.COORDINATOR, methoden="POST", object="wensen"),
    regel("rooster:wensen_heropenen", Rol.COORDINATOR, methoden=_FORM, object="wensen"),
    regel("rooster:wensen_sluiten", Rol.COORDINATOR, methoden=_FORM, object="wensen"),
]

# Periods and the frame: the lines and the balances are everybody's business, an exemption is not.
_KADER = [
    regel("rooster:perioden", Rol.COORDINATOR, object="roosterperioden"),
    regel("rooster:periode_nieuw", Rol.COORDINATOR, methoden=_FORM, object="roosterperiode"),
    regel("rooster:periode", Rol.COORDINATOR, object="roosterperiode"),
    regel("rooster:periode_wijzigen", Rol.COORDINATOR, methoden=_FORM, object="roosterperiode"),
    regel("rooster:periode_openen", Rol.COORDINATOR, methoden="POST", object="roosterperiode"),
    regel("rooster:periode_weg", Rol.COORDINATOR, methoden=_FORM, object="roosterperiode"),
    regel("rooster:kader", LID, object="dienstsoorten en feestdagen"),
    regel("rooster:dienstsoorten", Rol.COORDINATOR, methoden=_FORM, object="dienstsoorten"),
    regel("rooster:feestdagen", Rol.COORDINATOR, methoden=_FORM, object="feestdagen"),
    regel("rooster:openingstijden", _PRAKTIJK, object="openingstijden van eigen praktijken"),
    regel("rooster:openingstijden_csv", Rol.COORDINATOR, methoden=_FORM, object="openingstijden"),
    regel(
        "rooster:openingstijd",
        _PRAKTIJK,
        methoden=_FORM,
        object="openingstijden van eigen praktijk",
        voorwaarde=keeps_practice,
    ),
    regel("rooster:inzet", _PRAKTIJK, object="inzet bij eigen praktijken"),
    regel("rooster:inzet_csv", Rol.COORDINATOR, methoden=_FORM, object="inzet"),
    regel(
        "rooster:inzet_wijzigen",
        _PRAKTIJK,
        methoden=_FORM,
        object="inzet van een tandarts van eigen praktijk",
        voorwaarde=keeps_dentist,
    ),
    regel("rooster:vrijstellingen", Rol.COORDINATOR, object="vrijstellingen"),
    regel("rooster:vrijstelling_nieuw", Rol.COORDINATOR, methoden=_FORM, object="vrijstelling"),
    regel("rooster:vrijstelling", Rol.COORDINATOR, methoden=_FORM, object="vrijstelling"),
    regel("rooster:vrijstelling_weg", Rol.COORDINATOR, methoden=_FORM, object="vrijstelling"),
    regel("rooster:saldi", Rol.TANDARTS, _PRAKTIJK, object="saldi"),
    regel("rooster:saldi_csv", Rol.COORDINATOR, methoden=_FORM, object="saldi"),
    regel("rooster:saldi_tellen", Rol.COORDINATOR, methoden="POST", object="saldi"),
]

# Counting: fairness is for everybody who serves to see; the file leaves the house.
_TELLING = [
    regel("rooster:telling", _WENSERS, object="tellingen van diensten"),
    regel("rooster:telling_bestand", Rol.COORDINATOR, object="tellingen van diensten", vers=True),
]

REGELS = [
    regel("rooster:overzicht", LID, object="diensten", menu=Menu("Rooster", 25)),
    regel("rooster:nu", LID, object="diensten"),
    regel("rooster:dienst_nieuw", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst_verwijderen", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    *_PUBLICATIE,
    *_AGENDA,
    *_CONCEPT,
    *_RUILEN,
    *_WENSEN,
    *_KADER,
    *_TELLING,
]
