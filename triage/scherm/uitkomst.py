"""The stored outcome in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.weergave import format_tijd
from triage import intake, protocol
from triage import protocol_teksten as teksten
from triage.lezing import reading_of
from triage.models import Oproep
from triage.ophogen import applying

# Organisation, for when the patient comes; first aid is read aloud first.
_BIJ_BEZOEK = frozenset({"informeer_betaling", "alleen_patient_toegang", "max_een_begeleider"})


@dataclass(frozen=True)
class Uitkomstkaart:
    """The stored outcome in words."""

    soort: str  # verplicht | aanbevolen | niet_nodig | open | gesproken
    titel: str
    urgentie: str
    gezien: str
    voorlezen: list[tuple[str, str]]
    bij_bezoek: list[tuple[str, str]]
    voor_jou: list[str]
    regels: list[dict]
    voorlopig: str
    nog_open: str
    versie: str


def outcome(oproep: Oproep) -> Uitkomstkaart:
    """Return the outcome of the row in words; nothing is hidden because questions are open."""
    record = applying(oproep)
    if not record:
        return Uitkomstkaart("open", _("Kies eerst de klacht"), "", "", [], [], [], [], "", "", "")
    feiten, lezing = intake.facts_of(oproep), reading_of(oproep)
    still_open = len(protocol.deciding_questions(feiten.klachten, feiten, lezing))
    # The texts of the edition that judged the call: an old call shows what was read aloud then.
    regelset = protocol.regelset(record["protocolversie"])
    advice = regelset.in_reading_order(record["adviezen"])
    aloud = [(item.sleutel, _(item.tekst)) for item in advice if item.voorlezen]
    private = [_(item.tekst) for item in advice if not item.voorlezen]
    private += [_(regelset.vlaggen[flag]) for flag in record["vlaggen"]]
    if record["melden_agressie"]:
        private.append(_("Vertel de tandarts hoe de beller zich gedraagt."))
    contact = _(teksten.CONTACT[record["contact_tandarts"]])
    soort, titel = record["contact_tandarts"], contact
    if oproep.behandelaar_id:
        # "Call now" has been done: a red card would shout on, and hide what is to be done next.
        soort, titel = "gesproken", _spoken_title(oproep)
    elif (
        still_open
        and not oproep.opgehoogd_naar
        and not protocol.is_settled(feiten.klachten, feiten, lezing)
    ):
        soort, titel = "open", _open_title(still_open)
    return Uitkomstkaart(
        soort=soort,
        titel=titel,
        urgentie=_(teksten.URGENTIE[record["urgentie"]]),
        gezien=_(teksten.MOET_GEZIEN[record["moet_gezien"]]),
        voorlezen=[pair for pair in aloud if pair[0] not in _BIJ_BEZOEK],
        bij_bezoek=[pair for pair in aloud if pair[0] in _BIJ_BEZOEK],
        voor_jou=private,
        regels=[
            {
                **regel,
                "kort": regel["paragraaf"].split(";")[0],
                "reden": _(regelset.per_id[regel["id"]].reden),
            }
            for regel in record["regels"]
        ],
        voorlopig=contact if soort == "open" else "",
        nog_open=_open_title(still_open) if still_open and soort != "open" else "",
        versie=record["protocolversie"],
    )


def _open_title(aantal: int) -> str:
    return ngettext("Nog %(aantal)s vraag", "Nog %(aantal)s vragen", aantal) % {"aantal": aantal}


def _spoken_title(oproep: Oproep) -> str:
    """Return what came of speaking to the dentist, or that this is still to be noted."""
    naam = oproep.behandelaar.naam
    if not oproep.besluit:
        return _("Gesproken: leg het besluit vast")
    if oproep.gezien_op:
        return _("Gezien door %(naam)s om %(tijd)s") % {
            "naam": naam,
            "tijd": format_tijd(oproep.gezien_op),
        }
    if oproep.afspraak_om:
        return _("Gesproken met %(naam)s, komt om %(tijd)s") % {
            "naam": naam,
            "tijd": format_tijd(oproep.afspraak_om),
        }
    return _("Besluit van %(naam)s: %(besluit)s") % {
        "naam": naam,
        "besluit": oproep.get_besluit_display(),
    }
