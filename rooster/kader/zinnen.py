"""What is wrong with the lines of a frame, in Dutch: the line, the moment and the reason."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.tijd import to_local
from kern.weergave import format_datum, format_moment, format_tijd
from rooster.kader.kalender import Bezwaar


def objections(bezwaren: Iterable[Bezwaar], namen: Mapping[Hashable, str]) -> list[str]:
    """Return a sentence for each objection; `namen` says how a line is called on this page."""
    return [_sentence(bezwaar, namen) for bezwaar in bezwaren]


def _sentence(bezwaar: Bezwaar, namen: Mapping[Hashable, str]) -> str:
    names = [namen[sleutel] for sleutel in bezwaar.soorten]
    begin, einde = to_local(bezwaar.begin), to_local(bezwaar.einde)
    same_day = begin.date() == (einde - timedelta(microseconds=1)).date()
    values = {
        "regels": _(" en ").join(dict.fromkeys(names)),
        "begin": format_moment(begin),
        "einde": format_tijd(einde) if same_day else format_moment(einde),
        "nacht": format_datum(begin.date()),
        "keren": _often(bezwaar.keren),
    }
    return {
        "gat": _(
            "%(regels)s: van %(begin)s tot %(einde)s heeft niemand dienst%(keren)s. Laat de "
            "regels op elkaar aansluiten."
        ),
        "overlap": _(
            "%(regels)s vallen over elkaar: van %(begin)s tot %(einde)s%(keren)s. Laat de ene "
            "beginnen als de andere eindigt."
        ),
        "uur_bestaat_niet": _(
            "%(regels)s: in de nacht na %(nacht)s gaat de klok van 02:00 naar 03:00, dus deze "
            "tijd bestaat dan niet. Kies een tijd vóór 02:00 of vanaf 03:00."
        ),
        "uur_dubbel": _(
            "%(regels)s: in de nacht na %(nacht)s komt deze tijd twee keer voor. Kies een tijd "
            "vóór 02:00 of vanaf 03:00."
        ),
    }[bezwaar.regel] % values


def _often(keren: int) -> str:
    if keren == 1:
        return ""
    more = ngettext(" (en nog %(aantal)s keer)", " (en nog %(aantal)s keer)", keren - 1)
    return more % {"aantal": keren - 1}
