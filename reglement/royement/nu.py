"""What must happen now in a procedure, before which day, why, and who does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.tijd import to_local
from kern.weergave import format_datum
from reglement.models import Vergadering
from reglement.royement.gang import Dossier
from reglement.royementsgang import Fase
from reglement.termijnen import ROYEMENT_WEKEN

Status = Vergadering.Status


@dataclass(frozen=True)
class Nu:
    """The next thing: `uiterlijk` is the last lawful day, None where the rules give no term.

    `kring`: the coordinator or the meeting does it; otherwise the practice itself.
    """

    wat: str
    waarom: str
    uiterlijk: date | None = None
    kring: bool = True

    def is_late(self, dag: date) -> bool:
        return self.uiterlijk is not None and self.uiterlijk < dag


def next_of(dossier: Dossier, dag: date) -> Nu | None:
    """Return what must happen now; None when it is over."""
    ask = _PER_FASE.get(dossier.fase)
    return ask(dossier, dag) if ask else None


def _proposal(dossier: Dossier, dag: date) -> Nu:
    return Nu(
        _("Doe een voorstel, of laat het vervallen."),
        _("De feiten staan vast. Zonder voorstel gebeurt er niets (9.2b)."),
    )


def _call(dossier: Dossier, dag: date) -> Nu:
    if not dossier.has_stukken:
        return Nu(
            _("Voeg de stukken toe waarop het voorstel rust."),
            _("De deelnemers en de praktijk krijgen ze bij de oproep (9.2b)."),
        )
    punt = dossier.waiting_point
    if punt is None:
        return Nu(
            _("Zet het voorstel op de agenda van een vergadering."),
            _("De vergadering beslist, niet de coördinator (10.1f)."),
        )
    day = to_local(punt.vergadering.begint_op).date()
    return Nu(
        _("Verstuur de oproep voor de vergadering van %s.") % format_datum(day),
        _("Minstens drie weken van tevoren, ook aan de praktijk zelf (9.2c)."),
        day - timedelta(weeks=ROYEMENT_WEKEN),
    )


def _meeting(dossier: Dossier, dag: date) -> Nu:
    punt = dossier.announced_point
    status = punt.vergadering.status if punt else None
    if status == Status.GESLOTEN:
        return Nu(
            _("Verwerk wat de vergadering deed."),
            _("De uitslag komt uit de stemming; je typt niets over (9.2f)."),
        )
    if not dossier.stand.gehoord:
        return Nu(
            _("Hoor de praktijk, of leg vast dat zij dat niet wil."),
            _("Zonder dat mag er niet worden gestemd (9.2d)."),
            dossier.stand.vergadering,
        )
    return Nu(
        _("Breng het voorstel in stemming op de vergadering."),
        _("Het kan alleen als er genoeg deelnemers zijn (9.2e)."),
        dossier.stand.vergadering,
    )


def _second(dossier: Dossier, dag: date) -> Nu:
    punt = dossier.waiting_point
    if punt is None:
        return Nu(
            _("Beleg een tweede vergadering over hetzelfde."),
            _("Er waren te weinig deelnemers. Kondig haar minstens een week vooraf aan (9.2e)."),
        )
    day = to_local(punt.vergadering.begint_op).date()
    return Nu(
        _("Verstuur de oproep voor de tweede vergadering van %s.") % format_datum(day),
        _("Minstens een week van tevoren (9.2e)."),
        day - timedelta(weeks=1),
    )


def _carried(dossier: Dossier, dag: date) -> Nu | None:
    if not dossier.stand.uitslag_gemeld:
        return _result(dossier, dag)
    return Nu(
        _("Neem het besluit en schrijf de redenen op."),
        _("De praktijk krijgt het besluit op schrift, met de redenen (9.2g)."),
    )


def _result(dossier: Dossier, dag: date) -> Nu | None:
    if dossier.stand.uitslag_gemeld:
        return None
    return Nu(
        _("Deel de uitslag mee aan wie aanwezig is."),
        _("Dat komt vóór het besluit (9.2g)."),
        dossier.stand.vergadering,
    )


def _conditional(dossier: Dossier, dag: date) -> Nu:
    einde = dossier.termijn_einde
    if einde and dag < einde:
        return Nu(
            _("De praktijk werkt aan de voorwaarden."),
            _("Zij heeft de tijd tot en met %s en mag eerder laten zien dat zij voldoet (9.2j).")
            % format_datum(einde),
            einde,
            kring=False,
        )
    return Nu(
        _("Geef de praktijk de gelegenheid om te laten zien dat zij voldoet."),
        _("De termijn is voorbij. De vergadering komt binnen vier weken daarna (9.2j, 9.2k)."),
        einde + timedelta(weeks=4) if einde else None,
    )


def _within_four_weeks(dossier: Dossier, dag: date) -> Nu:
    what = _("Houd een vergadering over deze vraag.")
    if dossier.waiting_point and dossier.waiting_point.vergadering.status == Status.GESLOTEN:
        what = _("Verwerk het besluit van de vergadering.")
    return Nu(what, dossier.stand.waarom, dossier.stand.uiterlijk)


def _expelled(dossier: Dossier, dag: date) -> Nu:
    return Nu(
        _("De praktijk mag vragen om weer mee te doen."),
        _("Daar is geen wachttijd voor (9.2i). Kan zij nergens anders terecht: eenzijdig (9.2l)."),
        kring=False,
    )


_PER_FASE: dict[Fase, Callable[[Dossier, date], Nu | None]] = {
    Fase.VASTGESTELD: _proposal,
    Fase.VOORGESTELD: _call,
    Fase.AANGEKONDIGD: _meeting,
    Fase.GEHOORD: _meeting,
    Fase.TWEEDE: _second,
    Fase.AANGENOMEN: _carried,
    Fase.VERWORPEN: _result,
    Fase.VOORWAARDELIJK: _conditional,
    Fase.TOETS: _within_four_weeks,
    Fase.HERTOELATING: _within_four_weeks,
    Fase.GEROYEERD: _expelled,
    Fase.EENZIJDIG: _expelled,
}

FASEN = {
    Fase.BEGIN: ("grijs", gettext_lazy("begonnen")),
    Fase.VASTGESTELD: ("blauw", gettext_lazy("feiten vastgesteld")),
    Fase.VOORGESTELD: ("blauw", gettext_lazy("voorgesteld")),
    Fase.AANGEKONDIGD: ("amber", gettext_lazy("vergadering aangekondigd")),
    Fase.GEHOORD: ("amber", gettext_lazy("gehoord, wacht op de stemming")),
    Fase.TWEEDE: ("amber", gettext_lazy("tweede vergadering nodig")),
    Fase.AANGENOMEN: ("amber", gettext_lazy("aangenomen, nog te besluiten")),
    Fase.VERWORPEN: ("groen", gettext_lazy("verworpen: blijft deelnemer")),
    Fase.VOORWAARDELIJK: ("amber", gettext_lazy("voorwaardelijk geroyeerd")),
    Fase.TOETS: ("amber", gettext_lazy("toets aan de voorwaarden")),
    Fase.HERTOELATING: ("blauw", gettext_lazy("hertoelating gevraagd")),
    Fase.GEROYEERD: ("rood", gettext_lazy("geroyeerd")),
    Fase.EENZIJDIG: ("grijs", gettext_lazy("eenzijdig toegelaten")),
    Fase.DEELNEMER: ("groen", gettext_lazy("deelnemer")),
    Fase.VERVALLEN: ("grijs", gettext_lazy("vervallen")),
}
"""Colour and words of each phase."""
