"""Roles and logins: who may work in the kring, and how a new person gets in.

States of a lidmaatschap: `uitgenodigd` (the person has no password yet) becomes `actief` when the
person sets a password through the activation link; `beeindigd` closes the door at the very next
request, because every request reads the memberships anew.
"""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.tenancy import kring_context
from kern.toegang import Rol
from kern.weigering import refusing
from kring.aanmeldingen import end_sessions
from kring.models import Deelnemer, Gebruiker, Kring, Lidmaatschap

Status = Lidmaatschap.Status

LINK_GELDIG = 24 * 3600
"""Seconds: whoever was just given a role looks at the mail within a day."""

_GEWOON = frozenset({Rol.TRIAGE, Rol.TANDARTS, Rol.COORDINATOR, Rol.VERTEGENWOORDIGER})
# The coordinator must not read the access log: whoever could appoint an FG could.
GEEFT: dict[str, frozenset[str]] = {
    Rol.COORDINATOR: _GEWOON,
    Rol.BEHEERDER: _GEWOON | {Rol.BEHEERDER, Rol.FG},
    "systeem": _GEWOON | {Rol.BEHEERDER, Rol.FG},
}


class ActivatieToken(PasswordResetTokenGenerator):
    """Signed, and single use: it contains the state of the password that it will change."""

    key_salt = "kring.rollen.ActivatieToken"

    def check_token(self, user: Gebruiker | None, token: str | None) -> bool:
        """Accept for a day, whatever the general setting for reset links says."""
        if not token or not super().check_token(user, token):
            return False
        made = int(token.split("-")[0], 36)
        return self._num_seconds(self._now()) - made <= LINK_GELDIG


activatie_token = ActivatieToken()


def may_give(by: Actor) -> frozenset[str]:
    """Return the roles that this actor may give and end."""
    return frozenset().union(*(GEEFT.get(rol, frozenset()) for rol in by.rollen))


@transaction.atomic
def give_rol(
    *,
    kring_id: int,
    email: str,
    naam: str,
    rol: str,
    by: Actor,
    deelnemer: Deelnemer | None = None,
) -> Lidmaatschap:
    """Give a person a role in the kring; make the account when there is none.

    A person with a password is in at once; someone new stays invited until the activation.
    """
    if rol not in may_give(by):
        raise ValidationError({"rol": _("Deze rol kun jij niet geven.")})
    if rol == Rol.VERTEGENWOORDIGER and deelnemer is None:
        raise ValidationError(
            {"deelnemer": _("Kies de praktijk die deze persoon vertegenwoordigt.")}
        )
    # One statement, so that two who invite the same person at once get the same account.
    gebruiker, _new = Gebruiker.objects.get_or_create(
        email=Gebruiker.objects.normalize_email(email).lower(),
        defaults={"naam": naam, "password": make_password(None)},
    )
    if gebruiker.pk == by.gebruiker_id:
        raise ValidationError({"email": _("Je kunt jezelf geen rol geven. Vraag een collega.")})
    row = Lidmaatschap.objects.filter(kring_id=kring_id, gebruiker=gebruiker, rol=rol).first()
    if row and row.status != Status.BEEINDIGD:
        raise ValidationError({"email": _("Deze persoon heeft deze rol al in de kring.")})
    row = row or Lidmaatschap(kring_id=kring_id, gebruiker=gebruiker, rol=rol)
    row.status = Status.ACTIEF if gebruiker.has_usable_password() else Status.UITGENODIGD
    row.deelnemer = deelnemer if rol == Rol.VERTEGENWOORDIGER else None
    velden = {"lidmaatschap_uniek": "email", "vertegenwoordiger_uniek": "deelnemer"}
    with refusing(Lidmaatschap, velden=velden):
        row.save()
    _log("rol.gegeven", "C", row, by)
    return row


