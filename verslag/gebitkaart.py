"""The tooth chart as a picture: SVG with presentation attributes only, for page, letter and mail.

Each tooth is a square in five surfaces, as on a dental card; mesial is towards the middle and
buccal away from the tongue. Seen as one looks at the patient: the right side stands left. The
picture repeats what the list of lines says in words, and never stands alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from verslag import gebit

MAAT: Final = 20
"""Side of one tooth, in the units of the viewBox."""

_INKT, _LIJN, _WIT = "#33434c", "#8a9aa3", "#ffffff"
_KLEUR: Final = {"bevinding": "#c0392b", "behandeling": "#1f6f9c"}
_AAN: Final = mark_safe(' class="is-aan"')
_KOLOM, _RIJ, _MIDDEN = 24, 38, 12
_KOP, _LETTER = 14, 9
"""Height of the room for the number above a tooth, and of its letters."""
_CIJFER: Final = {"normal": 0.636, "bold": 0.696}
_RAND: Final = MAAT * 0.3
_KRUIS: Final = f"h{MAAT}v{MAAT}h-{MAAT}zl{MAAT} {MAAT}m0 -{MAAT}l-{MAAT} {MAAT}"
"""A square with its diagonals; on it a white `_HART` leaves five surfaces."""
_HART: Final = f"h{MAAT - 2 * _RAND:g}v{MAAT - 2 * _RAND:g}h-{MAAT - 2 * _RAND:g}z"
_GEEN: Final[Mapping[str, str]] = {"vlakken": "", "bevinding": "", "behandeling": ""}


def state_of(regel: Mapping[str, str] | None) -> str:
    """Return what the colour tells: "", "bevinding", or "behandeling" when something was done."""
    if regel is None:
        return ""
    if regel["behandeling"] and regel["behandeling"] != "advies":
        return "behandeling"
    return "bevinding" if regel["bevinding"] or regel["behandeling"] else ""


def surfaces(element: str) -> dict[str, str]:
    """Return the polygon of each surface within a square of `MAAT`, as SVG points."""
    side, inner = MAAT, _RAND
    rest = side - inner
    top = f"0,0 {side},0 {rest:g},{inner:g} {inner:g},{inner:g}"
    bottom = f"0,{side} {side},{side} {rest:g},{rest:g} {inner:g},{rest:g}"
    left = f"0,0 {inner:g},{inner:g} {inner:g},{rest:g} 0,{side}"
    right = f"{side},0 {rest:g},{inner:g} {rest:g},{rest:g} {side},{side}"
    centre = f"{inner:g},{inner:g} {rest:g},{inner:g} {rest:g},{rest:g} {inner:g},{rest:g}"
    is_right_side, is_upper = element[0] in "1458", element[0] in "1256"
    return {
        "M": right if is_right_side else left,
        "O": centre,
        "D": left if is_right_side else right,
        "B": top if is_upper else bottom,
        "L": bottom if is_upper else top,
    }


def tooth(element: str, regel: Mapping[str, str] | None) -> SafeString:
    """Return the shapes of one tooth in a square of `MAAT`; a class tells what is on as well."""
    colour = _KLEUR.get(state_of(regel), _WIT)
    is_whole = bool(state_of(regel)) and not (regel or _GEEN)["vlakken"]
    chosen = {
        letter: is_whole or letter in (regel or _GEEN)["vlakken"] for letter in surfaces(element)
    }
    shapes = format_html_join(
        "",
        '<polygon data-vlak="{}" points="{}" fill="{}" stroke="{}" stroke-width="0.8"{}/>',
        (
            (letter, points, *((colour, _LIJN, _AAN) if chosen[letter] else (_WIT, _LIJN, "")))
            for letter, points in surfaces(element).items()
        ),
    )
    return format_html("{}{}", shapes, _sign(regel) if regel and state_of(regel) else "")


def _sign(regel: Mapping[str, str]) -> SafeString:
    """Return a mark that also tells in black and white: gone, taken out, or treated."""
    far, near = MAAT - 2, 2
    if regel["behandeling"] == "extractie" or regel["bevinding"] == "ontbreekt":
        d = f"M{near} {near}L{far} {far}M{far} {near}L{near} {far}"
    elif state_of(regel) == "behandeling":
        d = f"M6 {MAAT / 2:g}L9 {MAAT - 7:g}L{MAAT - 5} 6"
    else:
        return SafeString("")
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="4"/>'
        '<path d="{}" fill="none" stroke="{}" stroke-width="2"/>',
        *(d, _WIT, d, _INKT),
    )


def chart(regels: Iterable[Mapping[str, str]]) -> SafeString:
    """Return the whole chart as one `<svg>`, with the words of the lines as its description.

    Shows the dentition that the lines name; "" when there are no lines.
    """
    found = {regel["element"]: regel for regel in regels}
    if not found:
        return SafeString("")
    parts = format_html_join(
        "",
        '{}<g transform="translate({} {})">{}</g>',
        (
            (
                *(_number(element, x, y, is_named=element in found), x, y + _KOP),
                tooth(element, found.get(element)),
            )
            for element, x, y in _places(found)
        ),
    )
    words = ". ".join(gebit.in_words(regel) for regel in found.values())
    label = format_html(' role="img" aria-label="Gebitskaart. {}"', words)
    return _svg(found, parts, label)


def chart_for_paper(regels: Iterable[Mapping[str, str]]) -> SafeString:
    """Return the same picture, with the lines of all teeth in two paths and a text for each row.

    WeasyPrint takes its time for every element, for every corner and most for a centred text: this
    is drawn in a third of the time of a shape and a number for each tooth.
    """
    found = {regel["element"]: regel for regel in regels}
    if not found:
        return SafeString("")
    outside, inside, named = [], [], []
    rows: dict[int, list[tuple[str, int]]] = {}
    for element, x, y in _places(found):
        top = y + _KOP
        outside.append(f"M{x} {top}{_KRUIS}")
        inside.append(f"M{x + _RAND:g} {top + _RAND:g}{_HART}")
        if element in found:
            named.append((_digits([(element, x)], y, weight="bold"),))
            shapes = tooth(element, found[element])
            named.append((format_html('<g transform="translate({} {})">{}</g>', x, top, shapes),))
        else:
            rows.setdefault(y, []).append((element, x))
    parts = format_html(
        '<g fill="{}" stroke="{}" stroke-width="0.8"><path d="{}"/><path d="{}"/></g>'
        '<g fill="{}" font-size="{}" font-family="sans-serif">{}{}</g>',
        *(_WIT, _LIJN, "".join(outside), "".join(inside), _INKT, _LETTER),
        format_html_join("", "{}", ((_digits(row, y),) for y, row in rows.items())),
        format_html_join("", "{}", named),
    )
    return _svg(found, parts)


def _digits(row: Iterable[tuple[str, int]], y: int, *, weight: str = "normal") -> SafeString:
    """Return the numbers of these (element, x) as one text that names the place of each digit.

    Every digit of a font is as wide as another; centred by the width in DejaVu Sans.
    """
    width = _LETTER * _CIJFER[weight]
    middles = [(element, x + MAAT / 2) for element, x in row]
    return format_html(
        '<text x="{}" y="{}" font-weight="{}">{}</text>',
        *(" ".join(f"{middle - width:g} {middle:g}" for _element, middle in middles), y + 11),
        *(weight, "".join(element for element, _middle in middles)),
    )


def _svg(found: Mapping, parts: SafeString, attributes: SafeString | str = "") -> SafeString:
    rows = _rows(found)
    width = max(len(row) for row in rows) * _KOLOM + _MIDDEN
    height = len(rows) * _RIJ + 2
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}"{}>'
        "{}</svg>",
        *(width, height, width, height, attributes, parts),
    )


def _rows(found: Mapping) -> list[tuple[str, ...]]:
    blijvend, melk = not gebit.MELK.issuperset(found), not gebit.BLIJVEND.issuperset(found)
    return [
        *([gebit.BLIJVEND_BOVEN] if blijvend else []),
        *([gebit.MELK_BOVEN, gebit.MELK_ONDER] if melk else []),
        *([gebit.BLIJVEND_ONDER] if blijvend else []),
    ]


def _places(found: Mapping) -> Iterator[tuple[str, int, int]]:
    """Yield every element of the chart with the corner of its place."""
    rows = _rows(found)
    columns = max(len(row) for row in rows)
    for index, row in enumerate(rows):
        start, half = (columns - len(row)) // 2, len(row) // 2
        for place, element in enumerate(row):
            middle = _MIDDEN if place >= half else 0
            yield element, (start + place) * _KOLOM + middle + 2, index * _RIJ


def _number(element: str, x: int, y: int, *, is_named: bool) -> SafeString:
    weight = "bold" if is_named else "normal"
    return format_html(
        '<text x="{}" y="{}" font-size="{}" font-family="sans-serif" text-anchor="middle" '
        'fill="{}" font-weight="{}">{}</text>',
        *(f"{x + MAAT / 2:g}", y + 11, _LETTER, _INKT, weight, element),
    )
