"""The letters around a swap: who is asked, who is told. Through the outbox, one for each cause."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.toegang import Rol
from kern.weergave import format_moment, format_telefoon, format_tijd
from kring.models import Gebruiker, Kring, Lidmaatschap, Tandarts
from rooster.models import Dienst, Dienstplaats, Ruilaanbod, Ruilverzoek

Rolnaam = Dienstplaats.Rol


def duty_words(dienst: Dienst, rol: str) -> str:
    """Return e.g. "achterwacht van di 1 dec 17:00 tot wo 2 dec 08:00"."""
    return _("%(rol)s van %(begin)s tot %(einde)s") % {
        "rol": Rolnaam(rol).label,
        "begin": format_moment(dienst.begin),
        "einde": format_moment(dienst.einde),
    }


def ask(verzoek: Ruilverzoek, aanbiedingen: Iterable[Ruilaanbod]) -> None:
    """Ask these colleagues; who is asked for several swaps gets one mail."""
    kring = Kring.objects.get(pk=verzoek.kring_id)
    asked: dict[object, Ruilaanbod] = {}
    for aanbod in aanbiedingen:
        asked.setdefault(aanbod.tandarts_id, aanbod)
    people = Tandarts.objects.select_related("gebruiker", "deelnemer").in_bulk(list(asked))
    for tandarts_id, aanbod in asked.items():
        tandarts = people[tandarts_id]
        words = {
            "kring": kring.naam,
            "naam": tandarts.naam,
            "wie": verzoek.tandarts.naam,
            "dienst": duty_words(verzoek.dienst, verzoek.rol),
            "uiterlijk": format_moment(verzoek.uiterlijk_op),
            "link": _link(kring, "ruilaanbod", ruilaanbod=aanbod.pk),
        }
        if verzoek.soort == Ruilverzoek.Soort.UITVAL:
            outbox.enqueue_sms(
                kring_id=kring.pk,
                sleutel=f"ruilaanbod|{aanbod.pk}|sms",
                telefoon=tandarts.telefoon,
                tekst=_("%(kring)s: %(wie)s valt uit. Kun jij invallen? %(link)s") % words,
            )
            onderwerp = _("Kun jij invallen?")
        elif verzoek.soort == Ruilverzoek.Soort.RUIL:
            onderwerp = _("%(wie)s wil met je ruilen") % words
        else:
            onderwerp = _("Kun jij een dienst overnemen?")
        _mail(
            kring,
            tandarts,
            f"ruilaanbod|{aanbod.pk}",
            onderwerp,
            _(
                "Dag %(naam)s,\n\n%(wie)s zoekt iemand voor: %(dienst)s.\n\nBekijk het en zeg ja "
                "of nee:\n\n%(link)s\n\nAntwoord uiterlijk %(uiterlijk)s. Wie het eerst ja zegt, "
                "heeft de dienst. Zeg je niets, dan verandert er voor jou niets.\n"
            )
            % words,
        )


def tell_done(verzoek: Ruilverzoek, aanbod: Ruilaanbod) -> None:
    """Tell the asker and the coordinators that places changed hands."""
    kring = Kring.objects.get(pk=verzoek.kring_id)
    words = {
        "wie": aanbod.tandarts.naam,
        "eerst": verzoek.tandarts.naam,
        "dienst": duty_words(verzoek.dienst, verzoek.rol),
        "terug": "",
        "link": _link(kring, "ruilverzoek", ruilverzoek=verzoek.pk),
    }
    if aanbod.terug_dienst:
        terug = duty_words(aanbod.terug_dienst, aanbod.terug_rol)
        words["terug"] = _("%(eerst)s krijgt daarvoor terug: %(terug)s.\n\n") % (
            words | {"terug": terug}
        )
    tekst = _(
        "%(wie)s doet nu: %(dienst)s.\n\n%(terug)sHet rooster is al aangepast. Je hoeft niets te "
        "doen.\n\n%(link)s\n"
    )
    onderwerp = _("Geregeld: %(wie)s neemt een dienst over") % words
    people = [verzoek.tandarts, aanbod.tandarts]
    for tandarts in people:
        _mail(kring, tandarts, f"ruil|{verzoek.pk}|{tandarts.pk}", onderwerp, tekst % words)
    tell_coordinators(kring, f"ruil|{verzoek.pk}", onderwerp, tekst % words)


def tell_nobody(verzoek: Ruilverzoek) -> None:
    """Tell that nobody took it: the practice stays responsible (MR 7)."""
    kring = Kring.objects.get(pk=verzoek.kring_id)
    words = {
        "dienst": duty_words(verzoek.dienst, verzoek.rol),
        "praktijk": verzoek.deelnemer.naam,
        "link": _link(kring, "ruilverzoek", ruilverzoek=verzoek.pk),
    }
    onderwerp = _("Niemand kon de dienst overnemen")
    tekst = (
        _(
            "Niemand zei ja op: %(dienst)s.\n\n%(praktijk)s blijft verantwoordelijk voor deze "
            "dienst. Bel een collega, vraag een waarnemer van buiten, of bel de coördinator."
            "\n\n%(link)s\n"
        )
        % words
    )
    _mail(kring, verzoek.tandarts, f"ruil|{verzoek.pk}|niemand", onderwerp, tekst)
    tell_coordinators(kring, f"ruil|{verzoek.pk}|niemand", onderwerp, tekst)


def tell_withdrawn(verzoek: Ruilverzoek, asked: Iterable[Ruilaanbod]) -> None:
    """Tell whoever was asked that it is not needed any more."""
    kring = Kring.objects.get(pk=verzoek.kring_id)
    ids = {aanbod.tandarts_id for aanbod in asked}
    words = {"dienst": duty_words(verzoek.dienst, verzoek.rol)}
    for tandarts in Tandarts.objects.select_related("gebruiker", "deelnemer").filter(pk__in=ids):
        _mail(
            kring,
            tandarts,
            f"ruil|{verzoek.pk}|{tandarts.pk}|terug",
            _("Niet meer nodig: de dienst is geregeld"),
            _("Het verzoek is ingetrokken: %(dienst)s.\n\nJe hoeft niets te doen.\n") % words,
        )


def tell_uitval(dienst: Dienst, uitgevallen: Tandarts, nieuw: Tandarts | None, key: str) -> None:
    """At once, by text message: whoever is now on duty, and the coordinator."""
    kring = Kring.objects.get(pk=dienst.kring_id)
    words = {
        "kring": kring.naam,
        "wie": uitgevallen.naam,
        "tot": format_tijd(dienst.einde),
        "nieuw": nieuw.naam if nieuw else _("niemand"),
        "telefoon": format_telefoon(nieuw.telefoon) if nieuw else "",
        "link": _link(kring, "ruilen"),
    }
    if nieuw:
        outbox.enqueue_sms(
            kring_id=kring.pk,
            sleutel=f"uitval|{key}|nieuw",
            telefoon=nieuw.telefoon,
            tekst=_(
                "%(kring)s: %(wie)s valt uit. JIJ bent nu dienstdoende tot %(tot)s. Triage belt "
                "je op dit nummer."
            )
            % words,
        )
    tekst = _("%(kring)s: %(wie)s valt uit. Dienstdoende: %(nieuw)s %(telefoon)s. %(link)s") % words
    if kring.telefoon_coordinator:
        outbox.enqueue_telefoon(
            kring_id=kring.pk,
            sleutel=f"uitval|{key}|coordinator",
            telefoon=kring.telefoon_coordinator,
            tekst=tekst,
            gesproken=_(
                "Goedendag. Dit is spoedgevallendienst %(kring)s met een melding voor de "
                "coördinator. %(wie)s valt uit. Dienstdoende tot %(tot)s is nu: %(nieuw)s. Ik "
                "herhaal: dienstdoende is nu %(nieuw)s."
            )
            % words,
        )
    tell_coordinators(kring, f"uitval|{key}", _("%(wie)s valt uit") % words, f"{tekst}\n")


def tell_waarnemer(dienst: Dienst, plaats: Dienstplaats, waarnemer: Tandarts) -> None:
    """Tell the coordinators that somebody from outside serves (MR 7)."""
    kring = Kring.objects.get(pk=dienst.kring_id)
    words = {
        "wie": waarnemer.naam,
        "praktijk": plaats.praktijk.naam,
        "dienst": duty_words(dienst, plaats.rol),
    }
    tell_coordinators(
        kring,
        # A second change of the same place is another message.
        f"waarnemer|{plaats.pk}",
        _("Waarnemer op dienst: %(wie)s") % words,
        _("%(wie)s neemt waar voor %(praktijk)s: %(dienst)s.\n") % words,
    )


def tell_coordinators(kring: Kring, sleutel: str, onderwerp: str, tekst: str) -> None:
    for gebruiker in coordinators_of(kring.pk):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"{sleutel}|coordinator|{gebruiker.pk}",
            aan=gebruiker.email,
            onderwerp=onderwerp,
            tekst=tekst,
        )


def coordinators_of(kring_id: int) -> list[Gebruiker]:
    """Return the active coordinators of the open kring."""
    rows = Lidmaatschap.objects.active().filter(kring_id=kring_id, rol=Rol.COORDINATOR)
    return [row.gebruiker for row in rows.select_related("gebruiker").order_by("gebruiker_id")]


def _mail(kring: Kring, tandarts: Tandarts, sleutel: str, onderwerp: str, tekst: str) -> None:
    """To the own account; to the practice for a dentist without one."""
    aan = tandarts.gebruiker.email if tandarts.gebruiker else tandarts.deelnemer.email
    outbox.enqueue_mail(
        kring_id=kring.pk, sleutel=sleutel, aan=aan, onderwerp=onderwerp, tekst=tekst
    )


def _link(kring: Kring, route: str, **kwargs: object) -> str:
    return settings.ADRES + reverse(f"rooster:{route}", kwargs={"kring": kring.slug, **kwargs})
