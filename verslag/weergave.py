"""How a signed report is shown: the same rows on the page, at the pick-up and in the letter."""

import base64
from datetime import date, datetime

from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kern.weergave import format_datum, format_telefoon, format_tijd, mask_bsn
from verslag import gebit, gebitkaart, momentopname
from verslag.bestand.naam import UITGANG
from verslag.models import Bijlage, Verslag, Verslagversie, kind_by_file


def letter_of(versie: Verslagversie, *, bsn_voluit: bool = False) -> dict:
    """Return heading, identity and sections of a signed version, as texts.

    On a page the BSN is masked; the letter itself, which leaves by a POST, has all of it (S10).
    """
    inhoud = versie.inhoud
    return {
        "inhoud": inhoud,
        "getekend": _moment(inhoud["getekend_op"]),
        "patient": _identity(inhoud["patient"], bsn_voluit=bsn_voluit),
        "delen": sections(inhoud),
        "spoednummer": format_telefoon(inhoud["kring"]["spoednummer"]),
    }


def page_of(versie: Verslagversie) -> dict:
    """Return the same for a page, with the tooth chart; the letter draws its own."""
    return letter_of(versie) | {"gebitskaart": chart_of(versie.inhoud)}


def preview_of(verslag: Verslag) -> dict:
    """Return what a page shows of a text that nobody signed yet."""
    text = momentopname.snapshot(verslag)
    last = verslag.versies.last()
    inhoud = text | {"versie": last.nummer + 1 if last else 1, "reden": ""}
    return {
        "inhoud": inhoud,
        "patient": _identity(inhoud["patient"]),
        "delen": sections(inhoud),
        "gebitskaart": chart_of(inhoud),
        "spoednummer": format_telefoon(inhoud["kring"]["spoednummer"]),
    }


def chart_of(inhoud: dict) -> SafeString:
    """Return the tooth chart of a text as `<svg>`; empty when no tooth was named."""
    return gebitkaart.chart(inhoud.get("gebit", []))


def _moment(text: str) -> str:
    """Return a moment with its year: a letter is read for twenty years."""
    moment = datetime.fromisoformat(text)
    return f"{format_datum(moment)} {format_tijd(moment)}"


def _identity(patient: dict, *, bsn_voluit: bool = False) -> list[tuple[str, str]]:
    geboren = patient["geboortedatum"]
    bsn = patient["bsn"] if bsn_voluit else mask_bsn(patient["bsn"])
    rows = [
        (_("Naam"), patient["naam"]),
        (_("Geboren"), f"{date.fromisoformat(geboren):%d-%m-%Y}" if geboren else ""),
        (_("Adres"), patient["adres"]),
        (_("Woonplaats"), f"{patient['postcode']}  {patient['woonplaats']}".strip()),
        (_("Telefoon"), format_telefoon(patient["telefoon"]) if patient["telefoon"] else ""),
        (_("BSN"), bsn or _("niet bekend: %s") % patient["geen_bsn_reden"]),
    ]
    return [(label, text) for label, text in rows if text]


def sections(inhoud: dict) -> list[tuple[str, str]]:
    """Return the filled sections of §4.1 in their order: (heading, text)."""
    rows = [
        (_("Spoedklacht"), _complaint(inhoud)),
        (_("Bevindingen"), _findings(inhoud)),
        (_("Gebit"), "\n".join(gebit.in_words(regel) for regel in inhoud.get("gebit", []))),
        (_("Diagnose"), inhoud["diagnose"]),
        (_("Behandeling en advies"), inhoud["behandeling"]),
        (_("Niet of later behandeld"), inhoud.get("uitstel_grond", "")),
        (_("Andere dringende bevinding"), _other_finding(inhoud)),
        (_("Verwijzing"), _referral(inhoud)),
        (_("Vervolg"), _follow_up(inhoud)),
        (_("Advies over een eigen tandarts"), _own_dentist_advice(inhoud)),
        (_("Overige gegevens"), inhoud["overig"]),
        (_("Verklaring van de patiënt"), _statements(inhoud)),
        (_("Tariefcodes"), _tariffs(inhoud)),
        (_("Bijlagen"), _attachments(inhoud)),
    ]
    return [(heading, text) for heading, text in rows if text]


