"""The mail server of the fault runs does what each mode says."""

import smtplib
import ssl

import pytest

from tests.storingen.post import BREEK_NA, BREEK_VOOR, GOED, HANG, TIJDELIJK, WEIGER, Post

pytestmark = pytest.mark.traag

MAIL = b"Message-ID: <een@spoeddienst>\r\n\r\nEr staat een verslag klaar.\r\n"


@pytest.fixture(scope="module")
def gedeeld(tmp_path_factory):
    post = Post(tmp_path_factory.mktemp("post"))
    yield post
    post.stop()


@pytest.fixture
def post(gedeeld):
    gedeeld._ontvangen.clear()
    gedeeld.beurten.clear()
    return gedeeld


def send(post: Post, timeout: float = 5.0) -> None:
    context = ssl.create_default_context(cafile=post.papers.ca)
    with smtplib.SMTP("127.0.0.1", post.poort, "proef", timeout=timeout) as smtp:
        smtp.starttls(context=context)
        smtp.sendmail("van@spoed.example", ["storing1@elders.example"], MAIL)


def test_it_knows_what_it_took_in(post):
    send(post)
    (ontvangst,) = post.ontvangen()
    assert (ontvangst.adres, ontvangst.bericht) == ("storing1@elders.example", "<een@spoeddienst>")


@pytest.mark.parametrize(("modus", "code"), [(TIJDELIJK, 451), (WEIGER, 550)])
def test_a_refusal_has_its_code_and_is_for_one_turn(post, modus, code):
    post.beurten.append(modus)
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        send(post)
    assert refusal.value.smtp_code == code
    assert post.ontvangen() == []
    send(post)
    assert len(post.ontvangen()) == 1


@pytest.mark.parametrize(("modus", "kept"), [(BREEK_VOOR, 0), (BREEK_NA, 1)])
def test_a_drop_leaves_the_sender_in_doubt(post, modus, kept):
    post.beurten.append(modus)
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        send(post)
    assert len(post.ontvangen()) == kept


def test_a_hang_ends_when_the_sender_gives_up(post):
    post.beurten.append(HANG)
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        send(post, timeout=0.5)
    assert post.ontvangen() == []


def test_closed_is_refused_and_open_again_is_the_same_port(post):
    post.sluit()
    with pytest.raises(ConnectionRefusedError):
        send(post)
    post.open()
    send(post)
    assert len(post.ontvangen()) == 1
    assert post.modus == GOED
