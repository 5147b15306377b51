"""Between signing and leaving: the mail with the report is made once, and late changes count."""

import hashlib
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db.models.functions import Now

from kern import bezorging, kanalen, outbox, smime
from kern.actor import Actor
from kern.kanalen import Later
from kern.models import Bezorgpoging, Zending
from tests.kern import papieren
from tests.verslag.conftest import content_of, whole
from tests.verslag.test_kanalen import (  # noqa: F401  fixtures
    certificaat,
    coordinator_by,
    huis,
    ontvanger,
    relay,
)
from verslag import actions, pdf
from verslag.models import Certificaat, Overdracht, Taak

pytestmark = pytest.mark.usefixtures("huis", "coordinator")


@pytest.fixture
def post(monkeypatch):
    """A server that keeps what it gets; raises what is in `faults` first."""

    class Post(list):
        faults: list = []

        def __call__(self, body):
            self.append(body)
            if self.faults:
                raise self.faults.pop(0)

    post = Post()
    post.faults = []
    for soort in (Zending.Soort.MAIL, Zending.Soort.NTA):
        monkeypatch.setitem(kanalen.CHANNELS, soort, post)
    return post


@pytest.fixture(params=["smime", "nta"])
def overdracht(request, verslag, by):
    """A report that waits as a mail, not yet made."""
    request.getfixturevalue("certificaat" if request.param == "smime" else "relay")
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert overdracht.kanaal == request.param
    return overdracht


@pytest.fixture
def versleuteld(certificaat, verslag, by):  # noqa: F811
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert overdracht.kanaal == "smime"
    return overdracht


def deliver(overdracht):
    Zending.objects.update(volgende_poging_op=Now(), lease_tot=None)
    return bezorging.deliver(overdracht.bericht_id, overdracht.kring_id)


def test_signing_draws_no_letter_and_encrypts_nothing(overdracht, monkeypatch):
    body = content_of(overdracht.bericht)
    assert not outbox.is_finished(overdracht.bericht, body)
    assert message_from_bytes(body)["Message-ID"] == overdracht.bericht.bericht_id
    assert b"PDF" not in body


def test_every_attempt_sends_what_was_made_first(overdracht, post):
    """Encrypting is random: made twice it would be two messages with one number."""
    post.faults = [Later("straks"), Later("straks")]
    for _attempt in range(3):
        deliver(overdracht)
    assert len(post) == 3
    assert len(set(post)) == 1
    bericht = Zending.objects.get(pk=overdracht.bericht_id)
    assert bericht.sha256 == hashlib.sha256(post[0]).hexdigest()
    assert message_from_bytes(post[0])["Message-ID"] == bericht.bericht_id
    assert (bericht.status, bytes(bericht.inhoud)) == ("verzonden", b"")


def test_who_dies_before_it_was_kept_leaves_an_envelope_for_the_next(overdracht, post, monkeypatch):
    monkeypatch.setattr(bezorging, "_prepared", lambda zending: 1 / 0)
    deliver(overdracht)
    monkeypatch.undo()
    monkeypatch.setitem(kanalen.CHANNELS, overdracht.bericht.soort, post)
    bericht = Zending.objects.get(pk=overdracht.bericht_id)
    assert not outbox.is_finished(bericht, content_of(bericht))
    deliver(overdracht)
    assert len(post) == 1


def test_who_was_overtaken_while_making_it_sends_nothing(versleuteld, post, monkeypatch):
    """The first one takes longer than its lease; the second made and sent its own."""
    protect, second = smime.protect, []

    def slow(*args, **kwargs):
        if not second:
            second.append("begonnen")
            second.append(deliver(versleuteld))
        return protect(*args, **kwargs)

    monkeypatch.setattr(smime, "protect", slow)
    assert deliver(versleuteld) is None
    assert second == ["begonnen", "aangenomen"]
    assert len(post) == 1
    assert Zending.objects.get(pk=versleuteld.bericht_id).status == "verzonden"


def test_what_is_withdrawn_while_it_is_made_does_not_leave(versleuteld, post, by, monkeypatch):
    protect = smime.protect

    def withdrawn(*args, **kwargs):
        # The lease lives: only what is not on its way can be called back.
        Zending.objects.update(lease_tot=None)
        assert actions.withdraw_overdracht(versleuteld, by=by)
        return protect(*args, **kwargs)

    monkeypatch.setattr(smime, "protect", withdrawn)
    assert deliver(versleuteld) is None
    assert post == []
    bericht = Zending.objects.get(pk=versleuteld.bericht_id)
    assert (bericht.status, bytes(bericht.inhoud)) == ("ingetrokken", b"")