def _complaint(inhoud: dict) -> str:
    moment = _moment(inhoud["oproep"]["moment"])
    seen = _("De patiënt is gezien.") if inhoud["gezien"] else _("De patiënt is alleen gesproken.")
    return "\n".join([_("Gemeld op %s.") % moment + " " + seen, inhoud["spoedklacht"]])


def _findings(inhoud: dict) -> str:
    made = _("Er is een röntgenopname gemaakt.") if inhoud.get("rontgen_gemaakt") else ""
    return "\n".join(filter(None, [inhoud["bevindingen"], made]))


def _other_finding(inhoud: dict) -> str:
    text = inhoud.get("nevenbevinding", "")
    if not text or not inhoud["nevenbevinding_gemeld"]:
        return text
    return text + "\n" + _("De patiënt weet dit en kreeg het advies.")


def _tariffs(inhoud: dict) -> str:
    """The codes in words; as they were typed when the kring had no table."""
    rows = inhoud.get("tarieven", [])
    if not rows:
        return inhoud["tariefcodes"]
    return "\n".join(
        " ".join(
            filter(
                None,
                [
                    row["code"],
                    row["omschrijving"],
                    row["element"] and _("(element %s)") % row["element"],
                ],
            )
        )
        for row in rows
    )


def _referral(inhoud: dict) -> str:
    if not inhoud["verwijzing"]:
        return ""
    return _("Naar %(wie)s. Reden: %(reden)s") % {
        "wie": inhoud["verwijzing_tekst"],
        "reden": inhoud["verwijzing_reden"],
    }


def _follow_up(inhoud: dict) -> str:
    if not inhoud["vervolg"]:
        return ""
    return inhoud["vervolg"] + "\n" + _("Termijn: %s") % inhoud["vervolg_termijn"]


def _own_dentist_advice(inhoud: dict) -> str:
    if not inhoud["advies_eigen_tandarts"]:
        return ""
    return _(
        "De patiënt kreeg het dringende advies om zo snel mogelijk een eigen tandarts te zoeken."
    )


def _statements(inhoud: dict) -> str:
    """The own words of the patient, each with its day (BW 7:454 lid 2)."""
    return "\n".join(
        f"{date.fromisoformat(row['gegeven_op']):%d-%m-%Y}: {row['tekst']}"
        for row in inhoud.get("verklaringen", [])
    )


def _attachments(inhoud: dict) -> str:
    """One line each, with the start of its fingerprint: enough to tell which file is meant."""
    lines = []
    for row in inhoud.get("bijlagen", []):
        name = row["omschrijving"] or row["naam"]
        fingerprint = row["sha256"][:16]
        lines.append(
            f"{row['nummer']}. {name} ({kind_in_words(row)}, {filesizeformat(row['grootte'])}, "
            f"sha256 {fingerprint}…)"
        )
    return "\n".join(lines)


def kind_in_words(row: dict) -> str:
    """Return what a signed attachment shows: "röntgenfoto", "foto" or "document"."""
    return str(Bijlage.Soort(row.get("soort") or kind_by_file(row["mimetype"])).label)


def attachment_filename(bijlage: Bijlage) -> str:
    """Return a name for the download; what its sender called it may name the patient."""
    return _("bijlage-%(oproep)s-%(nummer)s.%(uitgang)s") % {
        "oproep": bijlage.verslag.oproep.nummer,
        "nummer": bijlage.nummer,
        "uitgang": UITGANG[bijlage.mimetype],
    }


def thumbnail_of(bijlage: Bijlage) -> str:
    """Return the small picture as a data: address; empty for a PDF and in quarantine."""
    if not (bijlage.is_beeld and bijlage.is_leesbaar):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(bijlage.miniatuur).decode()}"


def mask_phone(nummer: str) -> str:
    """Return `06-•••••678`: enough to know which phone, too little to learn the number."""
    text = format_telefoon(nummer)
    prefix, dash, rest = text.rpartition("-")
    if not dash:
        prefix, rest = "", text.replace(" ", "")
    return f"{prefix}{dash}{'•' * max(len(rest) - 3, 0)}{rest[-3:]}"
