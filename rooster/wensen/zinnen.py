"""Why a wish is refused, in Dutch: the rule as a sentence that says what to do."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.weergave import format_datum
from rooster.wensen.regels import Bezwaar, Kader

NOEM = 5
"""So many days are named; of more only how many there are."""


def sentence(bezwaar: Bezwaar, kader: Kader) -> str:
    """Return the refusal in words."""
    values = {
        "dagen": days_in_words(bezwaar.dagen),
        "eerste": format_datum(kader.eerste_dag),
        "laatste": format_datum(kader.laatste_dag),
        "tot": format_datum(kader.wensen_tot),
        "teveel": bezwaar.teveel,
        "punten": kader.punten,
        "blokkades": kader.blokkades,
    }
    return _ZINNEN[bezwaar.regel](bezwaar) % values


def days_in_words(dagen: Sequence[date]) -> str:
    """Return "ma 5 jul 2027, di 6 jul 2027 en nog 12 dagen"."""
    named = ", ".join(format_datum(dag) for dag in dagen[:NOEM])
    rest = len(dagen) - NOEM
    if rest <= 0:
        return named
    more = ngettext("%(rest)s dag", "%(rest)s dagen", rest) % {"rest": rest}
    return _("%(dagen)s en nog %(meer)s") % {"dagen": named, "meer": more}


_ZINNEN = {
    "gesloten": lambda _b: _(
        "Wensen opgeven kon tot en met %(tot)s. Is er iets veranderd? Bel de coördinator."
    ),
    "niet_open": lambda _b: _("De wensen voor deze periode staan niet open."),
    "geen_dagen": lambda _b: _("Kies eerst een of meer dagen."),
    "buiten_periode": lambda _b: _(
        "Deze periode loopt van %(eerste)s tot en met %(laatste)s. Daarbuiten valt: %(dagen)s."
    ),
    "twee_wensen": lambda _b: _("Op één dag kan maar één wens staan. Kies voor: %(dagen)s."),
    "gewicht": lambda _b: _("Een wens telt voor 1 tot en met 5 punten."),
    "al_een_wens": lambda _b: _(
        "Hier staat al een andere wens: %(dagen)s. Wis die eerst, of kies “vervang wat er staat”."
    ),
    "te_veel_punten": lambda b: ngettext(
        "Dit kost %(teveel)s punt te veel; je hebt er %(punten)s. Wis een andere wens, of laat "
        "deze lichter tellen.",
        "Dit kost %(teveel)s punten te veel; je hebt er %(punten)s. Wis een andere wens, of laat "
        "deze lichter tellen.",
        b.teveel,
    ),
    "te_veel_blokkades": lambda b: ngettext(
        "Dit is %(teveel)s dag te veel: je kunt %(blokkades)s dagen op “kan niet” zetten. Wis er "
        "een, of kies “liever niet”.",
        "Dit zijn %(teveel)s dagen te veel: je kunt %(blokkades)s dagen op “kan niet” zetten. "
        "Wis er een paar, of kies “liever niet”.",
        b.teveel,
    ),
}
