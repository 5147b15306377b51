"""Shares, hours and balances from a file: all lines, or none with the line and the reason."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kern.models import Logregel
from rooster.kader import bestand as kaderbestand
from rooster.kader.bestand import import_inzet, import_openingstijden, import_saldi
from rooster.models import Inzet, Openingstijd, Saldo
from tests.factories import DeelnemerFactory, RoosterperiodeFactory, TandartsFactory

VANAF = date(2027, 1, 4)


@pytest.fixture
def people(kring, andere_kring):
    """Two practices with a dentist each; a namesake, somebody gone, and a stranger."""
    brug = DeelnemerFactory(kring=kring, naam="De Brug")
    veer = DeelnemerFactory(kring=kring, naam="Het Veer")
    DeelnemerFactory(kring=kring, naam="Gestopt", actief=False)
    DeelnemerFactory(kring=andere_kring, naam="Elders")
    ans = TandartsFactory(kring=kring, deelnemer=brug, naam="Ans Bok")
    TandartsFactory(kring=kring, deelnemer=veer, naam="Jan Jansen", big_nummer="19000000001")
    TandartsFactory(kring=kring, deelnemer=veer, naam="Jan Jansen", big_nummer="19000000002")
    return brug, veer, ans


@pytest.fixture
def by(actor, coordinator):
    return actor(coordinator)


@pytest.fixture
def take(kring, people, by):
    def call(importer, *lines):
        text = "\n".join(lines).encode()
        return importer(kring_id=kring.pk, bestand=text, vanaf=VANAF, by=by)

    return call


def refused(call, *args) -> list[str]:
    with pytest.raises(ValidationError) as error:
        call(*args)
    nothing, *sentences = error.value.messages
    assert nothing == "Er is niets overgenomen."
    return sentences


def test_shares_are_taken_over_by_name_and_number(take, people):
    aantal = take(
        import_inzet,
        "Praktijk;Tandarts;FTE;Doet dienst",
        "de brug; ans  bok;0,8;",
        "Het Veer;Ans Bok;0.2;nee",
        "Het Veer;19000000002;1;ja",
    )
    assert aantal == 3
    found = Inzet.objects.values_list("deelnemer__naam", "tandarts__big_nummer", "fte")
    assert ("Het Veer", "19000000002", Decimal("1.00")) in found
    ans = Inzet.objects.filter(tandarts=people[2])
    assert set(ans.values_list("fte", "doet_dienst")) == {
        (Decimal("0.80"), True),
        (Decimal("0.20"), False),
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Elders;Ans Bok;1;", "er is geen praktijk “Elders” in de kring."),
        ("Gestopt;Ans Bok;1;", "er is geen praktijk “Gestopt” in de kring."),
        ("De Brug;Iemand;1;", "er is geen tandarts “Iemand” in de kring."),
        ("De Brug;Jan Jansen;1;", "er zijn er meer met de naam “Jan Jansen”."),
        ("De Brug;;1;", "hier staat geen naam."),
        ("De Brug;Ans Bok;half;", "“half” is geen getal."),
        ("De Brug;Ans Bok;NaN;", "“NaN” is geen getal."),
        ("De Brug;Ans Bok;1e-99999;", "“1e-99999” is geen getal."),
        (f"De Brug;Ans Bok;0.{'1' * 60};", f"“0.{'1' * 38}” is geen getal."),
        ("De Brug;Ans Bok;2,5;", "geef 0 tot en met 2 fte op, niet 2,5."),
        ("De Brug;Ans Bok;1;soms", "vul bij doet_dienst ja of nee in, niet “soms”."),
        ("Het Veer;19000000001;1;", "dit staat al in regel 2."),
    ],
)
def test_a_wrong_line_is_told_and_nothing_is_taken(take, line, reason):
    sentences = refused(
        take, import_inzet, "praktijk;tandarts;fte;doet_dienst", "Het Veer;19000000001;1;ja", line
    )
    assert len(sentences) == 1
    assert sentences[0].startswith(f"Regel 3: {reason}")
    assert Inzet.objects.count() == 0
    assert not Logregel.objects.filter(gebeurtenis="inzet.vastgesteld").exists()


def test_all_wrong_lines_are_told_at_once(take):
    sentences = refused(
        take, import_inzet, "praktijk;tandarts;fte", "Elders;Ans Bok;1", "De Brug;Ans Bok;x"
    )
    assert [sentence[:8] for sentence in sentences] == ["Regel 2:", "Regel 3:"]


def test_a_reason_of_the_action_takes_every_line_back(take, monkeypatch):
    """What only the database sees is told at its line as well."""

    def refuse(tandarts, *args, **kwargs):
        if tandarts.naam == "Ans Bok":
            raise ValidationError("Dit kan niet.")
        return real(tandarts, *args, **kwargs)

    real = kaderbestand.set_inzet
    monkeypatch.setattr(kaderbestand, "set_inzet", refuse)
    lines = ("praktijk;tandarts;fte", "Het Veer;19000000001;1", "De Brug;Ans Bok;1")
    assert refused(take, import_inzet, *lines) == ["Regel 3: Dit kan niet."]
    assert Inzet.objects.count() == 0


def test_hours_are_taken_over_by_practice(take, people):
    take(
        import_openingstijden,
        "praktijk;dag;van;tot",
        "De Brug;maandag;8;12.30",
        "De Brug;ma;13:00;17:00",
        "Het Veer;zo;10:00;12:00",
    )
    rows = Openingstijd.objects.filter(deelnemer=people[0]).order_by("van")
    assert list(rows.values_list("weekdag", "van", "tot")) == [
        (0, time(8), time(12, 30)),
        (0, time(13), time(17)),
    ]
    assert Logregel.objects.filter(gebeurtenis="openingstijden.opgeslagen").count() == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("De Brug;ma;12:00;14:00", "deze tijd valt over die van regel 2."),
        ("De Brug;ma;17:00;14:00", "de eindtijd moet na de begintijd liggen."),
        ("De Brug;feestdag;12:00;14:00", "“feestdag” is geen dag van de week."),
        ("De Brug;di;12:00;24:00", "“24:00” is geen tijd."),
        ("De Burg;di;12:00;14:00", "er is geen praktijk “De Burg” in de kring."),
    ],
)
def test_wrong_hours_are_told_and_nothing_is_taken(take, line, reason):
    (sentence,) = refused(
        take, import_openingstijden, "praktijk;dag;van;tot", "De Brug;ma;08:00;12:30", line
    )
    assert sentence.startswith(f"Regel 3: {reason}")
    assert Openingstijd.objects.count() == 0


def test_balances_are_taken_over_and_replace_those_of_the_period(kring, people, by):
    periode = RoosterperiodeFactory(kring=kring)
    for saldo in ("1,5", "-2"):
        bestand = f"praktijk;categorie;verschil\nDe Brug;Weekend;{saldo}\n".encode()
        import_saldi(periode, bestand=bestand, by=by)
    assert Saldo.objects.get().verschil == Decimal("-2.00")
    bad = b"praktijk;categorie;verschil\nDe Brug;weekend;1\nDe Brug;kerst;1\nDe Brug;weekend;2\n"
    sentences = refused(lambda: import_saldi(periode, bestand=bad, by=by))
    assert sentences == [
        "Regel 3: “kerst” is geen categorie. Kies uit: doordeweeks, weekend, feestdag.",
        "Regel 4: dit staat al in regel 2.",
    ]
    assert Saldo.objects.get().verschil == Decimal("-2.00")
