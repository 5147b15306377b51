"""What happened to a handover after it was put in the outbox, as if the night were over.

The only place of the demo that writes rows past the actions: a mail server that said no last
week, and a letter fetched yesterday, cannot be played again.
"""

import json
import re
from datetime import datetime, timedelta

from django.db.models.functions import Now

from kern import crypto, outbox
from kern.actor import Actor
from kern.models import Bezorgpoging, Zending
from verslag import actions, taakwerk
from verslag.models import Overdracht, Pakket, Verslagversie


def sent(versie: Verslagversie, moment: datetime) -> Overdracht:
    """The mail of this version left, moments after signing."""
    overdracht = versie.overdrachten.get()
    dated(overdracht, moment)
    close(overdracht.bericht, Zending.Status.VERZONDEN, moment)
    return overdracht


def failed(versie: Verslagversie, moment: datetime) -> None:
    """The mail server refused the address for good: a task for a person."""
    zending = versie.overdrachten.get().bericht
    close(zending, Zending.Status.MISLUKT, moment, fout="mailserver antwoordt 550")
    zending.refresh_from_db()
    taakwerk.on_stuck(zending)


def picked_up(overdracht: Overdracht, moment: datetime) -> None:
    """The own dentist opened it with the code of the text message, and took it home."""
    by = Actor(naam="niet aangemeld", kring_id=overdracht.kring_id, doel="zorgverlening")
    pakket = overdracht.pakketten.get()
    tot = pakket.verloopt_op
    # Nobody has this link any more, so nothing is drawn and sealed for it. The database judges the
    # term by its own clock, which is not that of the play: a link of long ago lives for a moment.
    alive = Now() + timedelta(hours=1)
    Pakket.objects.filter(pk=pakket.pk).update(gevuld_op=moment, verloopt_op=alive)
    actions.request_code(pakket, by=by)
    sms = Zending.objects.get(sleutel__startswith=f"code|{overdracht.pk}|")
    text = json.loads(crypto.unseal(sms.inhoud, place=outbox.place_of(sms)))["tekst"]
    close(sms, Zending.Status.VERZONDEN, moment)
    pakket.refresh_from_db()
    (code,) = re.findall(r"\b\d{6}\b", text)
    if not actions.open_pakket(pakket, code=code, by=by):
        raise RuntimeError("the pick-up of the demo was refused")
    facts = {"opgehaald_op": moment, "gelezen_op": moment, "gedownload_op": moment}
    Overdracht.objects.filter(pk=overdracht.pk).update(**facts)
    Pakket.objects.filter(pk=pakket.pk).update(**facts, verloopt_op=tot)


def answered(overdracht: Overdracht, moment: datetime, tekst: str) -> None:
    """The own dentist wrote back on the pick-up page; the author did not read it yet."""
    by = Actor(naam="niet aangemeld", kring_id=overdracht.kring_id, doel="zorgverlening")
    antwoord = actions.reply(overdracht.pakketten.get(), tekst=tekst, by=by)
    for mail in Zending.objects.filter(sleutel=f"antwoord|{antwoord.pk}"):
        close(mail, Zending.Status.VERZONDEN, moment)


def dated(overdracht: Overdracht, moment: datetime) -> None:
    """The handover is of then, and so is the end of the one it replaced."""
    Overdracht.objects.filter(pk=overdracht.pk).update(aangemaakt_op=moment)
    replaced = Overdracht.objects.filter(versie__verslag=overdracht.versie.verslag)
    replaced.filter(ingetrokken_op__isnull=False).update(ingetrokken_op=moment)


def close(zending: Zending, status: str, moment: datetime, *, fout: str = "") -> None:
    """End a zending at this moment, with the one attempt that it took."""
    moment += timedelta(seconds=3)
    Zending.objects.filter(pk=zending.pk).update(
        status=status,
        verzonden_op=None if fout else moment,
        pogingen=1,
        hek=1,
        fout=fout,
        **({} if fout else {"inhoud": outbox.KEPT}),
    )
    Bezorgpoging.objects.create(
        kring_id=zending.kring_id,
        zending=zending,
        hek=1,
        resultaat=Bezorgpoging.Resultaat.GEWEIGERD if fout else Bezorgpoging.Resultaat.AANGENOMEN,
        fout=fout,
        klaar_op=moment,
    )
