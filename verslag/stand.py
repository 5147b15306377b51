"""Where a report and its handover stand, in words, colour and icon."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kern.models import Zending
from kern.weergave import format_moment
from verslag.models import Overdracht, Verslag


@dataclass(frozen=True)
class Stand:
    """One status: `soort` and `icoon` are those of the pil."""

    code: str
    soort: str
    icoon: str
    tekst: str
    uitleg: str = ""


def stand_of_overdracht(overdracht: Overdracht, *, nu: datetime) -> Stand:
    """Return the status of one recipient (NTA 7516: the sender sees what became of it)."""
    if overdracht.ingetrokken_op:
        return _withdrawn(overdracht)
    if overdracht.is_op_hand:
        return _stand_by_hand(overdracht)
    if overdracht.is_mail:
        return _not_sent(overdracht) or _sent_as_mail(overdracht)
    return _stand_of_pickup(overdracht, nu=nu)


def _withdrawn(overdracht: Overdracht) -> Stand:
    tekst = _("Ingetrokken op %s") % format_moment(overdracht.ingetrokken_op)
    if overdracht.is_mail and overdracht.bericht.status == Zending.Status.VERZONDEN:
        # Whoever sent it stood still meanwhile, and went on. What is true is shown.
        uitleg = _("De mail was al onderweg en is toch aangekomen op %s. Bel de praktijk.")
        moment = format_moment(overdracht.bericht.verzonden_op)
        return Stand("ingetrokken", "rood", "let-op", tekst, uitleg % moment)
    return Stand("ingetrokken", "grijs", "sluiten", tekst, _was_opened(overdracht))


def _stand_by_hand(overdracht: Overdracht) -> Stand:
    if overdracht.overhandigd_op:
        moment = format_moment(overdracht.overhandigd_op)
        return Stand("overhandigd", "groen", "gelukt", _("Overhandigd op %s") % moment)
    uitleg = _("Druk de brief af, geef of stuur hem, en leg dat hier vast.")
    return Stand("op_hand", "amber", "let-op", _("Nog te overhandigen"), uitleg)


def _sent_as_mail(overdracht: Overdracht) -> Stand:
    uitleg = _("Het verslag zit zelf in de mail, alleen voor deze ontvanger te lezen.")
    if overdracht.kanaal == Overdracht.Kanaal.NTA:
        uitleg = _("Het verslag ging langs de dienst voor veilige mail.")
    moment = format_moment(overdracht.bericht.verzonden_op)
    return Stand("afgeleverd", "groen", "gelukt", _("Afgeleverd op %s") % moment, uitleg)


def _stand_of_pickup(overdracht: Overdracht, *, nu: datetime) -> Stand:
    if overdracht.opgehaald_op:
        moment = format_moment(overdracht.opgehaald_op)
        return Stand(
            "opgehaald", "groen", "gelukt", _("Opgehaald op %s") % moment, _taken(overdracht)
        )
    if overdracht.verloopt_op <= nu:
        uitleg = _("De link werkte tot %s. Verstuur het verslag opnieuw.") % format_moment(
            overdracht.verloopt_op
        )
        return Stand("verlopen", "rood", "wachten", _("Verlopen, niet opgehaald"), uitleg)
    return _not_sent(overdracht) or _notice_sent(overdracht)


def _taken(overdracht: Overdracht) -> str:
    if not overdracht.gedownload_op:
        return _("Gelezen, nog niet gedownload.")
    return _("Gedownload op %s.") % format_moment(overdracht.gedownload_op)


def _notice_sent(overdracht: Overdracht) -> Stand:
    moment = format_moment(overdracht.bericht.verzonden_op)
    uitleg = _("Bericht verzonden op %s. Nog niet opgehaald.") % moment
    return Stand("verzonden", "blauw", "verzenden", _("Verzonden"), uitleg)


def _was_opened(overdracht: Overdracht) -> str:
    if not overdracht.opgehaald_op:
        return ""
    return _("Was al opgehaald op %s.") % format_moment(overdracht.opgehaald_op)


def _not_sent(overdracht: Overdracht) -> Stand | None:
    """Return the status of a message that is still in the outbox; None once it was accepted."""
    bericht = overdracht.bericht
    if bericht.status == Zending.Status.MISLUKT:
        uitleg = _("Reden: %s. Controleer het e-mailadres en verstuur opnieuw.") % bericht.fout
        return Stand("mislukt", "rood", "let-op", _("Mislukt"), uitleg)
    if bericht.status == Zending.Status.VERZONDEN:
        return None
    if bericht.status == Zending.Status.INGETROKKEN:
        uitleg = _("Iemand hield het bericht tegen. Verstuur het verslag opnieuw.")
        return Stand("tegengehouden", "rood", "let-op", _("Niet verstuurd"), uitleg)
    uitleg = ""
    if bericht.fout:
        uitleg = _("Nog niet gelukt: %s. We proberen het vanzelf opnieuw.") % bericht.fout
    return Stand("klaar", "amber", "wachten", _("Staat klaar om te versturen"), uitleg)


def stand_of_verslag(verslag: Verslag | None, *, nu: datetime) -> Stand:
    """Return the status of a report as the list shows it."""
    if verslag is None:
        return Stand("geen", "rood", "potlood", _("Nog geen verslag"))
    versies = list(verslag.versies.all())
    if not versies:
        return Stand("concept", "amber", "potlood", _("Concept"))
    if verslag.is_concept:
        return Stand("correctie", "amber", "potlood", _("Verbetering niet getekend"))
    overdrachten = [row for row in versies[-1].overdrachten.all() if not row.ingetrokken_op]
    if overdrachten:
        return stand_of_overdracht(overdrachten[-1], nu=nu)
    if versies[-1].inhoud["patient"]["heeft_eigen_tandarts"] == "ja":
        return Stand("niet_verstuurd", "rood", "let-op", _("Getekend, nog niet verstuurd"))
    return Stand(
        "geen_ontvanger", "groen", "gelukt", _("Getekend, geen eigen tandarts: niets verstuurd")
    )
