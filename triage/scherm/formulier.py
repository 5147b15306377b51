"""The questions of the blank paper form: the same as on the screen, for each complaint."""

from django.utils.translation import gettext as _

from triage import protocol
from triage import protocol_teksten as teksten


def paper_questions() -> list[dict]:
    """Return every question of the protocol in asking order, with its answers to tick."""
    rows = []
    for vraag in (*protocol.PATIENTVRAGEN[:2], *protocol.VRAGEN):
        if vraag.veld == "verbetering_sinds_advies":
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
