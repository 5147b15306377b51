"""Letters about the rules: the whole text when adopted (10.7), a request to sign, a clock."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.tijd import db_now, to_local
from kern.weergave import format_datum
from kring.models import Deelnemer, Gebruiker
from reglement.inhoud.vastleggen import plain_text
from reglement.kiesregister import members_on
from reglement.models import Reglementversie
from reglement.versies.tekenstand import Tekenstand


def write_adopted(versie: Reglementversie) -> int:
    """Send the whole text to every deelnemer; return to how many practices.

    In the mail itself, because a practice without a vertegenwoordiger cannot log in. The rules
    hold nothing about patients.
    """
    tekst = _(
        "Dag %(naam)s,\n\nVersie %(nummer)s van het reglement van %(kring)s geldt vanaf %(dag)s. "
        "De hele tekst staat hieronder. Hier zie je ook wat er veranderde, en kun je tekenen "
        "voor je praktijk:\n\n%(link)s\n\n%(tekst)s"
    )
    leden = members_on(versie.kring_id, to_local(db_now()).date())
    for lid in leden:
        _send(
            versie,
            lid.deelnemer,
            lid.vertegenwoordiger,
            sleutel="verzonden",
            onderwerp=_("Reglement %(kring)s, versie %(nummer)s"),
            tekst=tekst,
            extra={"tekst": plain_text(versie.inhoud, versie.nummer or 0)},
        )
    return len(leden)


def write_reminder(versie: Reglementversie, stand: Tekenstand, dag: date) -> int:
    """Ask every vertegenwoordiger who did not sign; return how many were asked."""
    asked = [lid for lid in stand.ontbreken if lid.vertegenwoordiger]
    for lid in asked:
        _send(
            versie,
            lid.deelnemer,
            lid.vertegenwoordiger,
            sleutel=f"tekenen|{dag}",
            onderwerp=_("Wil je het reglement van %(kring)s ondertekenen?"),
            tekst=_(
                "Dag %(naam)s,\n\nVoor %(praktijk)s is versie %(nummer)s van het reglement nog "
                "niet ondertekend. Lees de tekst en teken hier (art. 3):\n\n%(link)s\n"
            ),
        )
    return len(asked)


def write_clock(
    versie: Reglementversie, gebruiker: Gebruiker, uiterlijk: date, *, verwerken: bool, dag: date
) -> None:
    """Tell a coordinator that one of the two terms of 10.7 runs out, or ran out."""
    wat = (
        _("Het besluit over het reglement is nog niet verwerkt. Dat moet uiterlijk %(uiterlijk)s.")
        if verwerken
        else _(
            "Het nieuwe reglement is nog niet aan alle deelnemers gestuurd. Dat moet uiterlijk "
            "%(uiterlijk)s."
        )
    )
    values = {
        "naam": gebruiker.naam,
        "wat": wat % {"uiterlijk": format_datum(uiterlijk)},
        "link": link_to(versie),
    }
    outbox.enqueue_mail(
        kring_id=versie.kring_id,
        sleutel=f"reglementklok|{versie.pk}|{dag}|{gebruiker.pk}",
        aan=gebruiker.email,
        onderwerp=_("Reglement %(kring)s: er loopt een termijn af (art. 10.7)")
        % {"kring": versie.kring.naam},
        tekst=_("Dag %(naam)s,\n\n%(wat)s\n\n%(link)s\n") % values,
    )


def link_to(versie: Reglementversie) -> str:
    """Return the address of the page of a version, as it stands in a mail."""
    values = {"kring": versie.kring.slug, "reglementversie": versie.pk}
    return settings.ADRES + reverse("reglement:versie", kwargs=values)


def _send(
    versie: Reglementversie,
    deelnemer: Deelnemer,
    gebruiker: Gebruiker | None,
    *,
    sleutel: str,
    onderwerp: str,
    tekst: str,
    extra: dict[str, str] | None = None,
) -> None:
    values = {
        "naam": gebruiker.naam if gebruiker else deelnemer.naam,
        "praktijk": deelnemer.naam,
        "kring": versie.kring.naam,
        "nummer": versie.nummer,
        "dag": format_datum(versie.geldig_vanaf) if versie.geldig_vanaf else "",
        "link": link_to(versie),
    }
    outbox.enqueue_mail(
        kring_id=versie.kring_id,
        sleutel=f"reglement|{versie.pk}|{sleutel}|{deelnemer.pk}",
        aan=gebruiker.email if gebruiker else deelnemer.email,
        onderwerp=onderwerp % values,
        tekst=tekst % (values | (extra or {})),
    )
