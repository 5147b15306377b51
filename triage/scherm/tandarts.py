"""The duty card: whose phone rings now, what was tried, what the messages did; and the decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from bereikbaarheid.stand import startstand
from kern.models import Logregel, Zending
from kern.tijd import to_local
from kring.models import Tandarts
from rooster.wacht import Dienstkaart, duty_card
from triage import protocol, tandartsbesluit
from triage.contact import CONTACT, Bereik, reach
from triage.forms import BesluitForm, ContactpogingForm, VergissingForm
from triage.lezing import reading_of
from triage.models import Contactpoging, Oproep, Tandartsbericht, Tandartsbesluit

# An appointment is offered at a round time, a little ahead of now.
_AANLOOP, _STAP = timedelta(minutes=20), 5


@dataclass(frozen=True)
class Beurt:
    """Whose phone rings now, with the way to reach them; the coordinator is no dentist."""

    rol: str  # dienstdoende | achterwacht | coordinator
    tandarts: Tandarts | None
    telefoon: str
    noemen: bool


@dataclass(frozen=True)
class Berichtstand:
    """What became of a message: the newest thing that is known of it, in words."""

    bericht: Tandartsbericht
    staat: str  # doorgegeven | bevestigd | geopend | verzonden | klaar | mislukt
    tekst: str
    kleur: str
    moment: datetime


def duty_part(oproep: Oproep, nu: datetime, **forms_) -> dict:
    """Return what the duty card and the decision show; bound forms replace fresh ones."""
    kaart = duty_card(nu, kring_id=oproep.kring_id)
    pogingen = list(
        oproep.contactpogingen.select_related("tandarts", "door", "vergissing").order_by(
            "moment", "pk"
        )
    )
    bereik = reach(
        [(p.rol, p.resultaat, p.moment, p.naar_rol) for p in pogingen if not p.is_vergissing],
        nu,
        reading_of(oproep).instellingen,
        sinds=kaart.nu.begin if kaart.nu else None,
    )
    return {
        "kaart": kaart,
        "bereik": bereik,
        "beurt": turn(oproep, kaart, bereik, pogingen),
        "pogingen": pogingen,
        "berichten": messages_of(oproep),
        "startcontrole": startstand(nu, oproep.kring_id),
        "formulier": uuid4().hex,
        "poging_form": forms_.get("poging") or ContactpogingForm(),
        "vergissing_form": forms_.get("vergissing") or VergissingForm(),
        "besluit_form": forms_.get("besluit") or besluit_form(oproep, nu),
        "tandartsbesluit": _newest_decision(oproep),
        "vraagt_reden": oproep.contact == Oproep.Contact.AANBEVOLEN and not bereik.gesproken,
        "tandarts_wacht": oproep.contact == Oproep.Contact.VERPLICHT and not bereik.gesproken,
        "vraagt_gronden": asks_grounds(oproep),
        "te_laat": tandartsbesluit.is_later(oproep.afspraak_om, oproep.zien_voor),
    }


def turn(
    oproep: Oproep, kaart: Dienstkaart, bereik: Bereik, pogingen: list[Contactpoging]
) -> Beurt:
    """Return who was spoken to, else whose turn it is; without a backup the coordinator's."""
    # T-19: the dentist stays anonymous to the caller until there is an appointment.
    noemen = oproep.afspraak_om is not None
    if bereik.gesproken and oproep.behandelaar:
        rol = next(
            (p.rol for p in reversed(pogingen) if p.resultaat in CONTACT and not p.is_vergissing),
            bereik.laatste_rol,
        )
        return Beurt(rol, oproep.behandelaar, oproep.behandelaar.telefoon, noemen)
    on_duty = {"dienstdoende": kaart.dienstdoende, "achterwacht": kaart.achterwacht}
    tandarts = on_duty.get(bereik.rol)
    if tandarts is None:
        return Beurt("coordinator", None, oproep.kring.telefoon_coordinator, noemen)
    return Beurt(bereik.rol, tandarts, tandarts.telefoon, noemen)


