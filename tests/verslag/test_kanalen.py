"""Each channel, from signing to what leaves the house; nothing readable by ordinary mail."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from kern import bezorging, kanalen, nta
from kern.models import Logregel, Zending
from kring import actions as kringacties
from tests.factories import EigenTandartsFactory
from tests.kern import papieren
from tests.verslag.conftest import KANARIE, TEKST, content_of, mail_of, whole
from verslag import actions
from verslag.actions import maildomein, overhandigen
from verslag.kanaalkeuze import Kanaal, Reden
from verslag.kanalen import prepare
from verslag.models import Certificaat, NtaDomein, Overdracht, Overhandiging, Pakket, Taak
from verslag.stand import stand_of_overdracht

RECORD = "v=NTA7516-1;startdate=2020-01;enddate=2090-12;ntamx=10 nta.post.example"


@pytest.fixture
def ontvanger(patient):
    """The own dentist of the patient, at the address of the test certificates."""
    eigen = patient.eigen_tandarts
    eigen.email = papieren.ADRES
    eigen.save()
    return eigen


@pytest.fixture
def huis(settings, tmp_path):
    return papieren.sign_as_house(settings, tmp_path)


@pytest.fixture
def coordinator_by(actor, coordinator):
    return actor(coordinator)


@pytest.fixture
def certificaat(ontvanger, coordinator_by):
    data = papieren.pem(papieren.make())
    return actions.add_certificaat(ontvanger, data=data, nagevraagd="telefoon", by=coordinator_by)


@pytest.fixture
def relay(settings, kring, ontvanger):
    settings.NTA_HOST = "relay.example"
    return NtaDomein.objects.create(
        kring=kring, domein="elders.example", vermeldingen=[RECORD], opgezocht_op=timezone.now()
    )


def _events():
    return list(Logregel.objects.order_by("pk").values_list("gebeurtenis", flat=True))


def _leaks(data: bytes) -> list[str]:
    texts = [*KANARIE.values(), *(text for text in TEKST.values() if text is not True)]
    return [text for text in texts if text.encode() in data]


# --- S/MIME


def test_a_report_leaves_encrypted_and_openssl_reads_it(huis, certificaat, verslag, by, tmp_path):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert (overdracht.kanaal, overdracht.kanaal_redenen) == ("smime", ["certificaat"])
    mail = content_of(whole(overdracht.bericht))
    outer = mail_of(overdracht.bericht)
    assert not _leaks(mail)
    assert outer["Subject"] == "Verslag van de spoedgevallendienst"
    assert outer["To"] == papieren.ADRES
    assert outer.get_content_type() == "application/pkcs7-mime"
    inner = message_from_bytes(papieren.open_with_openssl(mail, tmp_path), policy=policy.default)
    kinds = [part.get_content_type() for part in inner.iter_attachments()]
    assert kinds == ["application/pdf", "application/fhir+json"]
    pdf, fhir = inner.iter_attachments()
    assert pdf.get_content().startswith(b"%PDF")
    assert KANARIE["naam"].encode() in fhir.get_content()
    assert not _leaks(b"".join(str(part["Content-Disposition"]).encode() for part in inner.walk()))


def test_it_goes_by_our_own_server_once_and_is_wiped(huis, certificaat, verslag, by, monkeypatch):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    sent = []
    monkeypatch.setitem(kanalen.CHANNELS, Zending.Soort.MAIL, sent.append)
    expected = content_of(whole(overdracht.bericht))
    bezorging.deliver(overdracht.bericht_id, overdracht.kring_id)
    overdracht.bericht.refresh_from_db()
    assert sent == [expected]
    assert not bytes(overdracht.bericht.inhoud)
    stand = stand_of_overdracht(Overdracht.objects.get(), nu=timezone.now())
    assert (stand.code, stand.soort) == ("afgeleverd", "groen")


@pytest.mark.usefixtures("huis")
@pytest.mark.parametrize(
    ("change", "reden"),
    [
        ({"tot": timedelta(hours=-1)}, Reden.CERTIFICAAT_VERLOPEN),
        ({"van": timedelta(days=1)}, Reden.CERTIFICAAT_TE_VROEG),
        ({"key": papieren.ec_key()}, Reden.CERTIFICAAT_GEEN_RSA),
        ({"adres": "ander@elders.example"}, Reden.CERTIFICAAT_ANDER_ADRES),
    ],
)
def test_a_certificate_that_went_bad_is_never_used(certificaat, verslag, by, change, reden):
    """Row 18 of the fault matrix: it goes to the pick-up, and the row says why."""
    Certificaat.objects.update(pem=papieren.pem(papieren.make(**change)).decode())
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert overdracht.kanaal == "ophalen"
    assert overdracht.kanaal_redenen[0] == reden
    assert mail_of(overdracht.bericht).get_content_type() == "text/plain"


def test_a_withdrawn_certificate_is_never_used(huis, certificaat, verslag, by, coordinator_by):
    assert actions.withdraw_certificaat(certificaat, by=coordinator_by)
    assert not actions.withdraw_certificaat(certificaat, by=coordinator_by)
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert overdracht.kanaal_redenen[0] == Reden.GEEN_CERTIFICAAT
    assert _events().count("certificaat.ingetrokken") == 1


def test_a_mail_that_is_gone_cannot_be_withdrawn_but_a_waiting_one_can(
    huis, certificaat, verslag, by
):
    versie = actions.sign_verslag(verslag, by=by)
    overdracht = versie.overdrachten.get()
    Zending.objects.filter(pk=overdracht.bericht_id).update(status="verzonden")
    assert not actions.withdraw_overdracht(overdracht, by=by)
    assert Overdracht.objects.get().ingetrokken_op is None
    Zending.objects.filter(pk=overdracht.bericht_id).update(status="klaar")
    assert actions.withdraw_overdracht(overdracht, by=by)
    assert Zending.objects.get(pk=overdracht.bericht_id).status == "ingetrokken"


def test_who_cannot_open_the_mail_gets_a_link_with_a_code(huis, certificaat, verslag, by):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    overdracht = actions.resend_overdracht(overdracht, by=by, met_code=True)
    assert overdracht.kanaal == "ophalen"
    assert overdracht.kanaal_redenen == ["zelf_gekozen"]
    assert Pakket.objects.get().gesloten_op is None
    # And a plain "again" chooses anew: the link dies.
    overdracht = actions.resend_overdracht(overdracht, by=by)
    assert overdracht.kanaal == "smime"
    assert Pakket.objects.get().gesloten_op is not None


def test_a_new_certificate_replaces_the_old_one(certificaat, ontvanger, coordinator_by):
    again = papieren.pem(papieren.make())
    actions.add_certificaat(ontvanger, data=again, nagevraagd="telefoon", by=coordinator_by)
    rows = Certificaat.objects.order_by("aangemaakt_op")
    assert [row.ingetrokken_op is None for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"geen", "geen certificaat"),
        (papieren.pem(papieren.make("ander@elders.example")), "van een ander e-mailadres"),
        (papieren.pem(papieren.make(key=papieren.ec_key())), "geen RSA-sleutel"),
        (papieren.pem(papieren.make(tot=timedelta(hours=-1))), "is verlopen"),
    ],
)
def test_an_upload_that_may_not_be_used_is_refused(ontvanger, coordinator_by, data, sentence):
    with pytest.raises(actions.CertificaatGeweigerd, match=sentence):
        actions.add_certificaat(ontvanger, data=data, nagevraagd="telefoon", by=coordinator_by)
    assert not Certificaat.objects.exists()


# --- NTA 7516


def test_a_listed_domain_gets_the_report_by_the_relay_alone(relay, verslag, by, monkeypatch):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert (overdracht.kanaal, overdracht.bericht.soort) == ("nta", "nta")
    mail = mail_of(whole(overdracht.bericht))
    assert not _leaks(str(mail["Subject"]).encode())
    kinds = [part.get_content_type() for part in mail.iter_attachments()]
    assert kinds == ["application/pdf", "application/fhir+json"]
    sent, wrong = [], []
    monkeypatch.setitem(kanalen.CHANNELS, Zending.Soort.NTA, sent.append)
    monkeypatch.setitem(kanalen.CHANNELS, Zending.Soort.MAIL, wrong.append)
    bezorging.deliver(overdracht.bericht_id, overdracht.kring_id)
    assert len(sent) == 1
    assert not wrong
    # Readable inside, so nothing of it stays behind.
    assert not bytes(Zending.objects.get(pk=overdracht.bericht_id).inhoud)


def test_without_the_relay_it_waits_and_is_never_ordinary_mail(relay, verslag, by, settings):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    settings.NTA_HOST = ""
    assert bezorging.deliver(overdracht.bericht_id, overdracht.kring_id) == "uitgesteld"
    assert Zending.objects.get(pk=overdracht.bericht_id).soort == "nta"


@pytest.fixture
def bij_relay(monkeypatch):
    """What the relay took; the first time it is full when `vol` is set."""

    class Relay(list):
        vol = False

        def __call__(self, body):
            if self.vol:
                self.vol = False
                raise kanalen.Later("vol")
            self.append(body)

    relay = Relay()
    monkeypatch.setitem(kanalen.CHANNELS, Zending.Soort.NTA, relay)
    return relay


@pytest.mark.parametrize("second_time", [False, True])
@pytest.mark.parametrize(
    ("change", "result", "status"),
    [
        ({"vermeldingen": []}, "geweigerd", "mislukt"),
        ({"vermeldingen": [RECORD.replace("2090", "2021")]}, "geweigerd", "mislukt"),
        ({"opgezocht_op": timezone.now() - timedelta(days=8)}, "uitgesteld", "klaar"),
    ],
)
def test_a_domain_that_lost_its_listing_gets_nothing(
    *, relay, verslag, by, bij_relay, change, result, status, second_time
):
    """Between signing and sending, or between two attempts: the report is readable inside."""
    zending = actions.sign_verslag(verslag, by=by).overdrachten.get().bericht
    assert zending.soort == Zending.Soort.NTA
    if second_time:
        bij_relay.vol = True
        assert bezorging.deliver(zending.pk, zending.kring_id) == "uitgesteld"
        Zending.objects.update(volgende_poging_op=Now())
    NtaDomein.objects.update(**change)
    assert bezorging.deliver(zending.pk, zending.kring_id) == result
    zending.refresh_from_db()
    assert zending.status == status
    assert "maildomein" in zending.fout
    assert bij_relay == []
    assert Taak.objects.filter(zending=zending).count() == (status == "mislukt")


@pytest.mark.parametrize(
    ("change", "reden"),
    [
        ({"vermeldingen": []}, Reden.GEEN_NTA),
        ({"opgezocht_op": None}, Reden.NTA_ONBEKEND),
        ({"opgezocht_op": timezone.now() - timedelta(days=8)}, Reden.NTA_ONBEKEND),
        ({"vermeldingen": [RECORD.replace("2090", "2021")]}, Reden.GEEN_NTA),
        ({"domein": "ander.example"}, Reden.NTA_ONBEKEND),
    ],
)
def test_what_the_dns_does_not_say_now_is_no_permission(relay, verslag, by, change, reden):
    NtaDomein.objects.update(**change)
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert (overdracht.kanaal, overdracht.kanaal_redenen[1]) == ("ophalen", reden)


class Naamserver:
    antwoord: list | Exception = [RECORD, "v=spf1 -all", "v=NTA7516-1;startdate=kapot"]
    gevraagd: list[str] = []

    def txt(self, domein):
        type(self).gevraagd.append(domein)
        if isinstance(self.antwoord, Exception):
            raise self.antwoord
        return self.antwoord


@pytest.fixture
def naamserver(settings, monkeypatch):
    settings.NTA_HOST = "relay.example"
    settings.NTA_DNS = f"{__name__}.Naamserver"
    monkeypatch.setattr(maildomein, "_next_round", 0.0)
    monkeypatch.setattr(Naamserver, "gevraagd", [])
    hints = []
    monkeypatch.setattr(maildomein, "hint_worker", lambda task, *ids: hints.append(ids))
    return hints


def test_the_domains_of_the_address_book_are_looked_up_once_a_day(
    kring, ontvanger, naamserver, monkeypatch
):
    EigenTandartsFactory(kring=kring, email="tweede@ELDERS.example")
    assert maildomein.ask_for_domains() == 1
    (ids,) = naamserver
    assert maildomein.look_up(*ids)
    row = NtaDomein.objects.get()
    assert (row.domein, row.vermeldingen) == ("elders.example", [RECORD])
    assert row.is_listed(timezone.now()) is True
    monkeypatch.setattr(maildomein, "_next_round", 0.0)
    assert maildomein.ask_for_domains() == 0
    NtaDomein.objects.update(
        opgezocht_op=timezone.now() - timedelta(days=1, seconds=1),
        gevraagd_op=timezone.now() - timedelta(days=1, seconds=1),
    )
    assert maildomein.ask_for_domains() == 0, "once a minute is enough"
    monkeypatch.setattr(maildomein, "_next_round", 0.0)
    assert maildomein.ask_for_domains() == 1


def test_a_silent_dns_changes_nothing_and_is_asked_again(ontvanger, naamserver, monkeypatch):
    maildomein.ask_for_domains()
    monkeypatch.setattr(Naamserver, "antwoord", nta.GeenAntwoord("Timeout"))
    assert not maildomein.look_up(*naamserver[0])
    assert NtaDomein.objects.get().opgezocht_op is None
    NtaDomein.objects.update(gevraagd_op=timezone.now() - timedelta(minutes=16))
    monkeypatch.setattr(maildomein, "_next_round", 0.0)
    assert maildomein.ask_for_domains() == 1


def test_without_a_relay_nothing_is_looked_up(ontvanger, naamserver, settings):
    settings.NTA_HOST = ""
    assert maildomein.ask_for_domains() == 0
    assert not NtaDomein.objects.exists()


# --- paper and in person


@pytest.fixture
def zonder_adres(ontvanger):
    """An own dentist of whom nothing but a name is known."""
    ontvanger.email = ontvanger.telefoon = ""
    ontvanger.save()
    return ontvanger


def _hand_over(versie, by, **values):
    usual = {
        "kanaal": Kanaal.PERSOONLIJK,
        "aan": "Mw. De Wit",
        "gedaan_op": timezone.now(),
        "vastgesteld": "bekend",
    }
    return actions.record_overhandiging(versie, by=by, **{**usual, **values})


def test_without_an_address_it_becomes_work_for_a_person(zonder_adres, verslag, by):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert (overdracht.kanaal, overdracht.bericht) == ("papier", None)
    assert not Zending.objects.exists()
    taak = Taak.objects.get()
    assert (taak.soort, taak.is_open) == ("geen_kanaal", True)
    assert not _leaks(taak.uitleg.encode())
    assert stand_of_overdracht(overdracht, nu=timezone.now()).code == "op_hand"
    _hand_over(overdracht.versie, by, kanaal=Kanaal.PAPIER)
    taak.refresh_from_db()
    assert (taak.is_open, taak.oplossing) == (False, "papier")
    assert Overdracht.objects.count() == 1


def test_an_address_that_came_closes_the_task(zonder_adres, verslag, by):
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    zonder_adres.email, zonder_adres.telefoon = papieren.ADRES, "+31612345678"
    zonder_adres.save()
    overdracht = actions.resend_overdracht(overdracht, by=by)
    assert overdracht.kanaal == "ophalen"
    assert not Taak.objects.get().is_open


def test_a_handover_by_hand_is_kept_with_its_proof(versie, by, overdracht):
    given = _hand_over(versie, by, toelichting="aan de balie")
    proof = Overhandiging.objects.get()
    assert (proof.aan, proof.toelichting, proof.door_id) == (
        "Mw. De Wit",
        "aan de balie",
        by.gebruiker_id,
    )
    assert given.overhandigd_op == proof.gedaan_op
    overdracht.refresh_from_db()
    assert overdracht.ingetrokken_op is not None, "the link that nobody opened dies"
    assert _events()[-2:] == ["overdracht.ingetrokken", "overdracht.overhandigd"]
    assert stand_of_overdracht(given, nu=timezone.now()).code == "overhandigd"


def test_a_link_that_was_used_stays(versie, by, overdracht):
    Overdracht.objects.update(opgehaald_op=timezone.now())
    _hand_over(versie, by)
    overdracht.refresh_from_db()
    assert overdracht.ingetrokken_op is None


@pytest.mark.parametrize("offset", [timedelta(days=-1), timedelta(hours=1)])
def test_a_moment_that_cannot_be_is_refused(versie, by, offset):
    with pytest.raises(actions.OverdrachtGeweigerd, match="moment"):
        _hand_over(versie, by, gedaan_op=timezone.now() + offset)
    assert not Overhandiging.objects.exists()


def test_what_was_handed_over_stays_so(versie, by):
    given = _hand_over(versie, by)
    with pytest.raises(actions.OverdrachtGeweigerd, match="al vastgelegd"):
        _hand_over(versie, by)
    with pytest.raises(actions.OverdrachtGeweigerd, match="al overhandigd"):
        actions.resend_overdracht(given, by=by)
    assert not actions.withdraw_overdracht(given, by=by)


def test_only_the_author_hands_over(versie, actor, coordinator):
    with pytest.raises(actions.NietDeBehandelaar):
        _hand_over(versie, actor(coordinator))


def test_proof_and_handover_are_undone_together(versie, by, monkeypatch):
    before = _events()
    monkeypatch.setattr(overhandigen, "record", _fail)
    with pytest.raises(RuntimeError):
        _hand_over(versie, by)
    assert not Overhandiging.objects.exists()
    assert not Overdracht.objects.filter(overhandigd_op__isnull=False).exists()
    assert _events() == before


def _fail(*args, **kwargs):
    raise RuntimeError


# --- an address that somebody called wrong


def test_a_report_does_not_go_to_an_address_that_somebody_called_wrong(verslag, by):
    kringacties.report_fout(verslag.dossier.patient.eigen_tandarts, reden="Van een ander.", by=by)
    overdracht = actions.sign_verslag(verslag, by=by).overdrachten.get()
    assert (overdracht.kanaal, overdracht.bericht) == (Kanaal.PAPIER, None)
    assert overdracht.kanaal_redenen == [Reden.ADRES_FOUT]
    assert Taak.objects.get().soort == Taak.Soort.GEEN_KANAAL
    with pytest.raises(actions.OverdrachtGeweigerd, match="niet klopt"):
        actions.resend_overdracht(overdracht, met_code=True, by=by)
    assert not Pakket.objects.exists()


def test_what_waited_stays_when_somebody_calls_its_address_wrong(overdracht, by):
    kringacties.report_fout(overdracht.ontvanger, reden="Van een ander.", by=by)
    with pytest.raises(kanalen.Nooit, match="niet klopt"):
        prepare(overdracht.bericht, content_of(overdracht.bericht))
    assert Pakket.objects.get().gevuld_op is None
