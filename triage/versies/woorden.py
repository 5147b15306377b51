"""A rule in words: its condition and outcome, as one reading applies them.

The language of a rule set stands in `triage.protocol.taal` and `gevolg`. Every number comes from
the settings of the reading and links to the tension that it resolves, every named condition to
its own definition on the same page.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from triage import protocol_teksten as teksten
from triage.protocol import INSTELLINGEN, Lezing
from triage.protocol.afgeleid import AFGELEID
from triage.versies.feitnamen import BEWERINGEN, FEITEN, STANDEN, WAARDEN


class Woorden:
    """Puts conditions and effects into words under one reading."""

    def __init__(self, lezing: Lezing):
        self.s = lezing.instellingen
        self.adviezen = {key: item.tekst for key, item in lezing.regelset.adviezen.items()}
        self.vlaggen = lezing.regelset.vlaggen

    # --- conditions

    def condition(self, data: Mapping[str, Any]) -> SafeString:
        """Return a condition: a phrase, or a nested list of phrases."""
        if "alle" in data:
            return _list(_("alles hiervan:"), [self.condition(part) for part in data["alle"]])
        if "een_van" in data:
            return _list(_("minstens één hiervan:"), [self.condition(p) for p in data["een_van"]])
        if "niet" in data:
            # Not known counts as "not" too, so the words say no more than that.
            return format_html("{} {}", _("niet:"), self.condition(data["niet"]))
        return self._leaf(data)

    def lines(self, data: Mapping[str, Any]) -> list[SafeString]:
        """Return the conditions of a rule that all must hold, one a line."""
        return [self.condition(part) for part in data.get("alle", [data])]

    def _leaf(self, data: Mapping[str, Any]) -> SafeString:
        for kind, words in (
            ("begrip", self._concept),
            ("klacht", self._complaint),
            ("klacht_buiten", self._other_complaint),
            ("feit", self._fact),
            ("instelling", self._setting),
            ("afgeleid", self._derived),
            ("tot_nu_toe", self._so_far),
        ):
            if kind in data:
                return words(data)
        raise ValueError(f"no words for {dict(data)}")

    def _concept(self, data: Mapping[str, Any]) -> SafeString:
        return concept_link(data["begrip"])

    def _complaint(self, data: Mapping[str, Any]) -> SafeString:
        names = _many(data["klacht"])
        return format_html("{} {}", _("klacht:"), _either(_complaint_name(n) for n in names))

    def _other_complaint(self, data: Mapping[str, Any]) -> SafeString:
        return format_html("{}", _("een klacht die niet in het schema staat"))

    def _fact(self, data: Mapping[str, Any]) -> SafeString:
        name = data["feit"]
        if name in BEWERINGEN and isinstance(data.get("is"), bool):
            return format_html("{}", BEWERINGEN[name][0 if data["is"] else 1])
        label = FEITEN[name]
        return format_html("{} {}", label, self._test(data, _answer_words(name), str(label)))

    def _setting(self, data: Mapping[str, Any]) -> SafeString:
        name = data["instelling"]
        item, chosen = INSTELLINGEN[name], getattr(self.s, name)
        wanted = [data["is"]] if "is" in data else list(data["in"])
        words = _either(str(item.keuzes.get(value, _yes_no(value))) for value in wanted)
        holds = _("geldt") if chosen in wanted else _("geldt niet in deze versie")
        return format_html(
            "{} {} {}: {} ({})", _("instelling"), setting_link(name), item.titel, words, holds
        )

    def _derived(self, data: Mapping[str, Any]) -> SafeString:
        name = data["afgeleid"]
        if isinstance(data.get("is"), bool):
            prefix = "" if data["is"] else _("niet: ")
            return format_html("{}{}", prefix, AFGELEID[name].uitleg)
        return format_html("{}: {}", AFGELEID[name].uitleg, self._test(data, STANDEN, ":"))

    def _so_far(self, data: Mapping[str, Any]) -> SafeString:
        wanted = [data["is"]] if "is" in data else data["in"]
        if data["tot_nu_toe"] == "contact":
            return _either(CONTACT[value]() for value in wanted)
        words = teksten.URGENTIE if data["tot_nu_toe"] == "urgentie" else teksten.MOET_GEZIEN
        return format_html(
            "{} {}",
            _("uit de andere regels volgt:"),
            _either(str(words[v]).lower() for v in wanted),
        )

    def _test(self, data: Mapping[str, Any], words: Mapping[Any, str], label: str) -> SafeString:
        """Return the comparison of a fact in words; after a colon the answer stands alone."""
        if "ingevuld" in data:
            return format_html("{}", _("is bekend") if data["ingevuld"] else _("is niet bekend"))
        if "vanaf" in data:
            return format_html("{} {}", _("is minstens"), self._number(data["vanaf"]))
        if "onder" in data:
            return format_html("{} {}", _("is minder dan"), self._number(data["onder"]))
        wanted = [data["is"]] if "is" in data else data["in"]
        verb = "" if label.endswith(":") else _("is ")
        return format_html("{}{}", verb, _either(words[value] for value in wanted))

    def _number(self, data: Any) -> SafeString:
        """Return a number; of several settings the smallest counts."""
        if not isinstance(data, Mapping):
            return format_html("{}", data)
        names = _many(data["instelling"])
        values = format_html_join(
            _(" of "), "{} {}", ((self.value_words(n), setting_link(n)) for n in names)
        )
        if len(names) > 1:
            values = format_html("{} ({})", values, _("de kortste telt"))
        gone = data.get("verminderd_met")
        return (
            format_html("{}, {} {}", values, _("min de"), AFGELEID[gone].uitleg) if gone else values
        )

    def value_words(self, name: str) -> str:
        """Return the chosen value of a setting, with its unit."""
        return value_words(name, getattr(self.s, name))

    # --- effects

    def effects(self, clauses: Any) -> list[SafeString]:
        """Return what a rule brings about, a phrase a clause; advice stands apart."""
        found = []
        for clause in _clauses(clauses):
            phrases = list(self._phrases(clause))
            if phrases:
                found.append(self._under_condition(clause, _joined(phrases)))
        return found

    def advice(self, clauses: Any) -> list[tuple[SafeString, str]]:
        """Return the advice of a rule as (condition or nothing, text)."""
        return [
            (self.condition(clause["als"]) if "als" in clause else _NIETS, self.adviezen[key])
            for clause in _clauses(clauses)
            for key in clause.get("advies", ())
        ]

    def _under_condition(self, clause: Mapping[str, Any], words: SafeString) -> SafeString:
        if "als" not in clause:
            return words
        return format_html("{} {}, {} {}", _("als"), self.condition(clause["als"]), _("dan"), words)

    def _phrases(self, clause: Mapping[str, Any]) -> Iterable[SafeString]:
        if "contact" in clause:
            yield format_html("<strong>{}</strong>", CONTACT[clause["contact"]]())
        if "moet_gezien" in clause:
            yield format_html("{}", str(teksten.MOET_GEZIEN[clause["moet_gezien"]]).lower())
        if "zien_binnen" in clause:
            yield format_html("{} {}", _("gezien binnen"), self._number(clause["zien_binnen"]))
        if "streef" in clause:
            yield format_html("{} {}", _("liefst binnen"), self._number(clause["streef"]))
        if "terugbel" in clause:
            yield format_html("{} {}", _("terugbellen na"), self._number(clause["terugbel"]))
        if "urgentie" in clause:
            words = str(teksten.URGENTIE[clause["urgentie"]]).lower()
            yield format_html("{} {}", _("urgentie:"), words)
        if "vervalt" in clause:
            keys = ", ".join(key.replace("_", " ") for key in clause["vervalt"])
            yield format_html("{} {}", _("laat als advies vervallen:"), keys)
        for key in clause.get("vlag", ()):
            yield format_html("{}", self.vlaggen[key])
        if clause.get("melden_agressie"):
            yield format_html("{}", _("meld het gedrag aan de tandarts"))


_NIETS = mark_safe("")
CONTACT = {
    "verplicht": lambda: _("overleg met de tandarts is verplicht"),
    "aanbevolen": lambda: _("overleg met de tandarts is aanbevolen"),
    "niet_nodig": lambda: _("overleg is niet nodig"),
}


def value_words(name: str, value: Any) -> str:
    """Return the value of a setting in words: "12 jaar", "ja", or what a choice means."""
    item = INSTELLINGEN[name]
    if value is None:
        return _("geen: %(uitleg)s") % {"uitleg": item.leeg}
    if isinstance(value, bool):
        return _yes_no(value)
    if item.keuzes:
        return str(item.keuzes[value])
    return f"{item.eenheid} {value}" if item.eenheid == "cijfer" else f"{value} {item.eenheid}"


def setting_link(name: str) -> SafeString:
    """Return a link to where the setting stands on the page: its tension, or the own norms."""
    spanning = INSTELLINGEN[name].spanning
    target = spanning or "normen"
    return format_html(
        '<a class="paragraaf" href="#{}">{}</a>', target, spanning or _("eigen norm")
    )


def concept_link(name: str) -> SafeString:
    return format_html('<a href="#b-{}">{}</a>', name, concept_name(name))


def concept_name(name: str) -> str:
    return name.replace("_", " ")


def _yes_no(value: object) -> str:
    return {True: _("ja"), False: _("nee")}.get(value, str(value))  # type: ignore[call-overload]


def _clauses(data: Any) -> list[Mapping[str, Any]]:
    return [data] if isinstance(data, Mapping) else list(data)


def _many(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _complaint_name(name: str) -> str:
    return str(teksten.KLACHTEN[name]).lower()


def _answer_words(name: str) -> dict[Any, str]:
    found: dict[Any, str] = {key: str(text).lower() for key, text in teksten.ANTWOORDEN.items()}
    return found | {"melk": teksten.answer_label(name, "melk").lower()} | dict(WAARDEN)


def _either(words: Iterable[str]) -> SafeString:
    *first, last = map(str, words)
    if not first:
        return format_html("{}", last)
    return format_html("{} {} {}", ", ".join(first), _("of"), last)


def _joined(phrases: list[SafeString]) -> SafeString:
    return format_html_join("; ", "{}", ((phrase,) for phrase in phrases))


def _list(head: str, items: list[SafeString]) -> SafeString:
    return format_html(
        '{}<ul class="als">{}</ul>',
        head,
        format_html_join("", "<li>{}</li>", ((i,) for i in items)),
    )
