"""What the sweeper does here: propose, remind, destroy what was agreed, keep gone what is gone."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kern import outbox
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now
from kern.toegang import Rol
from kring.models import Kring, Lidmaatschap
from rechten import actions, lezen, regels, wislijst
from rechten.models import Patientverzoek, Vernietiging

log = logging.getLogger(__name__)

_applied = False


def _system(kring_id: int) -> Actor:
    return Actor.system(kring_id, "rechten")


def propose(beurt: Beurt) -> None:
    """Propose the files whose twenty years are over."""
    actions.propose_past_term(kring_id=beurt.kring_id, nu=db_now(), by=_system(beurt.kring_id))


def remind(beurt: Beurt) -> None:
    """Mail coordinator and FG which requests must be answered within a week; numbers only."""
    rows = Patientverzoek.objects.filter(
        kring_id=beurt.kring_id,
        status__in=[Patientverzoek.Status.OPEN, Patientverzoek.Status.TOEGEWEZEN],
    )
    urgent = [row.nummer for row in rows if lezen.term_of(row) - beurt.dag <= regels.MELDEN]
    if not urgent:
        return
    kring = Kring.objects.get(pk=beurt.kring_id)
    link = settings.ADRES + reverse("rechten:verzoeken", kwargs={"kring": kring.slug})
    members = Lidmaatschap.objects.active().filter(kring=kring, rol__in=[Rol.COORDINATOR, Rol.FG])
    for rij in members.select_related("gebruiker").order_by("gebruiker_id", "rol"):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"verzoektermijn|{beurt.dag}|{rij.pk}",
            aan=rij.gebruiker.email,
            onderwerp=gettext("Verzoek van een patiënt: de termijn loopt af"),
            tekst=ngettext(
                "Dag %(naam)s,\n\nIn %(kring)s moet binnen een week een antwoord weg op verzoek "
                "%(nummers)s. Je vindt het hier:\n\n%(link)s\n",
                "Dag %(naam)s,\n\nIn %(kring)s moet binnen een week een antwoord weg op de "
                "verzoeken %(nummers)s. Je vindt ze hier:\n\n%(link)s\n",
                len(urgent),
            )
            % {
                "naam": rij.gebruiker.naam,
                "kring": kring.naam,
                "nummers": ", ".join(map(str, sorted(urgent))),
                "link": link,
            },
        )


def destroy_confirmed() -> int:
    """Destroy what two persons agreed to, over all kringen; return how many files went."""
    with kring_context(*all_kring_ids()):
        rows = list(
            Vernietiging.objects.filter(
                uitgevoerd_op__isnull=True, coordinator_op__isnull=False, fg_op__isnull=False
            ).values_list("pk", "kring_id")[:20]
        )
    done = 0
    for pk, kring_id in rows:
        try:
            with kring_context(kring_id):
                row = Vernietiging.objects.get(pk=pk)
                actions.destroy(row, by=_system(kring_id))
            done += 1
        except (actions.VernietigingGeweigerd, OSError) as error:
            # An open call ends; a full disk is somebody's alarm. The file waits, whole.
            log.warning("A destruction waits (%s).", type(error).__name__)
    return done


def apply_list_once() -> None:
    """Once after each start: an old backup may have brought somebody back."""
    global _applied  # noqa: PLW0603  a fact about this process
    if not _applied:
        # Before the work: a list that cannot be read is one error, not one a second.
        _applied = True
        apply_list()


def apply_list_daily(_beurt: Beurt) -> None:
    """And once a day: a failure stays visible as a daily job that did not get done."""
    apply_list()


def apply_list() -> int:
    """Destroy anew everybody on the list who is there; return how many."""
    again: list[wislijst.Regel] = []
    for regel in wislijst.read_all():
        with kring_context(regel.kring_id):
            if actions.destroy_again(regel, by=_system(regel.kring_id)):
                again.append(regel)
    if again:
        log.warning("Destroyed %s files again that a restore brought back.", len(again))
    return len(again)
