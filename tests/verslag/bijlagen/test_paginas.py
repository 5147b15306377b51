"""The pages: add on the report, see back, pick up; refused files leave the text as it was typed."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kern.models import Logregel
from tests.factories import (
    BijlageFactory,
    GebruikerFactory,
    LidmaatschapFactory,
    OproepFactory,
    TandartsFactory,
)
from tests.verslag.bijlagen import goed, kwaad
from tests.verslag.conftest import last_code, token_of
from tests.verslag.paginas.hulp import form_data
from verslag import actions
from verslag.actions import bijlage as bijlage_actions
from verslag.models import Bijlage, Pakket, Verslag
from verslag.pdf import pdf_of

GETYPT = "Getypt vlak voor de foto, nog niet bewaard."


@pytest.fixture
def client(als, tandarts, tandarts_gebruiker):
    return als(tandarts_gebruiker)


@pytest.fixture
def adres(kring, verslag):
    return reverse("verslag:bewerk", kwargs={"kring": kring.slug, "verslag": verslag.pk})


def upload(data: bytes, naam: str = "foto.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, data, kind)


def send(client, adres, verslag, bestand=None, **changes):
    """Press a button of the report form, with a file."""
    verslag.refresh_from_db()
    data = form_data(verslag, doel="bijlage", bijlage_omschrijving="Element 11") | changes
    if bestand is not None:
        data["bestand"] = bestand
    return client.post(adres, data)


@pytest.fixture
def foto(client, adres, verslag):
    assert send(client, adres, verslag, upload(goed.with_exif(6))).status_code == 302
    return Bijlage.objects.get()


def url_of(bijlage, kring):
    return reverse(
        "verslag:bijlage",
        kwargs={"kring": kring.slug, "verslag": bijlage.verslag_id, "bijlage": bijlage.pk},
    )


def page_of(response) -> str:
    return response.content.decode()


# --- add


def test_an_error_elsewhere_leaves_the_description_of_the_added_photo_behind(
    client, adres, verslag
):
    page = page_of(send(client, adres, verslag, upload(goed.jpeg()), bsn="12"))
    assert Bijlage.objects.get().omschrijving == "Element 11"
    assert 'value="Element 11"' not in page


def test_a_photo_is_added_and_the_text_saved(client, adres, verslag):
    response = send(client, adres, verslag, upload(goed.jpeg()), bevindingen=GETYPT)
    assert response["Location"] == f"{adres}#bijlagen"
    page = page_of(client.get(adres))
    assert "Bijlage 1: Element 11" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert GETYPT in page
    assert Verslag.objects.get(pk=verslag.pk).bevindingen == GETYPT


def test_another_button_takes_a_chosen_file_along(client, adres, verslag):
    """Who chooses a photo and goes on at once means it."""
    response = send(client, adres, verslag, upload(goed.jpeg()), doel="teken")
    assert response["Location"].endswith("/tekenen/")
    assert "Bijlage 1: Element 11" in page_of(client.get(response["Location"]))


def test_autosave_takes_no_file_along(client, adres, verslag):
    send(client, adres, verslag, doel="auto", bevindingen=GETYPT)
    assert not Bijlage.objects.exists()
    assert Verslag.objects.get(pk=verslag.pk).bevindingen == GETYPT


def test_the_phone_may_use_its_camera_and_its_photos(client, adres):
    page = page_of(client.get(adres))
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="image/jpeg,image/png,application/pdf,.dcm,application/dicom"' in page
    assert "capture" not in page


@pytest.mark.parametrize("geval", kwaad.GEVALLEN[::7], ids=lambda geval: geval.id)
def test_a_refused_file_leaves_what_was_typed(client, adres, verslag, geval):
    response = send(client, adres, verslag, upload(geval.maak(), geval.naam), bevindingen=GETYPT)
    assert GETYPT in page_of(response if response.status_code == 422 else client.get(adres))
    if response.status_code == 422:
        assert 'id="id_bestand_error"' in page_of(response)
        assert geval.wordt in page_of(response)
        assert not Bijlage.objects.exists()
    else:
        assert geval.wordt in (kwaad.OPNIEUW, kwaad.ALLEEN_DOWNLOAD)


def test_a_wrong_field_keeps_text_and_file(client, adres, verslag):
    response = send(client, adres, verslag, upload(goed.jpeg()), bevindingen=GETYPT, bsn="123")
    page = page_of(response)
    assert response.status_code == 422
    assert 'value="123"' in page
    assert "Bijlage 1: Element 11" in page
    assert Verslag.objects.get(pk=verslag.pk).bevindingen == GETYPT


def test_a_conflict_keeps_text_and_file(client, adres, verslag, by):
    old = verslag.versie
    actions.save_verslag(verslag, gegevens={"diagnose": "Ander venster"}, versie=old, by=by)
    data = {"bevindingen": GETYPT, "versie": old, "venster": "anders"}
    response = send(client, adres, verslag, upload(goed.jpeg()), **data)
    page = page_of(response)
    assert response.status_code == 422
    assert "intussen gewijzigd" in page
    assert GETYPT in page
    assert "Bijlage 1: Element 11" in page
    row = Verslag.objects.get(pk=verslag.pk)
    assert row.diagnose == "Ander venster"
    assert f'name="versie" value="{row.versie}"' in page


def test_no_file_is_said_at_the_field(client, adres, verslag):
    response = send(client, adres, verslag, bevindingen=GETYPT)
    assert response.status_code == 422
    assert "Kies eerst een foto of een pdf." in page_of(response)
    assert GETYPT in page_of(response)


def test_two_files_are_one_too_many(client, adres, verslag):
    response = send(client, adres, verslag, [upload(goed.jpeg()), upload(goed.png(), "b.png")])
    assert "een voor een" in page_of(response)
    assert not Bijlage.objects.exists()


def test_a_full_quota_is_said_at_the_field(client, adres, verslag, kring):
    for _number in range(bijlage_actions.PER_VERSLAG):
        BijlageFactory(kring=kring, verslag=verslag)
    response = send(client, adres, verslag, upload(goed.jpeg()), bevindingen=GETYPT)
    assert response.status_code == 422
    assert "hoogstens 10 bijlagen" in page_of(response)
    assert GETYPT in page_of(response)


MULTIPART = "multipart/form-data; boundary=grens"


def _part(head: bytes, content: bytes = b"x") -> bytes:
    return b"--grens\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + content + b"\r\n"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"--grens--", 422),
        (_part(b'name="doel"', b"bijlage") + b"--grens--", 422),
        (_part(b'name="bestand"; filename=""', goed.jpeg()) + b"--grens--", 422),
        (_part(b'name="bestand"; filename=".."', goed.jpeg()) + b"--grens--", 422),
        (_part(b'name="bestand"', goed.jpeg()) + b"--grens--", 422),
        (_part(b'filename="foto.jpg"', goed.jpeg()) + b"--grens--", 422),
        (_part(b'name="bestand"; filename="foto.jpg"', goed.jpeg()[:90]), 422),
        (_part(b'name="x"; filename="x.jpg"', b"1") * 50 + b"--grens--", 400),
        (_part(b'name="veld"') * 2000 + b"--grens--", 400),
        (_part(b'name="veld"', b"x" * 3_000_000) + b"--grens--", 400),
    ],
)
def test_odd_multipart_is_never_an_error_of_ours(client, adres, body, status):
    response = client.generic("POST", adres, body, content_type=MULTIPART)
    assert response.status_code == status
    assert not Bijlage.objects.exists()


def test_a_boundary_that_never_comes(client, adres):
    for kind in ("multipart/form-data", "multipart/form-data; boundary=" + "x" * 500):
        assert client.generic("POST", adres, b"--x", content_type=kind).status_code in (400, 422)


def test_an_upload_never_touches_the_disk(client, adres, verslag, monkeypatch):
    def forbidden(*args, **kwargs):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", forbidden)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", forbidden)
    large = goed.jpeg() + b"\0" * 12_000_000
    assert send(client, adres, verslag, upload(large)).status_code == 302


def test_a_name_with_markup_is_text(client, adres, verslag):
    bestand = upload(goed.jpeg(), "<b>&amp;'\" onload=x.jpg")
    send(client, adres, verslag, bestand, bijlage_omschrijving="<i>zwelling</i>")
    page = page_of(client.get(adres))
    assert "&lt;i&gt;zwelling" in page
    assert "<i>zwelling" not in page
    assert "<b>&" not in page


# --- take away


def test_remove(client, adres, verslag, foto):
    response = send(client, adres, verslag, doel="", weg=foto.pk, bevindingen=GETYPT)
    assert response.status_code == 302
    assert not Bijlage.objects.exists()
    page = page_of(client.get(adres))
    assert GETYPT in page
    assert "Bijlage 1 is weggehaald" in page


@pytest.mark.parametrize("name", ["", "geen-uuid"])
def test_remove_what_is_no_attachment(client, adres, verslag, foto, name):
    assert send(client, adres, verslag, doel="", weg=name).status_code == 404
    assert Bijlage.objects.exists()


def test_remove_of_another_report_is_not_there(client, adres, verslag, kring):
    other = BijlageFactory(kring=kring)
    assert send(client, adres, verslag, doel="", weg=other.pk).status_code == 302
    assert "was al weggehaald" in page_of(client.get(adres))
    assert Bijlage.objects.filter(pk=other.pk).exists()


def test_a_second_click_on_remove_finds_it_gone_and_keeps_the_text(client, adres, verslag, foto):
    verslag.refresh_from_db()
    data = form_data(verslag, doel="", weg=foto.pk, bevindingen=GETYPT)
    assert client.post(adres, data).status_code == 302
    response = client.post(adres, data | {"bevindingen": GETYPT + " En meer."})
    assert response.status_code == 302
    page = page_of(client.get(adres))
    assert "was al weggehaald" in page
    assert GETYPT + " En meer." in page


def test_a_file_from_a_stale_window_gives_it_no_right_to_the_text(client, adres, verslag):
    """The answer may never arrive; its next autosave must not pass for one of the newest window."""
    stale = form_data(verslag, venster="oud", bevindingen="Oud.")
    send(client, adres, verslag, doel="bewaar", venster="nieuw", bevindingen=GETYPT)
    photo = stale | {"doel": "bijlage", "bestand": upload(goed.jpeg())}
    assert client.post(adres, photo).status_code == 422
    assert Bijlage.objects.exists()
    client.post(adres, stale | {"doel": "auto"})
    assert Verslag.objects.get(pk=verslag.pk).bevindingen == GETYPT


# --- see back


def test_the_author_sees_it(client, kring, foto):
    response = client.get(url_of(foto, kring))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert goed.GEHEIM.encode() not in response.content
    line = Logregel.objects.get(gebeurtenis="bijlage.gezien")
    assert (line.actie, line.patient_id) == ("R", foto.verslag.dossier.patient_id)
    assert line.doel == "zorgverlening"


def test_the_headers_leave_nothing_to_run_or_keep(client, kring, foto):
    response = client.get(url_of(foto, kring))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy.split("; ")
    assert "script" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_pdf_is_only_a_download(client, adres, verslag, kring):
    data = goed.pdf(b"<script>")
    send(client, adres, verslag, upload(data, "Kanarievogel.pdf", "application/pdf"))
    response = client.get(url_of(Bijlage.objects.get(), kring))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "Kanarie" not in response["Content-Disposition"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response.content == data


def test_what_the_sender_says_it_is_means_nothing(client, adres, verslag, kring):
    send(client, adres, verslag, upload(goed.png(), "foto.png", "text/html"))
    assert client.get(url_of(Bijlage.objects.get(), kring))["Content-Type"] == "image/png"


def test_a_reader_of_the_dossier_sees_what_was_signed(als, kring, oproep, foto, by):
    reader = TandartsFactory(kring=kring, gebruiker=GebruikerFactory())
    LidmaatschapFactory(kring=kring, gebruiker=reader.gebruiker, rol="tandarts")
    assert als(reader.gebruiker).get(url_of(foto, kring)).status_code == 404
    # Now the patient is also theirs: but a draft is the author's alone.
    OproepFactory(
        kring=kring,
        behandelaar=reader,
        patient=oproep.patient,
        aangenomen_door=oproep.aangenomen_door,
    )
    assert als(reader.gebruiker).get(url_of(foto, kring)).status_code == 404
    actions.sign_verslag(foto.verslag, by=by)
    assert als(reader.gebruiker).get(url_of(foto, kring)).status_code == 200


@pytest.mark.parametrize(
    ("persoon", "status"),
    [("triagist", 403), ("coordinator", 403), ("fg", 403), ("vreemde", 404), (None, 302)],
)
def test_nobody_else_sees_it(request, als, foto, persoon, status):
    client = als(persoon and request.getfixturevalue(persoon))
    assert client.get(url_of(foto, foto.kring)).status_code == status


def test_below_another_kring_it_is_not_there(als, andere_kring, vreemde, foto):
    assert als(vreemde).get(url_of(foto, andere_kring)).status_code == 404


def test_an_attachment_of_another_report_is_not_there(client, kring, foto):
    other = BijlageFactory(kring=kring)
    address = reverse(
        "verslag:bijlage",
        kwargs={"kring": kring.slug, "verslag": foto.verslag_id, "bijlage": other.pk},
    )
    assert client.get(address).status_code == 404


def test_quarantine_is_shut_for_its_author_too(client, adres, verslag, kring, settings):
    settings.CLAMAV = "/bestaat/niet.sock"
    response = send(client, adres, verslag, upload(goed.jpeg()))
    page = page_of(client.get(response["Location"]))
    assert "de virusscanner antwoordt niet" in page
    assert "Wacht op de virusscanner" in page
    assert "data:image" not in page
    assert client.get(url_of(Bijlage.objects.get(), kring)).status_code == 404


def test_the_edit_page_asks_the_same_number_of_queries(client, adres, verslag, kring):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(adres)
        return len(asked)

    BijlageFactory(kring=kring, verslag=verslag)
    one = queries()
    for _number in range(9):
        BijlageFactory(kring=kring, verslag=verslag)
    assert queries() == one


# --- on the way to the own dentist


@pytest.fixture
def signed(verslag, foto, by):
    return actions.sign_verslag(verslag, by=by)


@pytest.fixture
def ophaler(als, kring, signed):
    return _opened(als(), kring, signed)


def _opened(client, kring, signed):
    """Return a browser that gave the right code."""
    client.adres = reverse(
        "verslag:ophalen",
        kwargs={"kring": kring.slug, "token": token_of(signed.overdrachten.get())},
    )
    client.post(client.adres, {"stap": "stuur_code"})
    assert client.post(client.adres, {"stap": "open", "code": last_code()}).status_code == 302
    return client


def test_the_report_and_its_letter_list_it(client, kring, signed, foto):
    page = page_of(
        client.get(
            reverse("verslag:verslag", kwargs={"kring": kring.slug, "verslag": foto.verslag_id})
        )
    )
    assert f"sha256 {foto.sha256[:16]}" in page
    assert "data:image/jpeg" in page
    text = PdfReader(io.BytesIO(pdf_of(signed))).pages[0].extract_text()
    assert "Bijlagen" in text
    assert "1. Element 11" in text
    assert foto.sha256[:16] in text.replace("\n", "")


def test_the_own_dentist_picks_it_up(ophaler, foto, signed):
    page = page_of(ophaler.get(ophaler.adres))
    address = f"{ophaler.adres}bijlagen/{foto.pk}/"
    assert f'action="{address}"' in page
    response = ophaler.post(address)
    assert response.content == Bijlage.objects.get().inhoud
    assert response["Content-Disposition"].startswith("attachment;")
    assert "no-store" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    line = Logregel.objects.get(gebeurtenis="overdracht.bijlage")
    assert line.patient_id == foto.verslag.dossier.patient_id
    assert ophaler.get(address).status_code == 405


def test_without_the_code_nothing_comes(als, ophaler, foto):
    response = als().post(f"{ophaler.adres}bijlagen/{foto.pk}/")
    assert response["Location"] == ophaler.adres
    assert not Logregel.objects.filter(gebeurtenis="overdracht.bijlage").exists()


def test_only_what_was_signed_is_picked_up(ophaler, kring, verslag, signed, by):
    later = BijlageFactory(kring=kring, verslag=verslag)
    other = BijlageFactory(kring=kring)
    for bijlage in (later, other):
        assert ophaler.post(f"{ophaler.adres}bijlagen/{bijlage.pk}/").status_code == 404


def test_a_withdrawn_handover_takes_its_attachments_along(ophaler, foto, signed, by):
    actions.withdraw_overdracht(signed.overdrachten.get(), by=by)
    assert ophaler.post(f"{ophaler.adres}bijlagen/{foto.pk}/").status_code == 404


def test_quarantine_is_not_picked_up(als, kring, signed, foto):
    Bijlage.objects.update(scan=Bijlage.Scan.WACHT)
    Pakket.objects.update(aangemaakt_op=timezone.now() - timedelta(minutes=15))
    ophaler = _opened(als(), kring, signed)
    address = f"{ophaler.adres}bijlagen/{foto.pk}/"
    page = page_of(ophaler.get(ophaler.adres))
    assert "Nog niet gecontroleerd op virussen" in page
    assert address not in page
    assert "data:image" not in page
    assert ophaler.post(address)["Location"] == ophaler.adres
