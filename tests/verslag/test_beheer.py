"""Text blocks and tariff codes: the coordinator keeps them, a file with faults changes nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kern import logboek
from kern.models import Logregel
from kern.tenancy import kring_context
from tests.factories import TariefcodeFactory, TekstblokFactory
from verslag.actions.tarief import import_tariefcodes
from verslag.actions.tekstblok import remove_tekstblok, save_tekstblok
from verslag.models import Tariefcode, Tekstblok

KOP = "code;omschrijving;tarief;geldig_vanaf;geldig_tot\n"


def url(name, kring, **kwargs):
    return reverse(f"verslag:{name}", kwargs={"kring": kring.slug, **kwargs})


@pytest.fixture
def boss(als, coordinator):
    return als(coordinator)


@pytest.fixture
def bedrijf(actor, coordinator):
    return actor(coordinator)


def take(kring, by, *lines) -> int:
    return import_tariefcodes(kring_id=kring.pk, bestand=(KOP + "\n".join(lines)).encode(), by=by)


def held(dag) -> list[tuple]:
    return list(Tariefcode.objects.holding_on(dag).values_list("code", "tarief_cent"))


# --- tariff codes


def test_a_table_is_taken_over_and_holds_from_its_day(kring, bedrijf):
    assert take(kring, bedrijf, "c002;Consult;27,01;2026-01-01;2026-12-31") == 1
    assert take(kring, bedrijf, "C002;Consult;€ 28,50;01-01-2027;", "X10;Foto;20;2027-01-01;") == 2
    assert held(date(2026, 12, 31)) == [("C002", 2701)]
    assert held(date(2027, 1, 1)) == [("C002", 2850), ("X10", 2000)]
    assert held(date(2025, 12, 31)) == []
    assert Logregel.objects.filter(gebeurtenis="tariefcodes.overgenomen").count() == 2


def test_an_open_end_closes_when_the_next_table_begins(kring, bedrijf):
    take(kring, bedrijf, "C002;Consult;27,01;2026-01-01;")
    take(kring, bedrijf, "C002;Consult;28,50;2027-01-01;")
    assert held(date(2026, 12, 31)) == [("C002", 2701)]
    assert held(date(2027, 6, 1)) == [("C002", 2850)]


def test_the_same_day_again_replaces(kring, bedrijf):
    take(kring, bedrijf, "C002;Consult;27,01;2026-01-01;", "X10;Foto;20;2026-01-01;")
    take(kring, bedrijf, "C002;Beter consult;1.027,10;2026-01-01;")
    assert held(date(2026, 6, 1)) == [("C002", 102710), ("X10", 2000)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("36;Consult;27,01;2026-01-01;", "geen tariefcode"),
        ("C003;;27,01;2026-01-01;", "omschrijving ontbreekt"),
        ("C003;" + "x" * 201 + ";27,01;2026-01-01;", "langer dan 200"),
        ("C003;Consult;gratis;2026-01-01;", "geen bedrag"),
        ("C003;Consult;-1;2026-01-01;", "geen bedrag"),
        ("C003;Consult;NaN;2026-01-01;", "geen bedrag"),
        ("C003;Consult;1,234;2026-01-01;", "twee cijfers"),
        ("C003;Consult;1;31-02-2026;", "geen dag"),
        ("C003;Consult;1;1926-01-01;", "geen dag"),
        ("C003;Consult;1;2026-01-02;2026-01-01", "voor de eerste"),
        ("C002;Consult;1;2026-01-01;", "staat al in regel 2"),
        ("C002;Consult;1;2026-06-01;", "geldt dan twee keer"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_changes(kring, bedrijf, line, sentence):
    with pytest.raises(ValidationError) as refused:
        take(kring, bedrijf, "C002;Consult;27,01;2026-01-01;2026-12-31", line)
    (_head, reason) = refused.value.messages
    assert reason.startswith("Regel 3: ")
    assert sentence in reason
    assert not Tariefcode.objects.exists()
    assert not Logregel.objects.filter(gebeurtenis="tariefcodes.overgenomen").exists()


def test_the_log_line_and_the_table_stand_or_fall_together(kring, bedrijf, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(logboek, "record", broken)
    with pytest.raises(RuntimeError):
        take(kring, bedrijf, "C002;Consult;27,01;2026-01-01;")
    assert not Tariefcode.objects.exists()


def test_the_page_shows_the_codes_of_a_day(boss, kring):
    TariefcodeFactory(kring=kring, geldig_tot=date(2026, 6, 30))
    TariefcodeFactory(kring=kring, geldig_vanaf=date(2026, 7, 1), tarief_cent=3005)
    page = boss.get(url("tariefcodes", kring), {"dag": "2026-06-30"}).content.decode()
    assert "27,01" in page
    assert "30,05" not in page
    assert "30,05" in boss.get(url("tariefcodes", kring), {"dag": "2026-07-01"}).content.decode()
    assert boss.get(url("tariefcodes", kring), {"dag": "kapot"}).status_code == 200


def test_a_file_through_the_page(boss, kring):
    def post(text):
        file = SimpleUploadedFile("tarieven.csv", text.encode())
        return boss.post(url("tariefcodes_csv", kring), {"bestand": file}, follow=True)

    page = post(KOP + "C002;Consult;27,01;2026-01-01;kapot\n")
    assert page.status_code == 422
    assert "Regel 2" in page.content.decode()
    page = post(KOP + "C002;Consult;27,01;2026-01-01;\n").content.decode()
    assert "1 code overgenomen" in page
    assert boss.post(url("tariefcodes_csv", kring), {}).status_code == 422


# --- text blocks


def test_a_new_block_asks_for_its_field_in_words(boss, kring):
    page = boss.get(url("tekstblok_nieuw", kring)).content.decode()
    assert ">Kies een veld</option>" in page
    assert "-----" not in page


def test_a_block_is_made_changed_and_removed(boss, kring):
    data = {"veld": "behandeling", "naam": "Na extractie", "tekst": "Niet spoelen."}
    boss.post(url("tekstblok_nieuw", kring), data)
    row = Tekstblok.objects.get()
    boss.post(url("tekstblok", kring, tekstblok=row.pk), data | {"tekst": "Vandaag niet spoelen."})
    assert "Vandaag niet spoelen." in boss.get(url("tekstblokken", kring)).content.decode()
    weg = url("tekstblok_weg", kring, tekstblok=row.pk)
    assert "Na extractie" in boss.get(weg).content.decode()
    assert Tekstblok.objects.exists()
    boss.post(weg)
    assert not Tekstblok.objects.exists()
    lines = Logregel.objects.filter(object_soort="tekstblok").order_by("id")
    assert list(lines.values_list("actie", "object_id")) == [
        (actie, str(row.pk)) for actie in ("C", "U", "D")
    ]


def test_a_name_stands_once_per_field(boss, kring):
    TekstblokFactory(kring=kring, naam="Na extractie")
    data = {"veld": "behandeling", "naam": "Na extractie", "tekst": "Anders."}
    page = boss.post(url("tekstblok_nieuw", kring), data)
    assert page.status_code == 422
    assert "al een tekstblok met deze naam" in page.content.decode()
    assert "Anders." in page.content.decode()


def test_a_block_that_could_not_be_logged_is_not_there(kring, bedrijf, monkeypatch):
    row = TekstblokFactory(kring=kring)

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(logboek, "record", broken)
    with pytest.raises(RuntimeError):
        save_tekstblok(
            Tekstblok(kring=kring), veld="overig", naam="Nieuw", tekst="Tekst.", by=bedrijf
        )
    with pytest.raises(RuntimeError):
        remove_tekstblok(Tekstblok.objects.get(pk=row.pk), by=bedrijf)
    assert list(Tekstblok.objects.values_list("pk", flat=True)) == [row.pk]


# --- who may


@pytest.mark.parametrize("name", ["tekstblokken", "tekstblok_nieuw", "tariefcodes"])
def test_only_the_coordinator_keeps_them(als, tandarts, tandarts_gebruiker, kring, name):
    assert als(tandarts_gebruiker).get(url(name, kring)).status_code == 403


def test_a_block_of_another_kring_is_not_there(boss, kring, andere_kring):
    with kring_context(andere_kring.pk):
        row = TekstblokFactory(kring=andere_kring)
    assert boss.get(url("tekstblok", kring, tekstblok=row.pk)).status_code == 404
    assert boss.post(url("tekstblok_weg", kring, tekstblok=row.pk)).status_code == 404