@transaction.atomic
def end_lidmaatschap(lidmaatschap: Lidmaatschap, *, by: Actor) -> Lidmaatschap:
    """End a role; refuse when the kring would be left without a coordinator."""
    # All coordinators are locked in one order: two who end each other wait for one another.
    coordinators = list(
        Lidmaatschap.objects.active()
        .filter(kring_id=lidmaatschap.kring_id, rol=Rol.COORDINATOR)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    row = Lidmaatschap.objects.select_for_update(of=("self",)).get(pk=lidmaatschap.pk)
    if row.rol not in may_give(by):
        raise ValidationError(_("Deze rol kun jij niet beëindigen."))
    if row.status == Status.BEEINDIGD:
        return row
    if coordinators == [row]:
        raise ValidationError(
            _("Dit is de enige coördinator van de kring. Geef eerst iemand anders die rol.")
        )
    row.status = Status.BEEINDIGD
    row.save(update_fields=["status", "gewijzigd_op"])
    _log("rol.beeindigd", "U", row, by)
    if not any(other.status == Status.ACTIEF for other in memberships_anywhere(row.gebruiker)):
        # Each request reads the roles anew, so this door is shut already; now nothing is left.
        end_sessions(row.gebruiker)
    return row


def memberships_anywhere(gebruiker: Gebruiker) -> list[Lidmaatschap]:
    """Return the memberships of a person in all kringen, without opening those kringen."""
    with kring_context(gebruiker_id=gebruiker.pk):
        return list(Lidmaatschap.objects.filter(gebruiker=gebruiker))


def may_make_link(gebruiker: Gebruiker, *, by: Actor) -> bool:
    """Whether this actor may hand this person a link that sets the password.

    Only for an account that lives in this kring alone and holds no role above the actor's own
    reach: the link opens the account, so it must never open more than the actor could give.
    """
    living = [row for row in memberships_anywhere(gebruiker) if row.status != Status.BEEINDIGD]
    reach = may_give(by)
    return (
        gebruiker.is_active
        and gebruiker.pk != by.gebruiker_id
        and bool(living)
        and all(row.kring_id == by.kring_id and row.rol in reach for row in living)
    )


@transaction.atomic
def make_link(gebruiker: Gebruiker, *, by: Actor) -> tuple[str, str]:
    """Return the two parts (uid, token) of a one-time link; using one link kills all of them."""
    if not may_make_link(gebruiker, by=by):
        raise ValidationError(_("Voor deze persoon kun jij geen link maken. Vraag de beheerder."))
    logboek.record(
        "gebruiker.link_gemaakt", "E", by=by, object_soort="gebruiker", object_id=gebruiker.pk
    )
    return urlsafe_base64_encode(force_bytes(gebruiker.pk)), activatie_token.make_token(gebruiker)


@transaction.atomic
def send_link(gebruiker: Gebruiker, *, by: Actor) -> None:
    """Mail the one-time link to the address of the account: only its owner may open it.

    Never on the screen of whoever gives the role: with the link in hand a coordinator could invite
    someone else's address, choose the password, and wait for another kring to trust the account.
    """
    uid, token = make_link(gebruiker, by=by)
    kring = Kring.objects.get(pk=by.kring_id)
    link = settings.ADRES + reverse(
        "kring:activeren", kwargs={"kring": kring.slug, "uidb64": uid, "token": token}
    )
    outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"wachtwoordlink|{gebruiker.pk}|{secrets.token_hex(8)}",
        aan=gebruiker.email,
        onderwerp=gettext("Kies je wachtwoord voor Spoeddienst"),
        tekst=gettext(
            "Dag %(naam)s,\n\n%(kring)s heeft je een rol gegeven in Spoeddienst. Kies hier je "
            "wachtwoord:\n\n%(link)s\n\nDe link werkt één keer en 24 uur lang. Ken je deze "
            "kring niet? Doe dan niets.\n"
        )
        % {"naam": gebruiker.naam, "kring": kring.naam, "link": link},
    )


def find_by_link(uidb64: str, token: str, *, kring_id: int) -> Gebruiker | None:
    """Return whose link this is, or None for anything that is not a living link of this kring."""
    try:
        pk = int(urlsafe_base64_decode(uidb64).decode())
    except (ValueError, OverflowError):
        return None
    if not 0 < pk < 2**63:
        return None
    gebruiker = Gebruiker.objects.filter(pk=pk, is_active=True).first()
    if gebruiker is None or not activatie_token.check_token(gebruiker, token):
        return None
    rows = Lidmaatschap.objects.filter(kring_id=kring_id, gebruiker=gebruiker)
    return gebruiker if rows.exclude(status=Status.BEEINDIGD).exists() else None


@transaction.atomic
def activate(gebruiker: Gebruiker, *, token: str, password: str, by: Actor) -> list[Lidmaatschap]:
    """Set the password and turn the invitations of this person, in every kring, into roles."""
    gebruiker = Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    if not activatie_token.check_token(gebruiker, token):
        # Someone else used the link between the page and this moment.
        raise ValidationError(_("Deze link is al gebruikt of verlopen. Vraag om een nieuwe."))
    gebruiker.set_password(password)
    gebruiker.save(update_fields=["password"])
    end_sessions(gebruiker)
    rows = [row for row in memberships_anywhere(gebruiker) if row.status == Status.UITGENODIGD]
    for row in rows:
        with kring_context(row.kring_id):
            row.status = Status.ACTIEF
            row.save(update_fields=["status", "gewijzigd_op"])
            _log("rol.geactiveerd", "U", row, by)
    logboek.record(
        "gebruiker.wachtwoord_gezet",
        "U",
        by=by,
        object_soort="gebruiker",
        object_id=gebruiker.pk,
    )
    return rows


def _log(gebeurtenis: str, actie: str, row: Lidmaatschap, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="lidmaatschap",
        object_id=row.pk,
    )
