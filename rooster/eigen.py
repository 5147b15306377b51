"""What is the own of the person who looks: the practices they represent or work at."""

from django.db.models import Exists, OuterRef

from kring.models import Deelnemer, Tandarts


def practices(request) -> list[tuple[str, str, bool, bool]]:
    """Return (id, naam, actief, eigen) of every practice of the kring, by name; one query."""
    works = Tandarts.objects.filter(
        deelnemer=OuterRef("pk"), gebruiker_id=request.user.pk, actief=True
    )
    rows = (
        Deelnemer.objects.filter(kring=request.kring)
        .order_by("naam")
        .values_list("pk", "naam", "actief", Exists(works))
    )
    represented = {row.deelnemer_id for row in request.lidmaatschappen}
    return [(str(pk), naam, actief, own or pk in represented) for pk, naam, actief, own in rows]
