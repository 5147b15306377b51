"""The offline checker: the same result as the law of the product, and no alteration unseen."""

import copy
import json
import random
import subprocess
import sys

import pytest

from reglement.bundel import controleer_besluit as controle
from tests.reglement.bundels import random_bundle

FIELDS = (
    *("leden", "aanwezig", "quorum_nodig", "quorum_gehaald", "basis", "nodig"),
    *("voor", "tegen", "blanco", "staking", "doorslag", "aangenomen", "uitkomst"),
)


def test_computes_what_the_law_of_the_product_computes():
    """Two pieces of code that share nothing, over 4 000 votes of every kind."""
    rnd, seen = random.Random(20261123), set()
    for _ in range(4000):
        bundel = random_bundle(rnd)
        own = controle.result_of(bundel)
        assert own == {name: bundel["uitslag"][name] for name in FIELDS}, bundel
        assert controle.check(controle.as_file(bundel)) == []
        seen.add((bundel["stemming"]["regel"], own["uitkomst"], own["staking"], own["doorslag"]))
    # The random votes reach every end: carried, rejected, no quorum, and ties broken both ways.
    assert {end for _regel, end, *_ in seen} == {
        "aangenomen",
        "verworpen",
        "geen_geldige_stemming",
    }
    assert {cast for *_, tie, cast in seen if tie} == {"voor", "tegen", None}
    assert {regel for regel, *_ in seen} == {"gewoon", "gekwalificeerd", "royement"}


def _alter_bytes(rnd: random.Random, data: bytes) -> bytes:
    altered = bytearray(data)
    place = rnd.randrange(len(altered))
    match rnd.randrange(4):
        case 0:
            altered[place] ^= 1 << rnd.randrange(8)
        case 1:
            del altered[place]
        case 2:
            altered.insert(place, rnd.randrange(256))
        case 3:
            other = rnd.randrange(len(altered))
            altered[place], altered[other] = altered[other], altered[place]
    return bytes(altered)


def _leaves(value, path=()):
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _leaves(inner, (*path, key))
    else:
        yield path


def _alter_fact(rnd: random.Random, data: bytes) -> bytes:
    """Change one fact and write the file anew: what somebody does who knows how it is made."""
    bundel = json.loads(data)
    *path, last = rnd.choice(list(_leaves(bundel)))
    inside = bundel
    for key in path:
        inside = inside[key]
    old = inside[last]
    inside[last] = {bool: lambda: not old, int: lambda: old + rnd.choice((-1, 1))}.get(
        type(old), lambda: f"{old or ''}x"
    )()
    return controle.as_file(bundel)


@pytest.mark.parametrize("packed", [False, True], ids=["json", "zip"])
@pytest.mark.parametrize("alter", [_alter_bytes, _alter_fact])
def test_finds_a_thousand_random_alterations(alter, packed):
    rnd = random.Random(7)
    missed = []
    for _ in range(20):
        data = controle.as_file(random_bundle(rnd))
        number = controle.fingerprint(data)
        whole = controle.pack(data) if packed else data
        assert controle.check(whole, number) == []
        for _ in range(50):
            if alter is _alter_bytes:
                altered = _alter_bytes(rnd, whole)
            else:
                altered = _alter_fact(rnd, data)
                altered = controle.pack(altered) if packed else altered
            if altered != whole and not controle.check(altered, number):
                missed.append(altered)
    assert missed == []


def test_finds_a_changed_vote_without_knowing_the_number():
    """Without the check number it still sees that votes and result do not fit."""
    rnd = random.Random(3)
    missed = 0
    for _ in range(200):
        bundel = random_bundle(rnd)
        before = copy.deepcopy(bundel)
        bundel["uitslag"]["voor"] += 1
        bundel["aantallen"]["voor"] += 1
        assert bundel != before
        missed += not controle.check(controle.as_file(bundel))
    assert missed == 0


def test_the_same_facts_written_otherwise_are_refused():
    """One way to write them, so that two files with the same facts have the same number."""
    bundel = random_bundle(random.Random(4))
    assert controle.check(controle.as_file(bundel)) == []
    (fault,) = controle.check(json.dumps(bundel).encode())
    assert "niet geschreven zoals" in fault


def _bundle_with(**wanted):
    rnd = random.Random(11)
    while True:
        bundel = random_bundle(rnd, geheim=wanted["geheim"])
        if sum(bundel["aantallen"].values()) > 2:
            return bundel


def _twice(bundel):
    bundel["stemmen"][1] = bundel["stemmen"][0]


def _stranger(bundel):
    bundel["stemmen"][0]["deelnemer"] = "00000000-0000-4000-8000-000000000000"


def _late(bundel):
    bundel["stemmen"][0]["op"] = "2026-11-23T23:00:00.000000Z"


def _absent(bundel):
    who = bundel["stemmen"][0]["deelnemer"]
    bundel["aanwezigheid"] = [r for r in bundel["aanwezigheid"] if r["deelnemer"] != who]


def _odd_choice(bundel):
    bundel["stemmen"][0]["keuze"] = "misschien"


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (_twice, "stemde 2 keer"),
        (_stranger, "mocht niet stemmen"),
        (_late, "stemde buiten de tijd"),
        (_absent, "zonder aanwezig te zijn"),
        (_odd_choice, "iets wat niet kan: misschien"),
    ],
)
def test_says_what_is_wrong_with_a_vote(alter, sentence):
    bundel = _bundle_with(geheim=False)
    alter(bundel)
    assert sentence in " ".join(controle.check(controle.as_file(bundel)))


def test_a_secret_vote_that_names_who_voted_what_is_refused():
    bundel = _bundle_with(geheim=True)
    bundel["stemmen"] = _bundle_with(geheim=False)["stemmen"]
    assert "noemt wie wat stemde" in " ".join(controle.check(controle.as_file(bundel)))


def test_runs_with_the_standard_library_alone(tmp_path):
    """As a deelnemer runs it: unpacked, without the site packages, in isolation."""
    data = controle.as_file(random_bundle(random.Random(5)))
    package = tmp_path / "besluit-1.zip"
    package.write_bytes(controle.pack(data))
    subprocess.run([sys.executable, "-m", "zipfile", "-e", package, tmp_path], check=True)
    command = [sys.executable, "-I", "-S", "controleer_besluit.py"]
    right = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (right.returncode, right.stderr) == (0, "")
    assert controle.fingerprint(data) in right.stdout

    number = [*command, package.name, "--controlegetal", "0" * 64]
    wrong = subprocess.run(number, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert "klopt NIET" in wrong.stdout


def test_the_decisions_of_a_kring_follow_each_other(tmp_path, capsys):
    rnd, paths, vorige = random.Random(9), [], ""
    for nummer in (1, 2, 3):
        data = controle.as_file(random_bundle(rnd) | {"nummer": nummer, "vorige": vorige})
        vorige = controle.fingerprint(data)
        paths.append(tmp_path / f"besluit-{nummer}.json")
        paths[-1].write_bytes(data)
    assert controle.main([str(path) for path in paths]) == 0

    replaced = json.loads(paths[1].read_bytes())
    replaced["besluit"]["tekst"] = "Er komt geen tweede achterwacht."
    paths[1].write_bytes(controle.as_file(replaced))
    assert controle.main([str(path) for path in paths]) == 1
    assert "Besluit 3 volgt niet op dit besluit 2." in capsys.readouterr().out
