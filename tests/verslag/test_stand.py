"""What the sender sees of each recipient, in words; and what is kept out of log and broker."""

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from kern import outbox, tasks
from kern.models import Logregel, Zending
from tests.verslag.conftest import KANARIE, TEKST, last_code, pakket_of
from verslag import actions
from verslag import tasks as verslag_tasks
from verslag.models import Overdracht, Verslag
from verslag.stand import stand_of_overdracht, stand_of_verslag


@pytest.mark.parametrize(
    ("message", "handover", "code", "text"),
    [
        ({}, {}, "klaar", "Staat klaar"),
        ({"fout": "mailserver antwoordt 451"}, {}, "klaar", "mailserver antwoordt 451"),
        ({"status": "verzonden", "verzonden_op": timezone.now()}, {}, "verzonden", "Verzonden"),
        ({"status": "mislukt", "fout": "mailserver antwoordt 550"}, {}, "mislukt", "antwoordt 550"),
        ({"status": "ingetrokken"}, {}, "tegengehouden", "Verstuur het verslag opnieuw"),
        ({}, {"opgehaald_op": timezone.now()}, "opgehaald", "nog niet gedownload"),
        (
            {},
            {"opgehaald_op": timezone.now(), "gedownload_op": timezone.now()},
            "opgehaald",
            "Gedownload op",
        ),
        ({}, {"ingetrokken_op": timezone.now()}, "ingetrokken", "Ingetrokken op"),
        ({}, {"verloopt_op": timezone.now() - timedelta(hours=1)}, "verlopen", "niet opgehaald"),
        (
            {},
            {"opgehaald_op": timezone.now(), "ingetrokken_op": timezone.now()},
            "ingetrokken",
            "al opgehaald",
        ),
    ],
)
def test_status_of_a_recipient(overdracht, message, handover, code, text):
    if message:
        Zending.objects.filter(pk=overdracht.bericht_id).update(**message)
    if handover:
        Overdracht.objects.filter(pk=overdracht.pk).update(**handover)
    stand = stand_of_overdracht(Overdracht.objects.get(), nu=timezone.now())
    assert stand.code == code
    assert text in f"{stand.tekst} {stand.uitleg}"


def test_a_mail_that_arrived_after_all_is_said(overdracht):
    """Whoever sent it stood still, and went on after it was withdrawn: what is true is shown."""
    Overdracht.objects.update(
        kanaal="nta", verloopt_op=None, ingetrokken_op=timezone.now() - timedelta(minutes=1)
    )
    Zending.objects.filter(pk=overdracht.bericht_id).update(
        status="verzonden", verzonden_op=timezone.now()
    )
    stand = stand_of_overdracht(Overdracht.objects.get(), nu=timezone.now())
    assert (stand.code, stand.soort) == ("ingetrokken", "rood")
    assert "toch aangekomen" in stand.uitleg


def test_status_of_a_report(verslag, by, patient):
    def stand():
        return stand_of_verslag(Verslag.objects.get(), nu=timezone.now()).code

    assert stand_of_verslag(None, nu=timezone.now()).code == "geen"
    assert stand() == "concept"
    actions.sign_verslag(verslag, by=by)
    assert stand() == "klaar"
    actions.withdraw_overdracht(Overdracht.objects.get(), by=by)
    assert stand() == "niet_verstuurd"
    actions.save_verslag(Verslag.objects.get(), gegevens={"overig": "Meer."}, versie=2, by=by)
    assert stand() == "correctie"


def test_status_without_an_own_dentist(verslag, by):
    gegevens = {"heeft_eigen_tandarts": "nee", "advies_eigen_tandarts": True}
    actions.save_verslag(verslag, gegevens=gegevens, versie=2, by=by)
    actions.sign_verslag(verslag, by=by)
    assert stand_of_verslag(Verslag.objects.get(), nu=timezone.now()).code == "geen_ontvanger"


def test_the_log_holds_no_content(overdracht, by):
    pakket = pakket_of(overdracht)
    actions.request_code(pakket, by=by)
    code = last_code()
    assert actions.open_pakket(pakket, code=code, by=by)
    secrets = [*KANARIE.values(), *(text for text in TEKST.values() if text is not True), code]
    lines = [str(model_to_dict(line)) for line in Logregel.objects.all()]
    assert len(lines) >= 5
    assert not [line for line in lines for secret in secrets if secret in line]


def test_the_broker_gets_only_ids(verslag, by, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(outbox, "_silent_until", 0.0)
    for task in (tasks.bezorg_zending, verslag_tasks.maak_pdf):
        monkeypatch.setattr(task, "apply_async", lambda args, **options: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        versie = actions.sign_verslag(verslag, by=by)
    bericht = versie.overdrachten.get().bericht
    assert sent == [
        (str(bericht.pk), versie.kring_id),
        (str(versie.pk), versie.kring_id),
    ]
