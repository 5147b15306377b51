"""Two drafts of one period beside each other: what a what-if would cost or bring."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from rooster.concept.beeld import Beeld
from rooster.models import Concept, Conceptplaats
from rooster.views.concept.concept import picture_of
from rooster.views.concept.lijst import draft_of

MEESTE = 200
"""Places that are listed; two runs can differ in all of them."""


def vergelijk(request, concept, ander):
    """Show what differs: rules, figures, and place by place."""
    links = draft_of(request, concept)
    rechts = get_object_or_404(
        Concept.objects.select_related("periode"),
        pk=ander,
        periode=links.periode_id,
        kring=request.kring,
    )
    verschillen = _differences(links, rechts)
    context = {
        "links": links,
        "rechts": rechts,
        "regels": _figures(links, rechts),
        "aantal": len(verschillen),
        "verschillen": verschillen[:MEESTE],
    }
    return render(request, "rooster/concept/vergelijk.html", context)


def _figures(links: Concept, rechts: Concept) -> list[tuple[str, object, object]]:
    een, ander = (_column(picture_of(concept)[0]) for concept in (links, rechts))
    return [(naam, een[naam], ander[naam]) for naam in een]


def _column(beeld: Beeld | None) -> dict[str, object]:
    o = beeld.oordeel if beeld else None
    regels = beeld.inst.regels if beeld else None
    weekenden = regels.geen_aaneengesloten_weekenden if regels else None
    return {
        _("Rustdagen tussen twee diensten"): regels.rustdagen if regels else "–",
        _("Twee weekenden achter elkaar"): "–"
        if weekenden is None
        else (_("mag niet") if weekenden else _("mag")),
        _("Open plaatsen"): o.onbezet if o else "–",
        _("Gebroken regels"): len(o.gebroken) if o else "–",
        _("Praktijken: diensten te veel of te weinig"): o.buiten_praktijk if o else "–",
        _("Tandartsen: diensten te veel of te weinig"): o.buiten_tandarts if o else "–",
        _("Wensen (hoe lager, hoe beter)"): o.wensen if o else "–",
        _("Punten samen (hoe lager, hoe beter)"): o.doel if o else "–",
    }


def _differences(links: Concept, rechts: Concept) -> list[dict]:
    """Return the places of which the dentist differs, by moment and role."""
    een, ander = _places(links), _places(rechts)
    rollen = dict(Conceptplaats._meta.get_field("rol").choices)
    return [
        {
            "begin": begin,
            "rol": rollen[rol],
            "een": een.get((begin, rol), (None, ""))[1],
            "ander": ander.get((begin, rol), (None, ""))[1],
        }
        for begin, rol in sorted(een.keys() | ander.keys())
        if een.get((begin, rol)) != ander.get((begin, rol))
    ]


def _places(concept: Concept) -> dict:
    rows = Conceptplaats.objects.filter(dienst__concept=concept)
    return {
        (begin, rol): (pk, naam)
        for begin, rol, pk, naam in rows.values_list(
            "dienst__begin", "rol", "tandarts_id", "tandarts__naam"
        )
    }
