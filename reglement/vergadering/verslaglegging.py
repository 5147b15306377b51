"""The minutes as they follow from the events: who was there, what was said and decided."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from kern.tijd import to_local
from kern.weergave import format_datum, format_tijd
from reglement import geldend
from reglement.aanwezig import Tijdvak, present_in, stretches
from reglement.kiesregister import Lid, members_on
from reglement.models import Agendapunt, Besluit, Keuze, Stemming, Uitnodiging, Vergadering
from reglement.oproep import point_quorum


def draft(vergadering: Vergadering) -> str:
    """Return the text of the minutes, to be edited by a person. A fixed number of queries.

    Names and times are those of the rows; of a secret vote only the counts are known here.
    """
    there = stretches(vergadering)
    leden = members_on(vergadering.kring_id, vergadering.dag)
    parts = [
        _head(vergadering),
        _presence(vergadering, leden, there),
        *_points(vergadering, len(leden), there),
        _tail(vergadering),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(row: Vergadering) -> str:
    begin = to_local(row.begint_op)
    version = row.versie.nummer if row.versie else None
    lines = [
        _("Notulen van de vergadering van %s") % row.kring.naam,
        _("%(titel)s (%(soort)s)") % {"titel": row.titel, "soort": row.get_zitting_display()},
        _("%(dag)s, %(plaats)s") % {"dag": format_datum(begin.date()), "plaats": row.plaats},
        _("Voorzitter: %s") % (row.voorzitter.naam if row.voorzitter else "–"),
        _("Reglement: versie %s") % version
        if version
        else _("Er was nog geen vastgesteld reglement."),
    ]
    if row.opgeroepen_op:
        lines.append(_("Opgeroepen op %s.") % format_datum(to_local(row.opgeroepen_op).date()))
    if row.geopend_op:
        lines.append(_("Geopend om %s uur.") % format_tijd(row.geopend_op))
    return "\n".join(lines)


def _presence(row: Vergadering, leden: list[Lid], there: dict) -> str:
    came = [lid for lid in leden if lid.deelnemer.pk in there]
    away = [lid for lid in leden if lid.deelnemer.pk not in there]
    excused = set(
        Uitnodiging.objects.filter(
            vergadering=row, antwoord=Uitnodiging.Antwoord.KOMT_NIET
        ).values_list("deelnemer_id", flat=True)
    )
    lines = [
        _("Aanwezig: %(aantal)s van %(leden)s deelnemers")
        % {"aantal": len(came), "leden": len(leden)}
    ]
    lines += [f"- {lid.deelnemer.naam}: {_stay(there[lid.deelnemer.pk])}" for lid in came]
    if away:
        lines.append(_("Afwezig:"))
        lines += [
            f"- {lid.deelnemer.naam}" + (_(" (afgemeld)") if lid.deelnemer.pk in excused else "")
            for lid in away
        ]
    return "\n".join(lines)


def _stay(own: list[Tijdvak]) -> str:
    return "; ".join(
        f"{vak.regel.gebruiker.naam}, {_stretch(vak.van, vak.tot)}"
        + (_(", op afstand") if vak.regel.op_afstand else "")
        for vak in own
    )


def _stretch(van: datetime, tot: datetime | None) -> str:
    if tot is None:
        return _("vanaf %s") % format_tijd(van)
    return _("van %(van)s tot %(tot)s") % {"van": format_tijd(van), "tot": format_tijd(tot)}


def _points(row: Vergadering, leden: int, there: dict) -> list[str]:
    lezing = geldend.lezing_on(row.kring_id, row.dag)
    votes: dict = {}
    rows = Stemming.objects.filter(agendapunt__vergadering=row)
    rows = rows.prefetch_related("belangen__gebruiker", "stemmen__deelnemer")
    for vote in rows.order_by("geopend_op"):
        votes.setdefault(vote.agendapunt_id, []).append(vote)
    decisions: dict = {}
    for decision in Besluit.objects.filter(agendapunt__vergadering=row).order_by("nummer"):
        decisions.setdefault(decision.agendapunt_id, []).append(decision)
    found = []
    for punt in row.agendapunten.order_by("volgorde"):
        lines = [f"{punt.volgorde}. {punt.titel}"]
        if punt.aan_de_orde_op is None:
            lines.append(_("Dit punt is niet behandeld."))
        elif punt.besluitsoort:
            needed = point_quorum(punt.besluitsoort, row.zitting, leden, lezing)
            present = len(present_in(there, punt.aan_de_orde_op))
            lines.append(
                _("Aanwezig bij het begin van dit punt: %(aantal)s. %(uitleg)s (art. %(artikel)s)")
                % {"aantal": present, "uitleg": needed.uitleg, "artikel": needed.artikel}
            )
        if punt.aantekening:
            lines.append(punt.aantekening)
        taken = decisions.get(punt.pk, [])
        # Each decision right below its own vote: of a re-vote the second may say the opposite.
        for vote in votes.get(punt.pk, []):
            lines += vote_words(vote)
            lines += [decision_words(row) for row in taken if row.stemming_id == vote.pk]
        lines += [decision_words(row) for row in taken if row.stemming_id is None]
        found.append("\n".join(lines))
    return found


def vote_words(vote: Stemming) -> list[str]:
    """Return a vote in the words of the minutes: what was asked, how, and what came of it."""
    kind = _("geheime stemming") if vote.geheim else _("hoofdelijke stemming")
    lines = [_("Gestemd (%(soort)s): %(vraag)s") % {"soort": kind, "vraag": vote.vraag}]
    if names := [row.gebruiker.naam for row in vote.belangen.all()]:
        lines.append(_("Eigen belang gemeld: %s.") % ", ".join(names))
    if vote.status == Stemming.Status.INGETROKKEN:
        return [*lines, _("De stemming is ingetrokken.")]
    told = vote.uitslag.get("uitleg") or []
    return [*lines, *_choices(vote), *([told] if isinstance(told, str) else told)]


def _choices(vote: Stemming) -> Iterator[str]:
    """Yield how many chose what and, unless the vote was secret, who: of that there is no row."""
    for keuze, words in Keuze.choices:
        names = sorted(row.deelnemer.naam for row in vote.stemmen.all() if row.keuze == keuze)
        count = f"{str(words).capitalize()}: {vote.uitslag.get(keuze, 0)}"
        yield f"{count} ({', '.join(names)})." if names else f"{count}."


def decision_words(besluit: Besluit) -> str:
    """Return a decision with its control number, by which anybody can check it."""
    return _("Besluit %(nummer)s (%(uitkomst)s): %(tekst)s\nControlegetal: %(getal)s") % {
        "nummer": besluit.nummer,
        "uitkomst": besluit.get_uitkomst_display(),
        "tekst": besluit.voorstel,
        "getal": besluit.sha256,
    }


def open_points(row: Vergadering) -> list[Agendapunt]:
    """Return the points that were never on the table."""
    return list(row.agendapunten.filter(aan_de_orde_op__isnull=True).order_by("volgorde"))


def _tail(row: Vergadering) -> str:
    return _("Gesloten om %s uur.") % format_tijd(row.gesloten_op) if row.gesloten_op else ""
