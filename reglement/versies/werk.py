"""Daily work on the rules: the two clocks of 10.7, and who did not sign."""

from datetime import date, timedelta

from kern import dagwerk, logboek
from kern.actor import Actor
from kern.dagwerk import Beurt
from reglement import stembeletsel
from reglement.geldend import newest_version
from reglement.models import Besluit, Reglementversie
from reglement.versies import post
from reglement.versies.lezen import clocks_of, decision_on, vote_objections
from reglement.versies.tekenstand import signatures_of
from rooster.ruil.post import coordinators_of

VOORAF = timedelta(days=2)
"""From two days before a term until the work is done, a mail a day."""
TEKENRONDEN = (14, 28, 42)
"""Days after sending on which whoever did not sign is asked again."""

Status = Reglementversie.Status


def register() -> None:
    """Offer the daily work, and have a say in the opening of a vote; called at the start."""
    dagwerk.register("reglementklokken", watch_clocks, uur=8)
    dagwerk.register("reglementtekenen", ask_signatures, uur=8)
    stembeletsel.register(vote_objections)


def watch_clocks(beurt: Beurt) -> None:
    """Mail the coordinators about a decision that is not processed, or a text that is not sent."""
    rows = Reglementversie.objects.filter(kring_id=beurt.kring_id or 0).select_related("kring")
    waiting = rows.filter(status=Status.VOORGELEGD).first()
    besluit = decision_on(waiting) if waiting else None
    if waiting and besluit and besluit.uitkomst == Besluit.Uitkomst.AANGENOMEN:
        clocks = clocks_of(waiting, besluit)
        if clocks:
            _tell(waiting, clocks.verwerken_uiterlijk, beurt.dag, verwerken=True)
    unsent = rows.filter(
        status=Status.VASTGESTELD, verzonden_op__isnull=True, besluit__isnull=False
    )
    for versie in unsent:
        clocks = clocks_of(versie)
        if clocks and clocks.verzenden_uiterlijk:
            _tell(versie, clocks.verzenden_uiterlijk, beurt.dag, verwerken=False)


def ask_signatures(beurt: Beurt) -> None:
    """Ask again who did not sign, two, four and six weeks after the text was sent."""
    kring_id = beurt.kring_id or 0
    versie = newest_version(kring_id)
    if versie is None or versie.verzonden_op is None:
        return
    since = beurt.vorige or beurt.dag - timedelta(days=1)
    sent = versie.verzonden_op.date()
    # A day on which the house was down is made good on the next.
    if not any(since < sent + timedelta(days=n) <= beurt.dag for n in TEKENRONDEN):
        return
    if post.write_reminder(versie, signatures_of(versie), beurt.dag):
        _log("reglementversie.herinnerd", versie)


def _tell(versie: Reglementversie, uiterlijk: date, dag: date, *, verwerken: bool) -> None:
    if dag < uiterlijk - VOORAF:
        return
    for gebruiker in coordinators_of(versie.kring_id):
        post.write_clock(versie, gebruiker, uiterlijk, verwerken=verwerken, dag=dag)
    _log("reglementversie.termijn", versie)


def _log(gebeurtenis: str, versie: Reglementversie) -> None:
    logboek.record(
        gebeurtenis,
        "E",
        by=Actor.system(versie.kring_id, "reglement"),
        object_soort="reglementversie",
        object_id=versie.pk,
    )
