"""The Celery application: transport only, the truth is the outbox table (docs/besluiten/0004)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoeddienst.settings")

app = Celery("spoeddienst")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()
