"""Celery tasks of the roster: ids in, guard, delegate."""

from uuid import UUID

from celery import shared_task

from rooster.concept import rekenen


@shared_task(ignore_result=True)
def reken_rooster(taak_id: str, kring_id: int) -> None:
    """Do one run of the planner; does nothing when someone else has it."""
    rekenen.run(UUID(taak_id), kring_id)
