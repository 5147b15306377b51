"""Documents: sealed, told of when late, for who decides only."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from kern.models import Logregel
from reglement.actions import vergadering as acties
from reglement.models import Stuk
from tests.rooster.brieven import letters

pytestmark = pytest.mark.django_db


def test_a_document_is_unreadable_in_the_database(plan, by, pdf):
    stuk = acties.add_document(
        plan("overig"), stuk=pdf("zeldzaam"), omschrijving="Begroting", by=by
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhoud, omschrijving FROM reglement_stuk")
        sealed = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"zeldzaam" not in sealed
    assert b"Begroting" not in sealed
    assert b"zeldzaam" in Stuk.objects.get(pk=stuk.pk).checked_content()


def test_the_second_click_is_the_same_document(plan, by, pdf):
    row = plan("overig")
    first = acties.add_document(row, stuk=pdf(), omschrijving="Begroting", by=by)
    assert acties.add_document(row, stuk=pdf(), omschrijving="Begroting", by=by) == first


def test_a_late_document_is_told_of_and_stays(leden, opgeroepen, by, pdf):
    leden(3)
    row = opgeroepen()
    stuk = acties.add_document(row, stuk=pdf(), omschrijving="Nagekomen", by=by)
    assert stuk.nagekomen
    assert sum("Nagekomen stuk" in mail["Subject"] for mail in letters()) == 3
    with pytest.raises(ValidationError, match="al opgeroepen"):
        acties.remove_document(stuk, by=by)
    assert Stuk.objects.count() == 1


def test_the_facts_of_a_document_stay(plan, by, pdf):
    stuk = acties.add_document(plan("overig"), stuk=pdf(), omschrijving="Begroting", by=by)
    with pytest.raises(ProgrammingError, match="alleen toevoegen"), transaction.atomic():
        Stuk.objects.filter(pk=stuk.pk).update(sha256="0" * 64)
    acties.remove_document(stuk, by=by)
    assert not Stuk.objects.exists()


def test_who_decides_reads_it_and_each_look_is_noted(
    *, als, vertegenwoordiger, tandarts_gebruiker, vreemde, andere_kring, plan, by, pdf, kring
):
    stuk = acties.add_document(plan("overig"), stuk=pdf(), omschrijving="Begroting", by=by)
    adres = reverse("reglement:stuk", kwargs={"kring": kring.slug, "stuk": stuk.pk})
    response = als(vertegenwoordiger).get(adres)
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert Logregel.objects.filter(gebeurtenis="stuk.gezien", object_id=str(stuk.pk)).count() == 1
    assert als(tandarts_gebruiker).get(adres).status_code == 403
    elders = reverse("reglement:stuk", kwargs={"kring": andere_kring.slug, "stuk": stuk.pk})
    assert als(vreemde).get(elders).status_code == 404


def test_a_file_that_is_no_pdf_is_refused_and_the_rest_stays(als, coordinator, plan, kring):
    row = plan("overig")
    adres = reverse("reglement:stuk_nieuw", kwargs={"kring": kring.slug, "vergadering": row.pk})
    file = SimpleUploadedFile("begroting.docx", b"PK\x03\x04")
    response = als(coordinator).post(adres, {"bestand": file, "omschrijving": "Begroting 2027"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dit is geen pdf" in page
    assert "Begroting 2027" in page
    good = SimpleUploadedFile("b.pdf", b"%PDF-1.7\nx\n%%EOF")
    data = {"bestand": good, "omschrijving": "Begroting", "agendapunt": row.agendapunten.get().pk}
    assert als(coordinator).post(adres, data).status_code == 302
    assert Stuk.objects.get().agendapunt == row.agendapunten.get()
