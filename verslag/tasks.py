"""Celery tasks: ids in, guard, delegate."""

from uuid import UUID

from celery import shared_task

from kern.tenancy import kring_context
from verslag.actions.maildomein import look_up
from verslag.models import Verslagversie
from verslag.pdf import pdf_of


@shared_task(ignore_result=True)
def maak_pdf(versie_id: str, kring_id: int) -> None:
    """Make the letter ahead of the first reader; does nothing when it exists."""
    with kring_context(kring_id):
        versie = Verslagversie.objects.filter(pk=versie_id).first()
        if versie is not None:
            pdf_of(versie)


@shared_task(ignore_result=True)
def zoek_maildomein(domein_id: str, kring_id: int) -> None:
    """Ask the DNS whether a mail domain takes NTA 7516."""
    look_up(UUID(domein_id), kring_id)
