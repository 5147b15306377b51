"""From hand to hand: the proof of a letter that a person gave or posted (§4.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from verslag import kanalen
from verslag.actions.fouten import OverdrachtGeweigerd
from verslag.actions.overdracht import (
    lock_newest,
    recipient_of,
    record,
    take_along,
    withdraw_unopened,
)
from verslag.kanaalkeuze import Kanaal, Keuze, Reden
from verslag.models import Overdracht, Overhandiging, Verslagversie


@transaction.atomic
def record_overhandiging(
    versie: Verslagversie,
    *,
    kanaal: str,
    aan: str,
    gedaan_op: datetime,
    vastgesteld: str,
    by: Actor,
    toelichting: str = "",
) -> Overdracht:
    """Keep who got the letter, when, and how it was known who that was.

    A link that nobody opened dies: the report has arrived. A mail that is gone stays, its recipient
    may be unable to read it. Raises `OverdrachtGeweigerd`.
    """
    lock_newest(versie, by)
    recipient = recipient_of(versie)
    if recipient is None:
        raise OverdrachtGeweigerd(
            _("Van deze patiënt is geen eigen tandarts bekend. Zet die eerst in het verslag.")
        )
    # A form knows minutes, signing knows less than those.
    if not versie.getekend_op.replace(second=0, microsecond=0) <= gedaan_op <= db_now():
        raise OverdrachtGeweigerd(
            _("Dit moment kan niet: het ligt vóór het ondertekenen of in de toekomst.")
        )
    living = list(versie.overdrachten.filter(ontvanger=recipient, ingetrokken_op__isnull=True))
    if any(row.overhandigd_op for row in living):
        raise OverdrachtGeweigerd(_("Het overhandigen van deze versie is al vastgelegd."))
    overdracht = next((row for row in living if row.is_op_hand), None)
    if overdracht is None:
        overdracht = Overdracht(kring_id=versie.kring_id, versie=versie, ontvanger=recipient)
    for row in living:
        if row.kanaal == Overdracht.Kanaal.OPHALEN:
            withdraw_unopened(row, by)
    by_choice = Keuze(Kanaal(kanaal), (Reden.ZELF_GEKOZEN,))
    kanalen.issue(overdracht, nu=db_now(), keuze=by_choice)
    overdracht.overhandigd_op = gedaan_op
    overdracht.save()
    Overhandiging.objects.create(
        kring_id=overdracht.kring_id,
        overdracht=overdracht,
        aan=aan,
        vastgesteld=vastgesteld,
        toelichting=toelichting,
        gedaan_op=gedaan_op,
        door_id=by.person_id,
    )
    take_along(overdracht, by)
    record("overdracht.overhandigd", "E", overdracht, by)
    return overdracht
