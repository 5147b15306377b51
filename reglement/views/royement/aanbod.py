"""The steps that are taken with a form, in one table: who is offered which, when, and what it does.

The name of a step is what the form sends as `doel`, and with `_form` its name in the template.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now, to_local
from reglement.actions import royement as acties
from reglement.forms import royement as forms
from reglement.models import Royementstap, Vergadering
from reglement.royement.gang import Dossier, point_for

Soort = Royementstap.Soort


@dataclass(frozen=True)
class Stap:
    """`form` makes it of the file and of what was posted, `doe` takes what it holds."""

    form: Callable[[Dossier, Any], Form]
    mag: Callable[[Dossier], bool]
    doe: Callable[..., object]
    gelukt: Promise


def _agenda_form(dossier: Dossier, posted: Any) -> Form:
    wanted = point_for(dossier)
    rows = Vergadering.objects.filter(
        kring=dossier.royement.kring_id,
        status=Vergadering.Status.CONCEPT,
        zitting=wanted.zitting if wanted else "",
    )
    return forms.AgendaForm(posted, vergaderingen=rows.order_by("begint_op"))


def _may_show_late(dossier: Dossier) -> bool:
    """Before the end of the term only the practice itself may say so (9.2j)."""
    return dossier.may(Soort.AANTONEN) and dossier.termijn_einde <= today_here()


def today_here():
    return to_local(db_now()).date()


LEIDER: dict[str, Stap] = {
    "voorstel": Stap(
        lambda dossier, posted: forms.VoorstelForm(posted, grond=dossier.royement.grond),
        lambda dossier: dossier.may(Soort.VOORSTELLEN),
        acties.propose,
        _("Het voorstel staat vast. Voeg nu de stukken toe."),
    ),
    "agenda": Stap(
        _agenda_form,
        lambda dossier: bool(point_for(dossier)) and dossier.waiting_point is None,
        acties.put_on_agenda,
        _("Het staat op de agenda. Verstuur daar de oproep."),
    ),
    "hoor": Stap(
        lambda _dossier, posted: forms.HoorForm(posted),
        lambda dossier: dossier.may(Soort.HOREN),
        acties.hear,
        _("Het horen is vastgelegd. Er mag nu worden gestemd."),
    ),
    "uitslag": Stap(
        lambda _dossier, posted: forms.UitslagForm(posted),
        lambda dossier: dossier.may(Soort.UITSLAG),
        acties.tell_result,
        _("Vastgelegd dat de uitslag is meegedeeld."),
    ),
    "aantoon": Stap(
        lambda _dossier, posted: forms.AantoonForm(posted),
        _may_show_late,
        acties.show,
        _("Vastgelegd. De vergadering komt binnen vier weken (9.2k)."),
    ),
    "hertoelating": Stap(
        lambda _dossier, posted: forms.HertoelatingForm(posted),
        lambda dossier: dossier.may(Soort.HERTOELATING),
        acties.ask_readmission,
        _("Het verzoek is genoteerd. De vergadering komt binnen vier weken (9.2k)."),
    ),
    "verval": Stap(
        lambda _dossier, posted: forms.VervalForm(posted),
        lambda dossier: dossier.may(Soort.VERVALLEN),
        acties.lapse,
        _("De procedure is gestopt."),
    ),
}
EIGEN: dict[str, Stap] = {
    "zienswijze": Stap(
        lambda _dossier, posted: forms.ZienswijzeForm(posted),
        lambda dossier: dossier.is_open,
        acties.react,
        _("Jouw kant staat in het dossier."),
    ),
    "aantoon": Stap(
        lambda _dossier, posted: forms.AantoonForm(posted),
        lambda dossier: dossier.may(Soort.AANTONEN),
        acties.show,
        _("De kring weet dat je voldoet. Er komt binnen vier weken een vergadering (9.2k)."),
    ),
    "hertoelating": Stap(
        lambda _dossier, posted: forms.HertoelatingForm(posted),
        lambda dossier: dossier.may(Soort.HERTOELATING),
        acties.ask_readmission,
        _("Je verzoek is binnen. Er komt binnen vier weken een vergadering (9.2k)."),
    ),
}


def offered(dossier: Dossier, stappen: dict[str, Stap]) -> dict[str, Form]:
    """Return an empty form for each of these steps that may be taken now."""
    return {
        f"{doel}_form": stap.form(dossier, None)
        for doel, stap in stappen.items()
        if stap.mag(dossier)
    }
