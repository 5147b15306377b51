"""A CSV file from a person: read in whatever shape, refused with the line and the reason."""

import pytest
from django.core.exceptions import ValidationError

from kern import csv
from kern.csvlezen import MAX_REGELS, read

KOP = ("praktijk", "fte")


def rows(bestand: bytes):
    return [(regel.nummer, regel["praktijk"], regel["fte"]) for regel in read(bestand, KOP).regels]


def refusal(bestand: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        read(bestand, KOP)
    return error.value.messages[0]


@pytest.mark.parametrize(
    "bestand",
    [
        b"praktijk;fte\r\nDe Brug;0,8\r\n",
        b'\xef\xbb\xbfFTE,Praktijk\n"0,8",De Brug\n',
        b"Praktijk\tFTE\tiets\nDe Brug\t0,8\tx\n",
        b"praktijk;fte\nDe Brug;0,8\n;\n\n",
    ],
)
def test_the_usual_shapes_are_read(bestand):
    assert rows(bestand) == [(2, "De Brug", "0,8")]


def test_what_excel_on_windows_writes_is_read():
    assert rows("praktijk;fte\nKöhler;1\n".encode("cp1252")) == [(2, "Köhler", "1")]


def test_what_we_wrote_comes_back_as_it_was():
    text = csv.write(KOP, [["=SOM(A1)", 1], ["'t Hof", 2]])
    assert rows(text.encode()) == [(2, "=SOM(A1)", "1"), (3, "'t Hof", "2")]


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (b"", "Het bestand is leeg."),
        (b"praktijk;uren\nA;1\n", "Regel 1: de kolom fte ontbreekt."),
        (b"PK\x03\x04\x00\x00", "Dit is geen CSV-bestand."),
        (b'praktijk;fte\n"A;1\n', "Dit is geen CSV-bestand."),
        (b"praktijk;fte\n" + b"A;1\n" * MAX_REGELS, "meer dan 5000 regels"),
    ],
)
def test_what_is_no_such_file_is_refused(bestand, zin):
    assert zin in refusal(bestand)


def test_every_fault_is_told_with_its_line_in_order():
    found = read(b"praktijk;fte\nA;1\nB;2;3\n", KOP)
    found.wrong(found.regels[0], "deze praktijk is er niet.")
    with pytest.raises(ValidationError) as error:
        found.refuse()
    assert error.value.messages == [
        "Er is niets overgenomen.",
        "Regel 2: deze praktijk is er niet.",
        "Regel 3: hier staan meer cellen dan er kolommen zijn.",
    ]


def test_a_file_full_of_faults_shows_the_first_and_counts_the_rest():
    found = read(b"praktijk;fte\n" + b"A;1\n" * 30, KOP)
    for regel in found.regels:
        found.wrong(regel, "fout.")
    with pytest.raises(ValidationError) as error:
        found.refuse()
    assert error.value.messages[-1] == "… en nog 10 fouten."
    assert len(error.value.messages) == 22


def test_nothing_wrong_refuses_nothing():
    assert read(b"praktijk;fte\nA;1\n", KOP).refuse() is None
