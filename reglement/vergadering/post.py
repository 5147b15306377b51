"""What the deelnemers get in the mail about a meeting: a notice with a link, one a practice.

Documents never travel by mail, and neither does what is said of one practice (RY-15, 0042).
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.tijd import to_local
from kern.weergave import format_datum, format_tijd
from kring.models import Deelnemer, Gebruiker
from reglement.models import Agendapunt, Besluit, Stuk, Vergadering
from reglement.oproep import OVER_EEN_PRAKTIJK

Ontvanger = tuple[Deelnemer, Gebruiker | None]
NOG_EENS = "nogeens"


def key_of(vergadering: Vergadering, wat: str, deelnemer_id: object = "") -> str:
    """Return the key of a message in the outbox, or what the keys of all of them begin with."""
    return f"vergadering|{vergadering.pk}|{wat}|{deelnemer_id}"


def write_convocation(
    vergadering: Vergadering, punten: Iterable[Agendapunt], ontvangers: Iterable[Ontvanger]
) -> None:
    """Call the deelnemers: day, place and agenda, and where to answer."""
    agenda = "\n".join(f"{punt.volgorde}. {public_title(punt)}" for punt in punten)
    _send(
        vergadering,
        "oproep",
        ontvangers,
        _("Oproep: %(titel)s, %(dag)s"),
        _(
            "Dag %(naam)s,\n\nJe praktijk %(praktijk)s wordt opgeroepen voor een vergadering van "
            "%(kring)s.\n\n%(soort)s: %(titel)s\n%(wanneer)s\n%(plaats)s\n%(afstand)s\n"
            "Agenda:\n%(agenda)s\n\nLaat weten of je komt. Daar staan ook de stukken:\n\n"
            "%(link)s\n"
        ),
        agenda=agenda,
    )


def write_reminder(vergadering: Vergadering, ontvangers: Iterable[Ontvanger]) -> None:
    """Ask once more whether somebody comes."""
    _send(
        vergadering,
        NOG_EENS,
        ontvangers,
        _("Kom je? %(titel)s, %(dag)s"),
        _(
            "Dag %(naam)s,\n\nVan %(praktijk)s is nog geen antwoord op de oproep voor de "
            "vergadering van %(kring)s op %(wanneer)s. Laat weten of je komt:\n\n%(link)s\n"
        ),
    )


def write_called_off(vergadering: Vergadering, ontvangers: Iterable[Ontvanger]) -> None:
    """Tell that the meeting is off, and why."""
    _send(
        vergadering,
        "afgelast",
        ontvangers,
        _("Afgelast: %(titel)s, %(dag)s"),
        _(
            "Dag %(naam)s,\n\nDe vergadering van %(kring)s op %(wanneer)s gaat niet door:\n\n"
            "%(reden)s\n\n%(link)s\n"
        ),
    )


def write_late_document(stuk: Stuk, ontvangers: Iterable[Ontvanger]) -> None:
    """Tell that a document was added after the convocation."""
    _send(
        stuk.vergadering,
        f"stuk{stuk.nummer}",
        ontvangers,
        _("Nagekomen stuk: %(titel)s, %(dag)s"),
        _(
            "Dag %(naam)s,\n\nBij de vergadering van %(kring)s op %(wanneer)s is een stuk "
            "bijgekomen. Lees het hier:\n\n%(link)s\n"
        ),
    )


def write_minutes_ready(vergadering: Vergadering, ontvangers: Iterable[Ontvanger]) -> None:
    """Ask those who were there whether the minutes are right."""
    notulen = vergadering.notulen
    _send(
        vergadering,
        f"notulen{notulen.ronde}",
        ontvangers,
        _("Notulen: wil je ze nakijken?"),
        _(
            "Dag %(naam)s,\n\nDe notulen van de vergadering van %(kring)s op %(wanneer)s liggen "
            "klaar. Laat uiterlijk %(tot)s weten of ze kloppen:\n\n%(link)s\n\nWie niets laat "
            "weten, gaat akkoord.\n"
        ),
        route="reglement:notulen",
        tot=format_datum(notulen.reageren_tot) if notulen.reageren_tot else "",
    )


def write_decisions(
    vergadering: Vergadering, besluiten: Iterable[Besluit], ontvangers: Iterable[Ontvanger]
) -> None:
    """Send every deelnemer the list of decisions (MR 10.6).

    The control number of each decision is the anchor of its bundle: it lies in every mailbox.
    """
    lines = [_decision_words(besluit) for besluit in besluiten]
    _send(
        vergadering,
        "besluiten",
        ontvangers,
        _("Besluiten van de vergadering van %(dag)s"),
        _(
            "Dag %(naam)s,\n\nDe notulen van de vergadering van %(kring)s op %(wanneer)s zijn "
            "vastgesteld. Besloten is:\n\n%(besluiten)s\n\nDe notulen staan hier:\n\n%(link)s\n"
        ),
        route="reglement:notulen",
        besluiten="\n\n".join(lines) or _("Er zijn geen besluiten genomen."),
    )


def public_title(punt: Agendapunt) -> str:
    """Return the title as it may stand in a mail or before somebody who takes no part."""
    if punt.besluitsoort in OVER_EEN_PRAKTIJK:
        return _("Een voorstel over een praktijk")
    return punt.titel


def _decision_words(besluit: Besluit) -> str:
    hidden = besluit.besluitsoort in OVER_EEN_PRAKTIJK
    text = besluit.voorstel
    if hidden:
        text = _("een besluit over een praktijk; lees het via de link")
    return _("Besluit %(nummer)s (%(uitkomst)s): %(tekst)s\nControlegetal: %(getal)s") % {
        "nummer": besluit.nummer,
        "uitkomst": besluit.get_uitkomst_display(),
        "tekst": text,
        "getal": besluit.sha256,
    }


def _send(
    vergadering: Vergadering,
    wat: str,
    ontvangers: Iterable[Ontvanger],
    onderwerp: str,
    tekst: str,
    *,
    route: str = "reglement:vergadering",
    **extra: str,
) -> None:
    """Put one mail a practice in the outbox: to who speaks for it, else to its own mailbox."""
    kring = vergadering.kring
    begin = to_local(vergadering.begint_op)
    path = reverse(route, kwargs={"kring": kring.slug, "vergadering": vergadering.pk})
    afar = _("Meedoen op afstand kan; laat dat dan weten.") if vergadering.op_afstand else ""
    values = {
        "kring": kring.naam,
        "titel": vergadering.titel,
        "soort": vergadering.get_zitting_display().capitalize(),
        "dag": format_datum(begin.date()),
        "wanneer": _("%(dag)s om %(tijd)s uur")
        % {"dag": format_datum(begin.date()), "tijd": format_tijd(begin)},
        "plaats": vergadering.plaats,
        "afstand": f"{afar}\n" if afar else "",
        "reden": vergadering.afgelast_reden,
        "link": settings.ADRES + path,
    } | extra
    for deelnemer, gebruiker in ontvangers:
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=key_of(vergadering, wat, deelnemer.pk),
            aan=gebruiker.email if gebruiker else deelnemer.email,
            onderwerp=onderwerp % values,
            tekst=tekst
            % (
                values
                | {
                    "naam": gebruiker.naam if gebruiker else deelnemer.naam,
                    "praktijk": deelnemer.naam,
                }
            ),
        )
