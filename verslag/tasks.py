"""Celery tasks: ids in, guard, delegate."""

from celery import shared_task

from kern.tenancy import kring_context
from verslag.models import Verslagversie
from verslag.pdf import pdf_of


@shared_task(ignore_result=True)
def maak_pdf(versie_id: str, kring_id: int) -> None:
    """Make the letter ahead of the first reader; does nothing when it exists."""
    with kring_context(kring_id):
        versie = Verslagversie.objects.filter(pk=versie_id).first()
        if versie is not None:
            pdf_of(versie)
