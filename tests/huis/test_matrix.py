"""Every route × method × person × object, against a golden file that a person has read (S02).

`SPOED_MATRIX_SCHRIJF=1 ./spoed test tests/huis/test_matrix.py` writes the file anew; read its diff.
Each cell is also held against the access table itself (`matrix.allowed`), so that a wrong golden
file cannot make a wrong door right.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from kern.bewijs import SECOND_FACTOR, prove
from tests.huis import matrix
from tests.huis.objecten import objects_of
from tests.huis.personen import cast
from verslag.ophaalsessie import SLEUTEL

GOLDEN = Path(__file__).with_name("matrix.txt")


def _client(persoon, overdracht):
    """Return a client of this person; not that of `als`, whose work the savepoint does already."""
    client = Client()
    if persoon.gebruiker is not None:
        client.force_login(persoon.gebruiker)
    session = client.session
    if persoon.groep == "ophaler":
        session[SLEUTEL] = {str(overdracht.pk): [overdracht.token_hash, 2**33]}
    elif persoon.gebruiker is not None and persoon.tweede_factor:
        prove(session)
        if persoon.tweede_factor == "oud":
            session[SECOND_FACTOR] -= 3600
    session.save()
    return client


@pytest.fixture
def cells(kring, andere_kring):
    personen, tandarts, andere_tandarts = cast(kring, andere_kring)
    objects = {
        kring.slug: objects_of(kring, tandarts),
        andere_kring.slug: objects_of(andere_kring, andere_tandarts),
    }
    overdracht = objects[kring.slug].overdracht
    clients = [(persoon, _client(persoon, overdracht)) for persoon in personen]
    return list(matrix.cells(clients, objects))


@pytest.mark.traag
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
    assert found.splitlines() == GOLDEN.read_text().splitlines()
    assert len(cells) >= 5000
