"""How values are written on screen: phone numbers, moments, durations, masked BSN.

Plain functions without Django state, so that the tags, the tests and the PDF use the same notation.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

import phonenumbers

from kern.tijd import AMSTERDAM

DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

# Under this many seconds a countdown shows seconds as well; above it a moving digit is only unrest.
SECONDEN_ONDER = 600
STRAKS, BIJNA = 600, 300


@lru_cache(maxsize=2048)
def format_telefoon(waarde: str) -> str:
    """Dutch notation for a Dutch number (06-12345678, 030-1234567), international for another."""
    try:
        nummer = phonenumbers.parse(waarde, "NL")
    except phonenumbers.NumberParseException:
        return waarde
    if nummer.country_code != 31:
        return phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    landelijk = phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.NATIONAL)
    kengetal, _, abonnee = landelijk.partition(" ")
    return f"{kengetal}-{abonnee.replace(' ', '')}" if abonnee else landelijk


@lru_cache(maxsize=2048)
def telefoon_uri(waarde: str) -> str:
    """The number for a tel: link, or nothing when it cannot be dialled."""
    try:
        nummer = phonenumbers.parse(waarde, "NL")
    except phonenumbers.NumberParseException:
        return ""
    return f"tel:{phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.E164)}"


_VAST = {
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.VOIP,
    phonenumbers.PhoneNumberType.UAN,
    phonenumbers.PhoneNumberType.TOLL_FREE,
}


@lru_cache(maxsize=2048)
def is_landline(waarde: str) -> bool:
    """Whether a number takes no text message (030-…, 085-…, 088-…)."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(waarde, "NL")) in _VAST
    except phonenumbers.NumberParseException:
        return False


def mask_bsn(waarde: str) -> str:
    """Only the last four digits: enough to compare with the caller, too little to copy."""
    cijfers = "".join(teken for teken in str(waarde) if teken.isdigit())
    if len(cijfers) < 8:
        return "*" * len(cijfers)
    return "*" * (len(cijfers) - 4) + cijfers[-4:]


def format_datum(dag: date, *, met_jaar: bool = True) -> str:
    """`za 21 nov 2026`. A moment is first taken to Amsterdam: at 23:30 UTC it is tomorrow here."""
    if isinstance(dag, datetime):
        dag = dag.astimezone(AMSTERDAM).date()
    tekst = f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]}"
    return f"{tekst} {dag.year}" if met_jaar else tekst


def format_tijd(moment: datetime) -> str:
    """`23:40`, Amsterdam time; in the hour that autumn repeats, the zone is added."""
    lokaal = moment.astimezone(AMSTERDAM)
    if lokaal.replace(fold=0).utcoffset() == lokaal.replace(fold=1).utcoffset():
        return f"{lokaal:%H:%M}"
    # In the repeated hour both folds are real; in the skipped hour astimezone never lands.
    return f"{lokaal:%H:%M} ({'wintertijd' if lokaal.fold else 'zomertijd'})"


def format_moment(moment: datetime, *, nu: datetime | None = None) -> str:
    """`za 21 nov 23:40`, with the year only when it is not this year."""
    lokaal = moment.astimezone(AMSTERDAM)
    dit_jaar = (nu or datetime.now(AMSTERDAM)).astimezone(AMSTERDAM).year
    return f"{format_datum(lokaal, met_jaar=lokaal.year != dit_jaar)} {format_tijd(lokaal)}"


def format_duur(waarde: timedelta | int | float) -> str:
    """`35 min`, `1 u 05 min`, `2 dagen 3 u`. A bare number counts minutes."""
    if not isinstance(waarde, timedelta):
        waarde = timedelta(minutes=waarde)
    minuten = int(waarde.total_seconds() // 60)
    if minuten < 60:
        return f"{minuten} min"
    if minuten < 24 * 60:
        uren, rest = divmod(minuten, 60)
        return f"{uren} u {rest:02d} min" if rest else f"{uren} u"
    dagen, rest = divmod(minuten, 24 * 60)
    tekst = f"{dagen} {'dag' if dagen == 1 else 'dagen'}"
    return f"{tekst} {rest // 60} u" if rest >= 60 else tekst


def klok_stand(seconden: float) -> str:
    """The state of a countdown; the same limits stand in static/js/klok.js."""
    if seconden <= 0:
        return "te_laat"
    if seconden <= BIJNA:
        return "bijna"
    if seconden <= STRAKS:
        return "straks"
    return "ruim"


def klok_tekst(seconden: float) -> str:
    """The text of a countdown; static/js/klok.js writes the same words."""
    heel = int(abs(seconden))
    if seconden <= 0:
        return "nu" if heel < 60 else f"{format_duur(timedelta(seconds=heel))} te laat"
    if heel < SECONDEN_ONDER:
        return f"nog {heel // 60}:{heel % 60:02d} min"
    return f"nog {format_duur(timedelta(seconds=heel))}"


def sinds_tekst(seconden: float) -> str:
    """The text of a clock that counts up; static/js/klok.js writes the same words."""
    return f"{format_duur(timedelta(seconds=max(0, int(seconden))))} geleden"
