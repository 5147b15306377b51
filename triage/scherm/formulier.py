"""The questions of the blank paper form: the same as on the screen, for each complaint."""

from django.utils.translation import gettext as _

from triage import protocol
from triage import protocol_teksten as teksten


def paper_questions(lezing: protocol.Lezing) -> list[dict]:
    """Return every question of the protocol once, in asking order, with its answers to tick.

    A question that only a local rule asks is left out where the kring has not switched that on.
    """
    in_use = {regel.id for regel in lezing.regelset.active_rules(lezing.lokale_regels)}
    switched_off = {regel.id for regel in lezing.regelset.lokaal} - in_use
    vragen = {vraag.veld: vraag for vraag in (*protocol.PATIENTVRAGEN[:2], *protocol.VRAGEN)}
    rows = []
    for vraag in vragen.values():
        if vraag.veld == "verbetering_sinds_advies" or switched_off.issuperset(vraag.regels):
            continue
        labels = {"ja_nee": (_("Ja"), _("Nee"))}.get(
            vraag.soort, tuple(_(teksten.answer_label(vraag.veld, k)) for k in vraag.keuzes)
        )
        rows.append(
            {
                "vraag": _(teksten.VRAGEN[vraag.veld]),
                "bij": ", ".join(_(teksten.KLACHTEN[key]) for key in sorted(vraag.klachten)),
                "antwoorden": labels,
            }
        )
    return rows
