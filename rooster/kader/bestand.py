"""Shares, opening hours and balances from a CSV file: all lines or none (kern.csvlezen)."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.csvlezen import Regel, Regels, read
from kring.models import Deelnemer, Tandarts
from rooster.actions.aandeel import set_inzet, set_saldi
from rooster.actions.kader import Uren, set_openingstijden
from rooster.models import Categorie, Roosterperiode
from rooster.models.kader import WEEKDAGEN

INZET = (("praktijk", "tandarts", "fte"), ("doet_dienst",))
UREN = (("praktijk", "dag", "van", "tot"), ())
SALDI = (("praktijk", "categorie", "verschil"), ())
JA, NEE = {"ja", "j", "1", ""}, {"nee", "n", "0"}
MEESTE_FTE = 2
GROOTSTE_SALDO = 999
LANGSTE_GETAL = 20
"""Characters of a number, and the zeroes that its exponent may ask for."""


class _Fout(Exception):
    """Why a line cannot be used; `args[0]` is the sentence."""


@transaction.atomic
def import_inzet(*, kring_id: int, bestand: bytes, vanaf: date, by: Actor) -> int:
    """Let the shares of a file hold from a day on; return how many lines there were."""
    regels = read(bestand, *INZET)
    people = _People(kring_id)
    found: dict[tuple, tuple[Regel, dict]] = {}
    for regel in regels.regels:
        try:
            praktijk, tandarts = (
                people.praktijk(regel["praktijk"]),
                people.tandarts(regel["tandarts"]),
            )
            velden = {"fte": _fte(regel["fte"]), "doet_dienst": _yes(regel["doet_dienst"])}
            _once(found, (tandarts, praktijk), regel)
        except _Fout as fout:
            regels.wrong(regel, fout.args[0])
        else:
            found[tandarts, praktijk] = (regel, velden)
    regels.refuse()
    for (tandarts, praktijk), (regel, velden) in found.items():
        _applied(
            regels,
            regel,
            lambda t=tandarts, p=praktijk, v=velden: set_inzet(t, p, vanaf=vanaf, by=by, **v),
        )
    regels.refuse()
    return len(found)


@transaction.atomic
def import_openingstijden(*, kring_id: int, bestand: bytes, vanaf: date, by: Actor) -> int:
    """Let the hours of a file hold from a day on, for the practices that it names."""
    regels = read(bestand, *UREN)
    people = _People(kring_id)
    found: dict[Deelnemer, list[tuple[Regel, Uren]]] = {}
    for regel in regels.regels:
        try:
            praktijk = people.praktijk(regel["praktijk"])
            uren = Uren(_weekday(regel["dag"]), _clock(regel["van"]), _clock(regel["tot"]))
            _free_hours(found.get(praktijk, []), uren)
        except _Fout as fout:
            regels.wrong(regel, fout.args[0])
        else:
            found.setdefault(praktijk, []).append((regel, uren))
    regels.refuse()
    for praktijk, rows in found.items():
        hours = [uren for _regel, uren in rows]
        set_openingstijden(praktijk, vanaf=vanaf, uren=hours, by=by)
    return len(regels.regels)


@transaction.atomic
def import_saldi(periode: Roosterperiode, *, bestand: bytes, by: Actor) -> int:
    """Take the balances of a period over from elsewhere, such as an old roster."""
    regels = read(bestand, *SALDI)
    people = _People(periode.kring_id)
    found: dict[tuple, tuple[Regel, Decimal]] = {}
    for regel in regels.regels:
        try:
            praktijk = people.praktijk(regel["praktijk"])
            key = (praktijk.pk, _category(regel["categorie"]))
            verschil = _number(regel["verschil"])
            if abs(verschil) > GROOTSTE_SALDO:
                raise _Fout(_("een verschil van %(getal)s kan niet.") % {"getal": verschil})
            _once(found, key, regel)
        except _Fout as fout:
            regels.wrong(regel, fout.args[0])
        else:
            found[key] = (regel, verschil)
    regels.refuse()
    verschillen = {key: verschil for key, (_regel, verschil) in found.items()}
    set_saldi(periode, verschillen=verschillen, by=by)
    return len(found)


class _People:
    """Practices and dentists of a kring by the name that stands in the file."""

    def __init__(self, kring_id: int):
        self._practices = _by_name(Deelnemer.objects.filter(kring_id=kring_id, actief=True))
        dentists = list(Tandarts.objects.filter(kring_id=kring_id, actief=True))
        self._dentists = _by_name(dentists)
        self._numbers = {row.big_nummer: row for row in dentists}

    def praktijk(self, naam: str) -> Deelnemer:
        return _only(
            self._practices.get(_key(naam), []),
            naam,
            _("er is geen praktijk “%(naam)s” in de kring."),
        )

    def tandarts(self, naam: str) -> Tandarts:
        if naam in self._numbers:
            return self._numbers[naam]
        return _only(
            self._dentists.get(_key(naam), []),
            naam,
            _("er is geen tandarts “%(naam)s” in de kring."),
        )


def _key(naam: str) -> str:
    return " ".join(naam.split()).casefold()


def _by_name(rows: Iterable) -> dict[str, list]:
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(_key(row.naam), []).append(row)
    return found


def _only(rows: list, naam: str, unknown: str):
    if not naam:
        raise _Fout(_("hier staat geen naam."))
    if not rows:
        raise _Fout(unknown % {"naam": naam[:80]})
    if len(rows) > 1:
        raise _Fout(
            _("er zijn er meer met de naam “%(naam)s”. Gebruik het BIG-nummer.") % {"naam": naam}
        )
    return rows[0]


def _once(found: dict, key: tuple, regel: Regel) -> None:
    if key in found:
        raise _Fout(_("dit staat al in regel %(nummer)s.") % {"nummer": found[key][0].nummer})


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    # The database refuses a number of thousands of digits, or one with such an exponent.
    if (
        not number.is_finite()
        or len(text) > LANGSTE_GETAL
        or abs(number.adjusted()) > LANGSTE_GETAL
    ):
        raise _Fout(_("“%(tekst)s” is geen getal.") % {"tekst": text[:40]})
    return number


def _fte(text: str) -> Decimal:
    number = _number(text)
    if not 0 <= number <= MEESTE_FTE:
        raise _Fout(_("geef 0 tot en met 2 fte op, niet %(fte)s.") % {"fte": text[:40]})
    return number


def _yes(text: str) -> bool:
    if text.lower() in JA | NEE:
        return text.lower() in JA
    raise _Fout(_("vul bij doet_dienst ja of nee in, niet “%(tekst)s”.") % {"tekst": text[:40]})


def _weekday(text: str) -> int:
    for number, naam in WEEKDAGEN:
        if text.lower() in (str(naam), str(naam)[:2]):
            return number
    raise _Fout(_("“%(tekst)s” is geen dag van de week.") % {"tekst": text[:40]})


def _clock(text: str) -> time:
    hours, _sep, minutes = text.replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        raise _Fout(
            _("“%(tekst)s” is geen tijd. Schrijf bijvoorbeeld 08:30.") % {"tekst": text[:40]}
        ) from None


def _category(text: str) -> str:
    if text.lower() in Categorie.values:
        return text.lower()
    raise _Fout(
        _("“%(tekst)s” is geen categorie. Kies uit: %(keuze)s.")
        % {"tekst": text[:40], "keuze": ", ".join(Categorie.values)}
    )


def _free_hours(rows: list[tuple[Regel, Uren]], uren: Uren) -> None:
    if uren.van >= uren.tot:
        raise _Fout(_("de eindtijd moet na de begintijd liggen."))
    for regel, other in rows:
        if other.weekdag == uren.weekdag and other.van < uren.tot and uren.van < other.tot:
            raise _Fout(
                _("deze tijd valt over die van regel %(nummer)s.") % {"nummer": regel.nummer}
            )


def _applied(regels: Regels, regel: Regel, act) -> None:
    """Do what a line asks; what the action refuses is the reason."""
    try:
        act()
    except ValidationError as error:
        regels.wrong(regel, " ".join(error.messages))
