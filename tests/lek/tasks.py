"""The same faults in the worker."""

from celery import shared_task

from tests.lek.fouten import FOUTEN


@shared_task(ignore_result=True)
def ga_mis(fout_id: int) -> None:
    list(FOUTEN.values())[fout_id]()
