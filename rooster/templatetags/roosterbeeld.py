"""Template tags of the roster as a picture: calendars of a month, strips of a year."""

from datetime import date, datetime

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kern.tijd import to_local
from kern.weergave import DAGEN, format_tijd
from rooster.versie.rijen import DIENSTDOENDE

register = template.Library()

INKT = {"doordeweeks": "#0b5d74", "weekend": "#6a4c93", "feestdag": "#b87400"}


@register.filter
def dagtijd(moment: datetime, dag: date) -> str:
    """{{ rij.einde|dagtijd:rij.dag }} — 08:00, or ma 08:00 when that is not the day after."""
    lokaal = to_local(moment)
    near = (lokaal.date() - dag).days <= 1
    return format_tijd(moment) if near else f"{DAGEN[lokaal.weekday()]} {format_tijd(moment)}"


@register.inclusion_tag("rooster/_dienst.html", takes_context=True)
def roosterdienst(context, rij, uitgelicht=frozenset()):
    """{% roosterdienst rij uitgelicht %} — one duty of a calendar; on a screen a link."""
    adres = ""
    if rij.nummer and not context.get("op_papier"):
        kwargs = {"kring": context["kring"].slug, "pk": rij.nummer}
        adres = reverse("rooster:dienst_wijzigingen", kwargs=kwargs)
    return {"rij": rij, "rol": rij.role_of(uitgelicht), "adres": adres}


@register.simple_tag
def jaarstrepen(strepen) -> SafeString:
    """{% jaarstrepen rij.strepen %} — the marks of one strip: one path for each kind of mark.

    A year of 150 practices has fifteen hundred marks; an element for each would be half the page.
    """
    paths: dict[tuple[str, str], list[str]] = {}
    for streep in strepen:
        shape = f"M{streep.x} {streep.y}h{streep.breedte}v{streep.hoogte}h-{streep.breedte}z"
        paths.setdefault((streep.rij.categorie, streep.rol), []).append(shape)
    # The colour of the stylesheet wins on a screen; on paper no stylesheet reaches a picture.
    return format_html_join(
        "",
        '<path class="streep streep--{} streep--{}" fill="{}" fill-opacity="{}" d="{}"/>',
        (
            (kind, rol, INKT[kind], "1" if rol == DIENSTDOENDE else ".5", "".join(shapes))
            for (kind, rol), shapes in paths.items()
        ),
    )


@register.simple_tag
def maandlijnen(beeld) -> SafeString:
    """{% maandlijnen beeld %} — where months begin, and today; drawn once, used by each strip.

    On paper each strip has its own: a picture there knows nothing outside itself.
    """
    lines = [("maandlijn", str(maand.x)) for maand in beeld.maanden if maand.x > 0]
    if beeld.vandaag is not None:
        lines.append(("vandaaglijn", str(beeld.vandaag)))
    return format_html_join(
        "",
        '<line class="{}" stroke="#bbb" x1="{}" x2="{}" y1="0" y2="20"/>',
        ((kind, x, x) for kind, x in lines),
    )


@register.filter
def procent(x: float, breedte: float) -> str:
    """{{ maand.midden|procent:beeld.breedte }} — 12.5%, for a place in a picture."""
    return f"{100 * x / breedte:.2f}%"