def messages_of(oproep: Oproep) -> list[Berichtstand]:
    """Return the messages about this call, the newest last, each with what became of it."""
    rows = list(
        oproep.tandartsberichten.filter(vervangen_op__isnull=True).select_related(
            "tandarts", "sms", "mail"
        )
    )
    if not rows:
        return []
    opened = dict(
        Logregel.objects.filter(
            kring_id=oproep.kring_id,
            gebeurtenis="bericht.geopend",
            object_id__in=[str(row.pk) for row in rows],
            # The lines about a message name no patient: they have an index of their own.
            patient_id__isnull=True,
        )
        .order_by("-tijdstip")
        .values_list("object_id", "tijdstip")
    )
    return [_state(row, opened.get(str(row.pk))) for row in rows]


def _state(bericht: Tandartsbericht, geopend_op: datetime | None) -> Berichtstand:
    if bericht.doorgegeven_op:
        return Berichtstand(
            bericht,
            "doorgegeven",
            _("doorgegeven: %(reden)s")
            % {"reden": bericht.doorgeef_toelichting or bericht.get_doorgeefreden_display()},
            "amber",
            bericht.doorgegeven_op,
        )
    if bericht.bevestigd_op:
        return Berichtstand(bericht, "bevestigd", _("bevestigd"), "groen", bericht.bevestigd_op)
    if geopend_op:
        return Berichtstand(bericht, "geopend", _("geopend"), "blauw", geopend_op)
    sent = [z for z in (bericht.sms, bericht.mail) if z is not None]
    arrived = [z for z in sent if z.status == Zending.Status.VERZONDEN]
    if arrived:
        return Berichtstand(
            bericht, "verzonden", _("verzonden"), "grijs", min(z.verzonden_op for z in arrived)
        )
    if sent and all(z.status == Zending.Status.MISLUKT for z in sent):
        return Berichtstand(
            bericht, "mislukt", _("niet verzonden: bel"), "rood", bericht.verstuurd_op
        )
    return Berichtstand(bericht, "klaar", _("wordt verzonden"), "grijs", bericht.verstuurd_op)


def _newest_decision(oproep: Oproep) -> Tandartsbesluit | None:
    if not oproep.besluit:
        return None
    return oproep.tandartsbesluiten.select_related("tandarts", "door").last()


def asks_grounds(oproep: Oproep) -> bool:
    """Whether a decision not to see this patient needs weighty grounds."""
    rules = {regel["id"] for regel in oproep.uitkomst.get("regels", [])}
    return tandartsbesluit.needs_grounds(rules, Oproep.Besluit.UITSTEL)


def besluit_form(oproep: Oproep, nu: datetime) -> BesluitForm:
    """Return the decision form with the stored values, or a round time shortly ahead.

    "Komt langs" stands ready where the protocol proposes it: the dentist decides, she confirms.
    """
    proposed = oproep.uitkomst.get("moet_gezien") == protocol.MoetGezien.JA
    return BesluitForm(
        oproep=oproep,
        initial={
            "besluit": oproep.besluit or (Oproep.Besluit.ZIEN if proposed else ""),
            "toelichting": oproep.besluit_toelichting,
            "zwaarwegende_gronden": oproep.zwaarwegende_gronden,
            "moment": oproep.afspraak_om or round_up(_begin(oproep, nu) + _AANLOOP),
            "betaling_gemeld": oproep.betaling_gemeld,
        },
    )


def _begin(oproep: Oproep, nu: datetime) -> datetime:
    return oproep.aangenomen_op if oproep.is_nagevoerd else nu


def round_up(moment: datetime) -> datetime:
    """Return the next whole five minutes on the wall clock."""
    local = to_local(moment).replace(second=0, microsecond=0)
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=-local.minute % _STAP)
