"""The table of tariff codes from a CSV file: all lines or none (kern.csvlezen)."""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.csvlezen import Regel, Regels, read
from kring.models import Kring
from verslag.models import Tariefcode
from verslag.tarief import CODE

KOLOMMEN = ("code", "omschrijving", "tarief", "geldig_vanaf")
MOGELIJK = ("geldig_tot",)
HOOGSTE = Decimal(10_000)
VROEGST, LAATST = date(2000, 1, 1), date(2100, 12, 31)


class _Fout(Exception):
    """Why a line cannot be used; `args[0]` is the sentence."""


@transaction.atomic
def import_tariefcodes(*, kring_id: int, bestand: bytes, by: Actor) -> int:
    """Take over the codes of a file, each from its own day; return how many there were.

    A code that holds without an end ends on the day before its next line begins. The same code
    with the same first day is replaced. A `ValidationError` names each line that cannot be used.
    """
    regels = read(bestand, KOLOMMEN, MOGELIJK)
    found: dict[tuple[str, date], tuple[Regel, Tariefcode]] = {}
    for regel in regels.regels:
        try:
            row = _row(regel, kring_id)
            if (row.code, row.geldig_vanaf) in found:
                nummer = found[row.code, row.geldig_vanaf][0].nummer
                raise _Fout(_("dit staat al in regel %(nummer)s.") % {"nummer": nummer})
        except _Fout as fout:
            regels.wrong(regel, fout.args[0])
        else:
            found[row.code, row.geldig_vanaf] = (regel, row)
    regels.refuse()
    # Two files at once would each miss the rows of the other.
    Kring.objects.select_for_update(no_key=True).get(pk=kring_id)
    _replace(kring_id, found, regels)
    logboek.record(
        "tariefcodes.overgenomen",
        "U",
        by=by,
        kring_id=kring_id,
        object_soort="tariefcodes",
        object_id=kring_id,
    )
    return len(found)


def _replace(kring_id: int, found: dict, regels: Regels) -> None:
    """Put the lines of the file beside those that are there, without two for one day."""
    codes = {code for code, _dag in found}
    rows = {
        (row.code, row.geldig_vanaf): row
        for row in Tariefcode.objects.filter(kring_id=kring_id, code__in=codes)
    }
    old = list(rows.values())
    rows |= {key: row for key, (_regel, row) in found.items()}
    ordered = [rows[key] for key in sorted(rows)]
    for earlier, later in pairwise(ordered):
        if earlier.code != later.code:
            continue
        if earlier.geldig_tot is None:
            earlier.geldig_tot = later.geldig_vanaf - timedelta(days=1)
        elif earlier.geldig_tot >= later.geldig_vanaf:
            regel = _line_of(found, later, earlier)
            regels.wrong(
                regel,
                _("%(code)s geldt dan twee keer: van %(van)s tot en met %(tot)s staat het er al.")
                % {"code": later.code, "van": earlier.geldig_vanaf, "tot": earlier.geldig_tot},
            )
    regels.refuse()
    Tariefcode.objects.filter(pk__in=[row.pk for row in old]).delete()
    Tariefcode.objects.bulk_create(ordered)


def _line_of(found: dict, *rows: Tariefcode) -> Regel:
    """Return the line of the file that came with one of these rows."""
    return next(
        found[row.code, row.geldig_vanaf][0]
        for row in rows
        if (row.code, row.geldig_vanaf) in found
    )


def _row(regel: Regel, kring_id: int) -> Tariefcode:
    code = regel["code"].upper().replace(" ", "")
    if not CODE.fullmatch(code):
        raise _Fout(
            _("“%(code)s” is geen tariefcode, zoals C002 of X10.") % {"code": regel["code"][:40]}
        )
    omschrijving = " ".join(regel["omschrijving"].split())
    if not omschrijving:
        raise _Fout(_("de omschrijving ontbreekt."))
    if len(omschrijving) > 200:
        raise _Fout(_("de omschrijving is langer dan 200 tekens."))
    vanaf, tot = _day(regel["geldig_vanaf"]), _last_day(regel["geldig_tot"])
    if tot is not None and tot < vanaf:
        raise _Fout(_("de laatste dag ligt voor de eerste."))
    return Tariefcode(
        kring_id=kring_id,
        code=code,
        omschrijving=omschrijving,
        tarief_cent=_cents(regel["tarief"]),
        geldig_vanaf=vanaf,
        geldig_tot=tot,
    )


def _cents(text: str) -> int:
    """Return cents of `27,01`, `€ 27.01` or `1.234,50`."""
    plain = text.replace("€", "").replace(" ", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= HOOGSTE:
        raise _Fout(
            _("“%(tekst)s” is geen bedrag. Schrijf bijvoorbeeld 27,01.") % {"tekst": text[:40]}
        )
    if amount * 100 != int(amount * 100):
        raise _Fout(_("een bedrag heeft hoogstens twee cijfers na de komma."))
    return int(amount * 100)


def _day(text: str) -> date:
    for pattern in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            # A day has no zone.
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if VROEGST <= day <= LAATST:
            return day
    raise _Fout(_("“%(tekst)s” is geen dag. Schrijf 2027-01-01.") % {"tekst": text[:40]})


def _last_day(text: str) -> date | None:
    return _day(text) if text else None
