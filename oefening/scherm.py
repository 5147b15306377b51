"""What the pages of the training show. Reads only; the words of the outcome are those of triage."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kern.tijd import to_local
from kern.weergave import format_datum, format_tijd
from oefening import casussen, gesprek, teksten
from oefening.actions import history_of, reading
from oefening.forms import KeuzeForm, term_label
from oefening.models import MAX_PUNTEN, Oefenpoging
from triage import protocol, protocol_teksten
from triage.forms import AntwoordenForm
from triage.protocol import Feiten, Tabel, Vraag

ZWAK_ONDER = 6
"""An average below this many points of ten, over at least two cases, is worth practising."""

_ZWAK_VANAF = 2
_LAATSTE = 10
_KLACHTTOETSEN = "12345678"
_ADVIES_KORT = {key: text for group in teksten.ADVIEZEN.values() for key, text in group.items()}

TABELLEN = {
    Tabel.ALGEMEEN: _lazy("Twijfel en andere klachten"),
    Tabel.ONGEMAK_PIJN: _lazy("Ongemak en pijn"),
    Tabel.KOORTS_ZWELLING: _lazy("Koorts en zwelling"),
    Tabel.BLOEDING: _lazy("Bloeding"),
    Tabel.LETSEL_AVULSIE: _lazy("Letsel en tand eruit"),
    Tabel.RANDVOORWAARDEN: _lazy("Beller en omstandigheden"),
}
DELEN = {
    "contact": _lazy("Tandarts bellen"),
    "termijn": _lazy("Termijn"),
    "advies": _lazy("Advies"),
    "vragen": _lazy("Vragen"),
}
OORDELEN = {
    "goed": ("groen", _lazy("goed")),
    "te_zwaar": ("amber", _lazy("voorzichtiger dan nodig")),
    "te_licht": ("rood", _lazy("te licht")),
    "deels": ("amber", _lazy("deels goed")),
    "fout": ("rood", _lazy("niet goed")),
}


@dataclass(frozen=True)
class Vraagvak:
    """One question of a case: as the call screen shows it, with what the caller answered."""

    veld: forms.BoundField
    is_keuze: bool
    gevraagd: bool
    antwoord: str
    bron: str
    is_volgende: bool
    # The template of the call screen asks for these.
    staat: str
    toetsen: str = ""
    getal: str = ""


def page(poging: Oefenpoging, *, keuze: KeuzeForm | None = None) -> dict:
    """Return the context of a running attempt."""
    feiten = Feiten.from_mapping(poging.feiten)
    bekend = gesprek.known(feiten, poging.klachten, poging.gevraagd)
    form = AntwoordenForm(initial=_as_answers(bekend))
    asked = gesprek.askable(bekend, reading(poging.kring_id))
    return {
        "poging": poging,
        **_told(poging, feiten),
        "antwoorden": form,
        "klachttoetsen": _KLACHTTOETSEN,
        "vragen": _boxes(form, feiten, asked, poging.gevraagd),
        "keuze_form": keuze or KeuzeForm(),
    }


def _told(poging: Oefenpoging, feiten: Feiten) -> dict:
    moment = to_local(feiten.tijdstip)
    return {
        "moment": f"{format_datum(moment)}, {format_tijd(moment)}",
        "verhaal": gesprek.story(feiten, poging.casus),
        "opgemerkt": gesprek.noticed(feiten),
    }


def _as_answers(bekend: Feiten) -> dict[str, Any]:
    words = {True: "ja", False: "nee"}
    record = bekend.as_record()
    yes_no = ("oorzaak_ongeval", "pijn_fors_of_acuut")
    return record | {name: words.get(record[name]) for name in yes_no}


def _boxes(form, feiten: Feiten, vragen: list[Vraag], gevraagd: list[str]) -> list[Vraagvak]:
    first = next((vraag.veld for vraag in vragen if vraag.veld not in gevraagd), None)
    return [
        Vraagvak(
            veld=_bound(form, vraag),
            is_keuze=vraag.soort in ("keuze", "ja_nee") or vraag.veld == "nrs",
            gevraagd=vraag.veld in gevraagd,
            antwoord=gesprek.reply(feiten, vraag.veld) if vraag.veld in gevraagd else "",
            bron=" · ".join(filter(None, [", ".join(vraag.regels), vraag.paragraaf])),
            is_volgende=vraag.veld == first,
            staat="beantwoord" if vraag.veld in gevraagd else "open",
        )
        for vraag in vragen
    ]


def _bound(form: AntwoordenForm, vraag: Vraag) -> forms.BoundField:
    if vraag.veld not in form.fields:  # the call screen asks it in the pane of the patient
        form.fields[vraag.veld] = forms.ChoiceField(
            label=_(protocol_teksten.VRAGEN[vraag.veld]),
            choices=[(v, protocol_teksten.answer_label(vraag.veld, v)) for v in vraag.keuzes],
            required=False,
            widget=forms.RadioSelect,
        )
    return form[vraag.veld]


# --- the result


def result(poging: Oefenpoging) -> dict:
    """Return the context of an attempt that was handed in, from the row as it was stored."""
    feiten = Feiten.from_mapping(poging.feiten)
    uitslag, keuze = poging.uitslag, poging.keuze
    record = uitslag["uitkomst"]
    case = casussen.find([poging.casus]).get(poging.casus)
    return {
        "poging": poging,
        "max_punten": MAX_PUNTEN,
        **_told(poging, feiten),
        "titel": case.titel if case else "",
        "gesprek": [_exchange(feiten, veld) for veld in poging.gevraagd],
        "klacht_gekozen": _complaints(poging.klachten),
        "klacht_juist": _complaints(feiten.klachten),
        "delen": _parts(uitslag, keuze),
        "advies": _advice(record["adviezen"], keuze["adviezen"]),
        "gemist": [
            {**row, "vraag": _(protocol_teksten.VRAGEN[row["veld"]])} for row in uitslag["gemist"]
        ],
        "uitkomst": _outcome(record),
    }


def _exchange(feiten: Feiten, veld: str) -> tuple[str, str]:
    return _(protocol_teksten.VRAGEN[veld]), gesprek.reply(feiten, veld)


def _complaints(klachten) -> str:
    return ", ".join(_(protocol_teksten.KLACHTEN[klacht]) for klacht in klachten)


def _parts(uitslag: Mapping[str, Any], keuze: Mapping[str, Any]) -> list[dict]:
    right, record = uitslag["termijn"], uitslag["uitkomst"]
    answers = {
        "contact": (
            _(protocol_teksten.CONTACT[keuze["contact"]]),
            _(protocol_teksten.CONTACT[record["contact_tandarts"]]),
        ),
        "termijn": (
            _term(keuze["termijn"], keuze["minuten"]),
            _term(right, record["terugbel_minuten"]),
        ),
    }
    rows = []
    for deel in uitslag["delen"]:
        kleur, oordeel = OORDELEN[deel["oordeel"]]
        chosen, due = answers.get(deel["naam"], ("", ""))
        rows.append(
            {
                **deel,
                "titel": DELEN[deel["naam"]],
                "kleur": kleur,
                "oordeel": oordeel,
                "gekozen": chosen,
                "juist": due,
            }
        )
    return rows


def _term(termijn: str, minuten: int | None) -> str:
    label = term_label(termijn)
    return (
        _("%(termijn)s: na %(minuten)s min") % {"termijn": label, "minuten": minuten}
        if (minuten is not None)
        else label
    )


def _advice(right: list[str], chosen: list[str]) -> dict[str, list[str]]:
    def words(keys) -> list[str]:
        return [_(_ADVIES_KORT[key]) for key in _ADVIES_KORT if key in keys]

    return {
        "goed": words(set(right) & set(chosen)),
        "vergeten": words(set(right) - set(chosen)),
        "te_veel": words(set(chosen) - set(right)),
    }


def _outcome(record: Mapping[str, Any]) -> dict:
    regelset = protocol.regelset(record["protocolversie"])
    advice = regelset.in_reading_order(record["adviezen"])
    return {
        "soort": record["contact_tandarts"],
        "titel": _(protocol_teksten.CONTACT[record["contact_tandarts"]]),
        "urgentie": _(protocol_teksten.URGENTIE[record["urgentie"]]),
        "gezien": _(protocol_teksten.MOET_GEZIEN[record["moet_gezien"]]),
        "voorlezen": [_(item.tekst) for item in advice],
        "regels": [
            {**regel, "reden": _(regelset.per_id[regel["id"]].reden)} for regel in record["regels"]
        ],
        "versie": record["protocolversie"],
    }


# --- the overviews


def overview(kring_id: int, gebruiker_id: int) -> dict:
    """Return the own results: what runs, the last attempts, and the score per table."""
    own = Oefenpoging.objects.filter(kring_id=kring_id, gebruiker_id=gebruiker_id)
    last = list(own.done().order_by("-ingeleverd_op")[:_LAATSTE])
    titles = casussen.find(poging.casus for poging in last)
    per_table = {row["tabel"]: row for row in own.per_table()}
    return {
        "lopend": own.filter(ingeleverd_op__isnull=True).first(),
        "max_punten": MAX_PUNTEN,
        "laatste": [
            {
                "poging": poging,
                "titel": titles[poging.casus].titel if poging.casus in titles else poging.casus,
                "tabel": TABELLEN.get(Tabel(poging.tabel), poging.tabel),
            }
            for poging in last
        ],
        "tabellen": [
            {
                "sleutel": tabel.value,
                "titel": TABELLEN[tabel],
                "is_zwak": _is_weak(per_table.get(tabel.value)),
                **(per_table.get(tabel.value) or {"aantal": 0, "gemiddeld": None}),
            }
            for tabel in casussen.tables_with_cases()
        ],
        "casussen": len(casussen.cases()),
        "gedaan": len(history_of(gebruiker_id)),
    }


def _is_weak(row: Mapping[str, Any] | None) -> bool:
    return bool(row) and row["aantal"] >= _ZWAK_VANAF and row["gemiddeld"] < ZWAK_ONDER


@dataclass(frozen=True)
class Medewerker:
    """The totals of one person, for the coordinator."""

    naam: str
    aantal: int
    gemiddeld: float
    zwak: list[str]
    laatst: datetime


def team(kring_id: int) -> list[Medewerker]:
    """Return the totals per person, by name: how often, how well, and what is worth practising.

    No attempts and no answers: who may be wrong here, dares to practise.
    """
    per_person: dict[int, list[dict]] = defaultdict(list)
    for row in Oefenpoging.objects.filter(kring_id=kring_id).per_table():
        per_person[row["gebruiker_id"]].append(row)
    return [
        Medewerker(
            naam=rows[0]["gebruiker__naam"],
            aantal=(aantal := sum(row["aantal"] for row in rows)),
            gemiddeld=sum(row["gemiddeld"] * row["aantal"] for row in rows) / aantal,
            zwak=[TABELLEN[Tabel(row["tabel"])] for row in rows if _is_weak(row)],
            laatst=max(row["laatst"] for row in rows),
        )
        for rows in per_person.values()
    ]
