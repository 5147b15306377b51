"""The components of the interface, as template tags.

Every tag refuses an attribute it does not know: Django checks keyword arguments against the
signature when the template is compiled, and the variants are checked here. A misspelt `soort` fails
the first test that renders the page instead of quietly losing its colour. See them on /galerij/.
"""

import re
from datetime import datetime
from functools import cache, lru_cache

from django import template
from django.contrib.staticfiles import finders
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kern import weergave
from kern.formulierdelen import choices_of, errors_of

register = template.Library()

KNOP_SOORTEN = ("primair", "secundair", "stil", "gevaar")
KNOP_MATEN = ("gewoon", "groot", "klein", "vol")
KAART_SOORTEN = ("gewoon", "rood", "amber", "groen", "blauw")
# Colour and icon always travel together: no status is told by colour alone.
PILLEN = {
    "verplicht": ("rood", "telefoon-uit"),
    "aanbevolen": ("amber", "let-op"),
    "niet_nodig": ("groen", "gelukt"),
    "rood": ("rood", "let-op"),
    "amber": ("amber", "wachten"),
    "groen": ("groen", "vinkje"),
    "blauw": ("blauw", "info"),
    "grijs": ("grijs", "stip"),
    "alarm": ("vol", "alarm"),
}
# soort: icon, live-region role. Only an error interrupts a screen reader.
MELDINGEN = {
    "info": ("info", "status"),
    "let_op": ("let-op", "status"),
    "fout": ("fout", "alert"),
    "gelukt": ("gelukt", "status"),
}
BERICHTSOORTEN = {"success": "gelukt", "warning": "let_op", "error": "fout"}
UITKOMSTEN = {
    "verplicht": "telefoon-uit",
    "aanbevolen": "let-op",
    "niet_nodig": "gelukt",
    "open": "hulp",
    "gesproken": "vinkje",
}


def _check(naam: str, waarde: str, toegestaan) -> None:
    if waarde not in toegestaan:
        raise TemplateSyntaxError(f"{naam}: {waarde!r} is not one of {', '.join(toegestaan)}")


@cache
def icoon_namen() -> frozenset[str]:
    """The names in the sprite, so that a misspelt icon is an error and not an empty square."""
    with open(finders.find("icons.svg"), encoding="utf-8") as bestand:
        return frozenset(re.findall(r'<symbol id="([^"]+)"', bestand.read()))


@register.simple_tag
def icoon(naam: str, *, label: str = "", groot: bool = False) -> SafeString:
    """{% icoon "telefoon" %} — decorative unless it has a label."""
    return _icoon(naam, str(label), groot)


@lru_cache(maxsize=512)
def _icoon(naam: str, label: str = "", groot: bool = False) -> SafeString:
    """A page has two dozen; few differ."""
    _check("icoon", naam, sorted(icoon_namen()))
    return format_html(
        '<svg class="icoon{}" width="18" height="18" {}><use href="{}#{}"></use></svg>',
        " icoon--groot" if groot else "",
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"'),
        static("icons.svg"),
        naam,
    )


@register.simple_tag
def sneltoets(toets: str) -> SafeString:
    """{% sneltoets "n" %} — shows the key; the binding itself is data-toets."""
    return format_html(
        '<kbd class="sneltoets" aria-hidden="true">{}</kbd>',
        toets.upper() if len(toets) == 1 else toets,
    )


