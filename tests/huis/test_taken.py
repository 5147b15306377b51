"""What goes through the broker: ids, as JSON, of tasks that take nothing else (S33)."""

import inspect
from uuid import UUID

import pytest
from celery.signals import before_task_publish
from django.conf import settings

from kern import outbox
from spoeddienst.celery import app
from tests import factories
from tests.huis.objecten import objects_of


@pytest.fixture
def published(monkeypatch):
    """Return (task, arguments, options) of everything that is really published."""
    found = []

    def note(sender, body, headers, properties, **kwargs):
        args, kwargs, _embed = body
        found.append((headers["task"], args, kwargs, properties))

    monkeypatch.setattr(outbox, "_silent_until", 0.0)
    # Not weak: once a dead receiver is swept, Celery keeps to its old list and sends nothing.
    before_task_publish.connect(note, weak=False)
    yield found
    before_task_publish.disconnect(note)


def _is_id(value) -> bool:
    return type(value) is int or str(UUID(value)) == value


def test_only_ids_are_published(
    published, kring, tandarts, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        objects_of(kring, tandarts)
        factories.OproepFactory(kring=kring)
    assert {name for name, *_ in published} == {
        "kern.tasks.bezorg_zending",
        "verslag.tasks.maak_pdf",
    }
    for _name, args, kwargs, _properties in published:
        assert all(_is_id(value) for value in args)
        assert not kwargs


def test_every_task_takes_ids_only():
    app.loader.import_default_modules()
    own = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert own
    for name, task in own.items():
        for parameter in inspect.signature(task.run).parameters.values():
            assert parameter.name.endswith("_id"), (name, parameter.name)
            assert parameter.annotation in (int, str), (name, parameter.name)


def test_json_is_the_only_language():
    assert settings.CELERY_ACCEPT_CONTENT == ["json"] == list(app.conf.accept_content)
    assert app.conf.task_serializer == "json"
    assert app.conf.task_ignore_result
    assert app.conf.result_backend is None
