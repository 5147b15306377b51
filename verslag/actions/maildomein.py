"""Keep up what the DNS says about the mail domains of the address book.

Never inside a request: a silent name server would hold up whoever signs. The sweeper says what is
due, a worker asks, and until there is an answer the channel is closed.
"""

import time
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from kern import nta
from kern.outbox import hint_worker
from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now
from kring.models import EigenTandarts
from verslag.models import NtaDomein

VERNIEUWEN = timedelta(days=1)
OPNIEUW = timedelta(minutes=15)
RONDE = 60.0
"""Seconds between two looks for work."""
TEGELIJK = 50

_next_round = 0.0


def ask_for_domains() -> int:
    """Have workers look up what is new or a day old, over all kringen; return how many."""
    global _next_round  # noqa: PLW0603  a fact about this process
    if not settings.NTA_HOST or time.monotonic() < _next_round:
        return 0
    _next_round = time.monotonic() + RONDE
    with kring_context(*all_kring_ids()):
        _add_new_domains()
        old = Q(opgezocht_op__isnull=True) | Q(opgezocht_op__lt=Now() - VERNIEUWEN)
        asked = Q(gevraagd_op__isnull=True) | Q(gevraagd_op__lt=Now() - OPNIEUW)
        due = list(NtaDomein.objects.filter(old, asked).values_list("pk", "kring_id")[:TEGELIJK])
        NtaDomein.objects.filter(pk__in=[pk for pk, _kring in due]).update(gevraagd_op=Now())
    from verslag.tasks import zoek_maildomein

    for pk, kring_id in due:
        hint_worker(zoek_maildomein, pk, kring_id)
    return len(due)


def _add_new_domains() -> None:
    known = set(NtaDomein.objects.values_list("kring_id", "domein"))
    addresses = EigenTandarts.objects.values_list("kring_id", "email")
    found = {(kring_id, nta.domain_of(email)) for kring_id, email in addresses if email}
    NtaDomein.objects.bulk_create(
        (
            NtaDomein(kring_id=kring_id, domein=domein)
            for kring_id, domein in sorted(found - known)
            if domein
        ),
        ignore_conflicts=True,
    )


def look_up(domein_id: UUID, kring_id: int) -> bool:
    """Ask the DNS about one domain, outside any transaction; return whether it answered."""
    with kring_context(kring_id):
        row = NtaDomein.objects.filter(pk=domein_id).first()
    if row is None:
        return False
    try:
        records = import_string(settings.NTA_DNS)().txt(row.domein)
    except nta.GeenAntwoord:
        return False
    ours = [text[:500] for text in records if nta.parse(text)]
    with kring_context(kring_id):
        NtaDomein.objects.filter(pk=row.pk).update(vermeldingen=ours, opgezocht_op=db_now())
    return True
