"""What the deelnemers get in the mail about a roster: a notice with a link, one a person.

Whoever represents two practices, or represents one and serves as well, gets one letter.
"""

import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.models import Deelnemer, Lidmaatschap, Tandarts
from rooster.models import Roosterversie


def write_proposed(versie: Roosterversie) -> None:
    """Ask every practice for its answer."""
    _send(
        versie,
        _represent(versie.kring_id),
        _("Rooster %(periode)s: wil je reageren?"),
        _(
            "Dag %(naam)s,\n\nHet voorstel voor het rooster %(periode)s ligt klaar "
            "(%(kring)s). Kijk wanneer jouw praktijk dienst heeft, en laat uiterlijk %(tot)s "
            "weten of het akkoord is:\n\n%(link)s\n\nWie voor die dag niets laat weten, "
            "gaat akkoord.\n"
        ),
    )


def write_withdrawn(versie: Roosterversie) -> None:
    """Tell that the proposal is off the table."""
    _send(
        versie,
        _represent(versie.kring_id),
        _("Rooster %(periode)s: het voorstel is ingetrokken"),
        _(
            "Dag %(naam)s,\n\nHet voorstel voor het rooster %(periode)s (%(kring)s) is "
            "ingetrokken:\n\n%(reden)s\n\nJe hoeft er niet meer op te reageren. Er volgt een "
            "nieuw voorstel.\n"
        ),
    )


def write_adopted(versie: Roosterversie) -> None:
    """Send the adopted roster to everybody who takes part (MR art. 4.2)."""
    serving = {plek.tandarts for rij in versie.rijen for plek in rij.plekken.values()}
    dentists = Tandarts.objects.filter(
        kring_id=versie.kring_id, pk__in=serving, gebruiker__is_active=True
    )
    everybody = _represent(versie.kring_id)
    everybody |= dict(dentists.values_list("gebruiker__email", "gebruiker__naam"))
    _send(
        versie,
        everybody,
        _("Rooster %(periode)s is vastgesteld"),
        _(
            "Dag %(naam)s,\n\nHet rooster %(periode)s (%(kring)s) is vastgesteld. Je diensten "
            "staan hier:\n\n%(rooster)s\n\nZet ze meteen in je agenda, of neem een agendalink. "
            "Kun je een dienst niet doen, ruil dan op tijd.\n\nWat er besloten is, staat "
            "hier:\n\n%(link)s\n"
        ),
    )


def _represent(kring_id: int) -> dict[str, str]:
    """Return names by address: who speaks for each practice, or the practice's own address."""
    rows = Lidmaatschap.objects.active().filter(
        kring_id=kring_id, rol=Rol.VERTEGENWOORDIGER, deelnemer__actief=True
    )
    people = list(rows.values_list("deelnemer_id", "gebruiker__email", "gebruiker__naam"))
    spoken_for = {deelnemer for deelnemer, *_rest in people}
    silent = Deelnemer.objects.filter(kring_id=kring_id, actief=True).exclude(pk__in=spoken_for)
    return dict(silent.values_list("email", "naam")) | {email: naam for _pk, email, naam in people}


def _send(versie: Roosterversie, people: dict[str, str], onderwerp: str, tekst: str) -> None:
    kring = versie.kring
    links = {
        "link": reverse("rooster:versie", kwargs={"kring": kring.slug, "roosterversie": versie.pk}),
        "rooster": f"{reverse('rooster:maand', kwargs={'kring': kring.slug})}"
        f"?maand={versie.periode.eerste_dag:%Y-%m}",
    }
    values = {name: settings.ADRES + path for name, path in links.items()}
    values |= {
        "periode": versie.periode.naam,
        "kring": kring.naam,
        "tot": format_datum(versie.reageren_tot),
        "reden": versie.reden,
    }
    for email, naam in sorted(people.items()):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            # The key is kept in the open, so no address in it.
            sleutel=f"rooster|{versie.pk}|{versie.status}|{_mark(email)}",
            aan=email,
            onderwerp=onderwerp % values,
            tekst=tekst % (values | {"naam": naam}),
        )


def _mark(email: str) -> str:
    return hashlib.sha256(email.lower().encode()).hexdigest()[:16]
