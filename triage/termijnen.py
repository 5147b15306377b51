"""Keep the clocks of a call in step with the call.

The truth is divided in two, and neither part is a copy of the other: the columns `zien_voor`,
`streef_voor` and `terugbellen_om` of a call are what the protocol said (they stay, for the record
and the report); the open rows of `Termijn` are what still runs. Which rows those are follows from
the call alone, so `sync` after each step is all there is (docs/besluiten/0022).
"""

from kern.tijd import db_now
from triage import herhaling, intake
from triage.lezing import reading_of
from triage.models import Oproep, Termijn
from triage.protocol.termijnen import Belstand, closing_reason, running_terms

_BLOEDT = "R-40"
"""The rule that fires as long as a bleeding has not stopped."""


def sync(oproep: Oproep) -> None:
    """Open, replace and close clocks until they are those of the call as it stands.

    Call it with the row of the call locked, after the change: then no two writers meet here. A
    clock whose moments stay the same is left alone, and with it that somebody was told; one that
    comes back with the moments it had is not told of again.
    """
    stand = state_of(oproep)
    wanted = {
        soort.value: (term.begint_op, term.vervalt_op)
        for soort, term in running_terms(stand, reading_of(oproep).instellingen).items()
        # What was over before a call from paper was entered, rings nobody any more.
        if not (oproep.is_nagevoerd and term.vervalt_op <= oproep.aangemaakt_op)
    }
    ended = []
    for row in Termijn.objects.running().filter(oproep=oproep):
        if wanted.get(row.soort) == (row.begint_op, row.vervalt_op):
            del wanted[row.soort]
        else:
            row.sluitreden = closing_reason(row.soort, stand, opvolger=row.soort in wanted)
            ended.append(row)
    if ended:
        nu = db_now()
        for row in ended:
            row.gesloten_op = nu
            row.save(update_fields=["gesloten_op", "sluitreden", "gewijzigd_op"])
    if not wanted:
        return
    told = {
        (row.soort, row.begint_op, row.vervalt_op): row.gemeld_op
        for row in Termijn.objects.filter(oproep=oproep, gemeld_op__isnull=False)
    }
    Termijn.objects.bulk_create(
        Termijn(
            kring_id=oproep.kring_id,
            oproep=oproep,
            soort=soort,
            begint_op=begint_op,
            vervalt_op=vervalt_op,
            gemeld_op=told.get((soort, begint_op, vervalt_op)),
        )
        for soort, (begint_op, vervalt_op) in wanted.items()
    )


def state_of(oproep: Oproep) -> Belstand:
    """Return the picture of a call that its clocks follow from."""
    rules = {regel["id"] for regel in oproep.uitkomst.get("regels", ())}
    return Belstand(
        loopt=oproep.status != Oproep.Status.AFGEROND,
        contact_op=intake.moment_of_contact(oproep, oproep.antwoorden),
        eerste_melding_op=herhaling.first_contact_at(oproep),
        verplicht_op=oproep.verplicht_op,
        gesproken=oproep.behandelaar_id is not None,
        besluit=oproep.besluit,
        heeft_afspraak=oproep.afspraak_om is not None,
        is_gezien=oproep.gezien_op is not None,
        zien_voor=oproep.zien_voor,
        streef_voor=oproep.streef_voor,
        terugbellen_om=oproep.terugbellen_om,
        bloedt=_BLOEDT in rules,
        teruggebeld=bool(oproep.antwoorden.get("verbetering_sinds_advies")),
        # Asked only of a call that waits: the others have no clock that could go on elsewhere.
        gaat_verder=bool(oproep.terugbellen_om) and herhaling.goes_on(oproep),
    )
