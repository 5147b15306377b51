"""The teeth in the form: one group of fields per tooth, named after it.

`gebit-36-vlakken` (letters), `gebit-36-bevinding` and `gebit-36-behandeling`; `gebit_element`
tells which teeth there are. Without JavaScript a tooth of the chart is a submit button.
"""

from dataclasses import dataclass

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from verslag import gebit, gebitkaart

MEESTE = len(gebit.ELEMENTEN)


class GebitWidget(forms.Widget):
    """Reads the lines as they were typed; the page draws them itself (`editor_of`)."""

    def value_from_datadict(self, data, files, name):
        """Return the lines, or None when the page did not send the teeth at all."""
        if name not in data:
            return None
        data = (
            data if hasattr(data, "getlist") else MultiValueDict({k: [v] for k, v in data.items()})
        )
        elements = [*data.getlist("gebit_element"), *data.getlist("gebit_erbij")]
        away = set(data.getlist("gebit_weg"))
        kept = [element for element in dict.fromkeys(elements) if element and element not in away]
        return [
            {
                "element": element,
                "vlakken": "".join(data.getlist(f"gebit-{element}-vlakken")),
                "bevinding": data.get(f"gebit-{element}-bevinding", ""),
                "behandeling": data.get(f"gebit-{element}-behandeling", ""),
            }
            for element in kept[: MEESTE + 1]
        ]

    def value_omitted_from_data(self, data, files, name):
        return name not in data


class GebitField(forms.Field):
    """A list of lines as `gebit.normalise` gives it; None means: as it was."""

    widget = GebitWidget

    def __init__(self):
        super().__init__(label=_("Gebit"), required=False)

    def clean(self, value):
        if value is None:
            return None
        try:
            return gebit.normalise(value)
        except gebit.Gebitfout as error:
            raise forms.ValidationError(str(error)) from error


@dataclass(frozen=True)
class Tand:
    """One button of the chart."""

    element: str
    naam: str
    stand: str
    beeld: SafeString
    uitleg: str
    vlaknamen: str
    gekozen: bool


@dataclass(frozen=True)
class Vlak:
    """One box to tick."""

    letter: str
    naam: str
    aan: bool


@dataclass(frozen=True)
class Tandrij:
    """The fields of one tooth; that of the template has the element `__`."""

    element: str
    naam: str
    vlakken: list[Vlak]
    bevinding: str
    behandeling: str


@dataclass(frozen=True)
class Editor:
    """What the page needs to draw chart and lines."""

    blijvend: list[list[Tand]]
    melk: list[list[Tand]]
    open: frozenset[str]
    rijen: list[Tandrij]
    sjabloon: Tandrij
    bevindingen: dict[str, str]
    behandelingen: dict[str, str]


def editor_of(bound: forms.BoundField, leeftijd: int | None) -> Editor:
    """Return the chart with its lines as they were typed; what does not exist is left out."""
    typed = bound.value() or []
    found = {row["element"]: row for row in typed if row["element"] in gebit.ELEMENTEN}
    regels = [found[element] for element in sorted(found)]
    return Editor(
        blijvend=[_buttons(gebit.BLIJVEND_BOVEN, found), _buttons(gebit.BLIJVEND_ONDER, found)],
        melk=[_buttons(gebit.MELK_BOVEN, found), _buttons(gebit.MELK_ONDER, found)],
        open=gebit.dentitions_for(leeftijd, regels),
        rijen=[_row(regel) for regel in regels],
        sjabloon=Tandrij("__", "", [Vlak(letter, "", False) for letter in gebit.VLAKKEN], "", ""),
        bevindingen=gebit.BEVINDINGEN,
        behandelingen=gebit.BEHANDELINGEN,
    )


def _buttons(row: tuple[str, ...], found: dict[str, dict]) -> list[Tand]:
    return [_button(element, found.get(element)) for element in row]


def _button(element: str, regel: dict | None) -> Tand:
    known = regel if regel and _is_known(regel) else None
    has_content = known and (known["bevinding"] or known["behandeling"])
    name = f"{element}, {gebit.name_of(element)}"
    return Tand(
        element=element,
        naam=gebit.name_of(element),
        stand=gebitkaart.state_of(known),
        beeld=gebitkaart.tooth(element, known),
        uitleg=gebit.in_words(known) if known and has_content else name,
        vlaknamen="|".join(gebit.surface_names(element).values()),
        gekozen=regel is not None,
    )


def _is_known(regel: dict) -> bool:
    try:
        gebit.normalise([regel])
    except gebit.Gebitfout:
        return False
    return True


def _row(regel: dict) -> Tandrij:
    names = gebit.surface_names(regel["element"])
    return Tandrij(
        element=regel["element"],
        naam=gebit.name_of(regel["element"]),
        vlakken=[Vlak(letter, name, letter in regel["vlakken"]) for letter, name in names.items()],
        bevinding=regel["bevinding"],
        behandeling=regel["behandeling"],
    )
