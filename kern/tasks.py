"""Celery tasks of the ground floor: ids in, guard, delegate."""

from uuid import UUID

from celery import shared_task

from kern import bezorging


@shared_task(ignore_result=True)
def bezorg_zending(zending_id: str, kring_id: int) -> None:
    """Deliver one zending; does nothing when someone else already did."""
    bezorging.deliver(UUID(zending_id), kring_id)