def test_a_report_on_its_way_is_not_called_back(overdracht, post, by):
    """It may be in the mailbox already: who is told otherwise, tells the patient otherwise."""
    assert bezorging._claim(overdracht.bericht_id)
    assert not actions.withdraw_overdracht(overdracht, by=by)
    assert Overdracht.objects.get().ingetrokken_op is None
    assert Zending.objects.get(pk=overdracht.bericht_id).status == "klaar"
    deliver(overdracht)
    assert len(post) == 1


def test_sent_again_the_one_on_its_way_is_not_tried_again(overdracht, post, by):
    assert bezorging._claim(overdracht.bericht_id)
    again = actions.resend_overdracht(overdracht, by=by)
    assert again.bericht_id != overdracht.bericht_id
    assert deliver(overdracht) is None
    deliver(again)
    assert len(post) == 1


@pytest.mark.parametrize("made", [False, True])
def test_an_address_that_was_corrected_meanwhile_gets_nothing(
    overdracht,
    post,
    ontvanger,  # noqa: F811
    made,
):
    if made:
        whole(overdracht.bericht)
    ontvanger.email = "juist@elders.example"
    ontvanger.save()
    assert deliver(overdracht) == "geweigerd"
    assert post == []
    assert "gewijzigd" in Taak.objects.get().uitleg


def test_a_link_goes_to_no_address_that_was_corrected_meanwhile(post, ontvanger, verslag, by):  # noqa: F811
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert overdracht.kanaal == "ophalen"
    ontvanger.email = "juist@elders.example"
    ontvanger.save()
    assert deliver(overdracht) == "geweigerd"
    assert post == []
    again = actions.resend_overdracht(overdracht, by=by)
    assert deliver(again) == "aangenomen"
    assert b"To: juist@elders.example" in post[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(ingetrokken_op=Now()),
        lambda row: row.update(pem=papieren.pem(papieren.make(tot=timedelta(hours=-1))).decode()),
        lambda row: row.update(pem=papieren.pem(papieren.make("ander@elders.example")).decode()),
    ],
)
def test_a_certificate_that_went_bad_meanwhile_is_not_used(versleuteld, post, change):
    change(Certificaat.objects.all())
    assert deliver(versleuteld) == "geweigerd"
    assert post == []
    taak = Taak.objects.get()
    assert (taak.soort, taak.overdracht) == ("niet_bezorgd", versleuteld)
    assert "certificaat" in taak.uitleg


def test_without_our_own_certificate_nothing_leaves(versleuteld, post, settings):
    settings.SMIME_CERT = ""
    assert deliver(versleuteld) == "geweigerd"
    assert post == []


def test_an_envelope_that_nobody_fills_does_not_leave(kring, post):
    bericht = outbox.enqueue_envelope(
        kring_id=kring.pk,
        sleutel="los",
        soort=Zending.Soort.MAIL,
        aan="a@elders.example",
        onderwerp="Verslag",
    )
    assert bezorging.deliver(bericht.pk, kring.pk) == "geweigerd"
    assert post == []


def test_a_replaced_attachment_stops_it_for_good(versleuteld, post, monkeypatch):
    from verslag.models.bijlage import BijlageVervangen

    def fill(*args):
        raise BijlageVervangen

    monkeypatch.setattr("verslag.kanalen.smime.fill", fill)
    assert deliver(versleuteld) == "geweigerd"
    assert post == []
    assert Bezorgpoging.objects.get().fout == "een bijlage is niet die van het ondertekenen"


def test_a_letter_that_cannot_be_drawn_now_is_tried_again(overdracht, post, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda versie: 1 / 0)
    assert deliver(overdracht) == "uitgesteld"
    monkeypatch.setattr(pdf, "render", lambda versie: b"%PDF-1.7 brief")
    assert deliver(overdracht) == "aangenomen"
    assert len(post) == 1


def test_nobody_may_stop_what_was_given_up_and_wipe_it_twice(versleuteld, post):
    by = Actor.system(versleuteld.kring_id)
    assert bezorging.stop(versleuteld.bericht, by=by)
    assert not bezorging.stop(versleuteld.bericht, by=by)
    assert Taak.objects.count() == 1
