"""The Celery application: transport only, the truth is the outbox table (docs/besluiten/0004)."""

import gc
import os

from billiard.util import get_logger
from celery import Celery
from celery.signals import after_setup_logger, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoeddienst.settings")

app = Celery("spoeddienst")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()


@after_setup_logger.connect
def scrub_pool_log(**kwargs) -> None:
    """The pool of processes has a handler of its own, beside LOGGING."""
    from kern.scrub import ScrubFormatter

    for handler in get_logger().handlers:
        handler.setFormatter(ScrubFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))


@worker_init.connect
def warm_up(**kwargs) -> None:
    """Before the pool forks: its children share what drawing a letter needs, and start warm."""
    from verslag.pdf import warm

    warm()
    # What is there now stays: no child looks through it for garbage, or copies it by looking.
    gc.collect()
    gc.freeze()
