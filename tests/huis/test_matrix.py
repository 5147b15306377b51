"""Every route × method × person × object, against a golden file that a person has read (S02).

`SPOED_MATRIX_SCHRIJF=1 ./spoed test tests/huis/test_matrix.py` writes the file anew; read its diff.
Each cell is also held against the access table itself (`matrix.allowed`), so that a wrong golden
file cannot make a wrong door right.
"""

import difflib
import os
from pathlib import Path

import pytest

from tests.factories import OproepFactory
from tests.huis import matrix
from tests.huis.objecten import objects_of
from tests.huis.personen import cast, client_of

GOLDEN = Path(__file__).with_name("matrix.txt")


@pytest.fixture
def cells(kring, andere_kring):
    personen, tandarts, andere_tandarts = cast(kring, andere_kring)
    objects = {
        kring.slug: objects_of(kring, tandarts),
        andere_kring.slug: objects_of(andere_kring, andere_tandarts),
    }
    for found in objects.values():
        # A dentist joins only two own patients: the double is one as well.
        OproepFactory(
            kring=found.kring,
            patient=found.ander,
            behandelaar=found.tandarts,
            status="afgerond",
            afgerond_op="2026-11-01T12:00Z",
        )
    overdracht = objects[kring.slug].overdracht
    clients = [(persoon, client_of(persoon, overdracht)) for persoon in personen]
    return list(matrix.cells(clients, objects))


@pytest.mark.traag
@pytest.mark.eerst
@pytest.mark.timeout(3600)
def test_matrix_equals_the_golden_file_and_the_table(cells):
    wrong = [
        f"{cell} (de tabel: {' of '.join(sorted(matrix.allowed(cell)))})"
        for cell in cells
        if cell.outcome not in matrix.allowed(cell)
    ]
    assert not wrong, "\n".join(wrong)
    found = matrix.golden(cells)
    if os.environ.get("SPOED_MATRIX_SCHRIJF"):
        GOLDEN.write_text(found)
    # Not a bare `==`: pytest would compare thousands of long lines letter by letter, for hours.
    assert not _difference(found)
    assert len(cells) >= 5000


def _difference(found: str) -> str:
    lines = difflib.unified_diff(
        GOLDEN.read_text().splitlines(),
        found.splitlines(),
        "matrix.txt",
        "gevonden",
        n=0,
        lineterm="",
    )
    return "\n".join(lines)