def _attributes(**waarden) -> SafeString:
    """HTML attributes for the values that are set; True gives a bare attribute."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", naam) if waarde is True else format_html(' {}="{}"', naam, waarde),)
            for naam, waarde in waarden.items()
            if waarde not in ("", None, False)
        ),
    )


@register.simple_tag
def knop(
    tekst,
    *,
    url="",
    soort="primair",
    maat="gewoon",
    icoon="",
    toets="",
    type="submit",
    id="",
    naam="",
    waarde="",
    label="",
    formulier="",
    formaction="",
    formnovalidate=False,
    opent="",
    sluit="",
    kopieer="",
    hx_get="",
    hx_post="",
    hx_target="",
    hx_swap="",
    uitgeschakeld=False,
) -> SafeString:
    """{% knop "Opslaan" icoon="vinkje" %} or, as a link, {% knop "Nieuw" url=... toets="n" %}."""
    _check("knop soort", soort, KNOP_SOORTEN)
    _check("knop maat", maat, KNOP_MATEN)
    inhoud = format_html(
        "{}<span>{}</span>{}",
        _icoon(icoon) if icoon else "",
        tekst,
        sneltoets(toets) if toets else "",
    )
    extra = {
        "id": id,
        "aria-label": label,
        "data-toets": toets,
        "data-opent": opent,
        "data-sluit": sluit,
        "data-kopieer": kopieer,
        "hx-get": hx_get,
        "hx-post": hx_post,
        "hx-target": hx_target,
        "hx-swap": hx_swap,
    }
    klasse = f"btn btn--{soort}" + ("" if maat == "gewoon" else f" btn--{maat}")
    if url and not uitgeschakeld:
        return format_html(
            '<a class="{}" href="{}"{}>{}</a>', klasse, url, _attributes(**extra), inhoud
        )
    if opent or sluit or kopieer or hx_get or hx_post:
        type = "button"
    extra |= {
        "name": naam,
        "value": waarde,
        "form": formulier,
        "formaction": formaction,
        "formnovalidate": formnovalidate,
        "disabled": bool(uitgeschakeld),
    }
    return format_html(
        '<button class="{}" type="{}"{}>{}</button>', klasse, type, _attributes(**extra), inhoud
    )


@register.simple_tag
def pil(soort: str, tekst="", *, icoon="") -> SafeString:
    """{% pil "verplicht" "Tandarts bellen" %} — a status in text, icon and colour."""
    _check("pil", soort, PILLEN)
    kleur, standaard = PILLEN[soort]
    if not tekst:
        tekst = {
            "verplicht": _("Contact verplicht"),
            "aanbevolen": _("Contact aanbevolen"),
            "niet_nodig": _("Geen contact nodig"),
        }.get(soort)
        if tekst is None:
            raise TemplateSyntaxError(f"pil {soort}: a text is needed, colour alone says nothing")
    return format_html(
        '<span class="pil pil--{}">{}{}</span>', kleur, _icoon(icoon or standaard), tekst
    )


@register.simple_block_tag
def kaart(
    content,
    titel="",
    *,
    soort="gewoon",
    icoon="",
    id="",
    niveau=2,
    rechts="",
    url="",
    url_tekst="",
    klasse="",
):
    """{% kaart "Patiënt" icoon="gebruiker" %}…{% endkaart %} — `rechts` takes e.g. a pil."""
    _check("kaart", soort, KAART_SOORTEN)
    return render_to_string(
        "componenten/kaart.html",
        {
            "inhoud": content,
            "titel": titel,
            "soort": soort,
            "icoon": icoon,
            "id": id,
            "kop": f"h{int(niveau)}",
            "rechts": rechts,
            "url": url,
            "url_tekst": url_tekst,
            "klasse": klasse,
        },
    )


@register.simple_block_tag
def melding(content, soort, *, titel="", id="", live=True):
    """{% melding "let_op" titel="Niemand op dienst" %}…{% endmelding %}"""
    _check("melding", soort, MELDINGEN)
    teken, rol = MELDINGEN[soort]
    return format_html(
        '<div class="melding melding--{}"{}>{}<div>{}{}</div></div>',
        soort,
        _attributes(role=rol if live else "", id=id),
        _icoon(teken),
        format_html('<strong class="melding__titel">{}</strong>', titel) if titel else "",
        content,
    )


@register.filter
def berichtsoort(bericht) -> str:
    """The melding variant of a message of django.contrib.messages."""
    return BERICHTSOORTEN.get(bericht.level_tag, "info")


@register.simple_block_tag
def uitkomst(content, soort, titel, *, id="", niveau=2):
    """{% uitkomst "verplicht" "Bel nu de tandarts" %}…{% enduitkomst %} — the answer."""
    _check("uitkomst", soort, UITKOMSTEN)
    return format_html(
        '<section class="uitkomst uitkomst--{}"{}><h{} class="uitkomst__kop">{}{}</h{}>'
        '<div class="uitkomst__inhoud">{}</div></section>',
        soort,
        _attributes(id=id),
        niveau,
        _icoon(UITKOMSTEN[soort]),
        titel,
        niveau,
        content,
    )


@register.simple_block_tag
def tabel(content, bijschrift, *, id="", toon_bijschrift=False, klasse=""):
    """{% tabel "Open meldingen" %}<thead>…<tbody>…{% endtabel %}

    On a phone each row becomes a card: give every cell a data-label with its column heading.
    """
    return format_html(
        '<table class="tabel tabel--kaarten{}"{}><caption{}>{}</caption>{}</table>',
        f" {klasse}" if klasse else "",
        _attributes(id=id),
        "" if toon_bijschrift else mark_safe(' class="visually-hidden"'),
        bijschrift,
        content,
    )


@register.inclusion_tag("componenten/tijdlijn.html")
def tijdlijn(gebeurtenissen, *, leeg=""):
    """{% tijdlijn regels %} — rows with moment, titel and perhaps tekst, wie, icoon, kleur."""
    return {"gebeurtenissen": gebeurtenissen, "leeg": leeg}


@register.inclusion_tag("componenten/leeg.html")
def leeg(titel, *, tekst="", icoon="lijst", url="", knop="", toets=""):
    """{% leeg "Geen meldingen" tekst="…" url=… knop="Nieuwe melding" %} — and what to do next."""
    return {
        "titel": titel,
        "tekst": tekst,
        "icoon": icoon,
        "url": url,
        "knop": knop,
        "toets": toets,
    }


@register.inclusion_tag("componenten/bevestig.html", takes_context=True)
def bevestig(
    context, tekst, *, url, vraag, knop, maat="gewoon", icoon="", label="", naam="", waarde=""
):
    """{% bevestig "Trek in" url=… vraag="De link werkt daarna niet meer." knop="Ja, trek in" %}

    A press that cannot be undone: the first opens the question, the second does it. A <details>,
    so it needs no script and no page of its own, and Enter does both. `naam` and `waarde` go with
    the second press.
    """
    _check("bevestig maat", maat, KNOP_MATEN)
    return {
        "csrf_token": context.get("csrf_token"),
        "tekst": tekst,
        "url": url,
        "vraag": vraag,
        "knop": knop,
        "maat": maat,
        "icoon": icoon,
        "label": label,
        "naam": naam,
        "waarde": waarde,
    }


@register.inclusion_tag("componenten/fout_overzicht.html")
def fout_overzicht(*formulieren):
    """{% fout_overzicht form %} — what is wrong, with a link to each field.

    `{% crispy form %}` has it built in.
    """
    fouten = [fout for formulier in formulieren for fout in errors_of(formulier)]
    return {"fouten": fouten, "alleen_algemeen": not any(fout["label"] for fout in fouten)}


@register.inclusion_tag("componenten/toetsen.html")
def toetsen(veld, *, toetsen="", lijst=False, toon_als="", label=""):
    """{% toetsen form.klacht toetsen="1234567" lijst=True %} — a choice group as keys."""
    return {
        "veld": veld,
        "keuzes": choices_of(veld, toetsen),
        "lijst": lijst,
        "toon_als": toon_als,
        "label": label or veld.label,
    }


@register.simple_tag(takes_context=True)
def klok(context, deadline: datetime, *, nu: datetime | None = None, naam="", id="") -> SafeString:
    """{% klok melding.deadline nu=nu naam="mevrouw Bakker" %} — right without JavaScript too.

    `nu` must be the database clock; without the argument the context variable `nu` is used.
    """
    nu = nu or context.get("nu") or timezone.now()
    seconden = (deadline - nu).total_seconds()
    stand = weergave.klok_stand(seconden)
    return format_html(
        '<time class="klok klok--{}" datetime="{}" data-deadline="{}" data-nu="{}"'
        ' data-stand="{}"{} title="{}">'
        "{}<span data-klok-tekst>{}</span></time>",
        stand,
        deadline.isoformat(),
        deadline.isoformat(),
        nu.isoformat(),
        stand,
        _attributes(**{"data-naam": naam, "id": id}),
        weergave.format_moment(deadline, nu=nu),
        _icoon("klok"),
        weergave.klok_tekst(seconden),
    )


@register.filter
def telefoon(waarde) -> str:
    """{{ nummer|telefoon }} — 06-12345678."""
    return weergave.format_telefoon(str(waarde)) if waarde else ""


@register.filter
def telefoon_link(waarde) -> SafeString | str:
    """{{ nummer|telefoon_link }} — the same as a tel: link."""
    if not waarde:
        return ""
    uri = weergave.telefoon_uri(str(waarde))
    tekst = weergave.format_telefoon(str(waarde))
    return format_html('<a class="telefoon" href="{}">{}</a>', uri, tekst) if uri else tekst


@register.filter
def bsn_gemaskeerd(waarde) -> str:
    """{{ bsn|bsn_gemaskeerd }} — *****2333."""
    return weergave.mask_bsn(waarde) if waarde else ""


@register.filter
def moment(waarde) -> str:
    """{{ melding.begonnen_op|moment }} — za 21 nov 23:40."""
    return weergave.format_moment(waarde) if waarde else ""


@register.filter
def datum(waarde) -> str:
    """{{ dag|datum }} — za 21 nov 2026."""
    return weergave.format_datum(waarde) if waarde else ""


@register.filter
def tijdstip(waarde) -> str:
    """{{ moment|tijdstip }} — 23:40."""
    return weergave.format_tijd(waarde) if waarde else ""


@register.filter
def duur(waarde) -> str:
    """{{ minuten|duur }} — 1 u 05 min."""
    return "" if waarde is None or waarde == "" else weergave.format_duur(waarde)
