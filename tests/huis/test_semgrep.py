"""Each rule of .ci/semgrep finds what it forbids and leaves what it allows; bandit likewise."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spoeddienst.servers.instantie import CHECKOUT
from tests.huis.regelproeven import PROEVEN

FOLDER = CHECKOUT / ".ci" / "semgrep"

pytestmark = pytest.mark.traag


def _rules() -> set[str]:
    texts = [path.read_text() for path in FOLDER.glob("*.yml")]
    return {name for text in texts for name in re.findall(r"^  - id: (\S+)$", text, re.MULTILINE)}


def _write(house: Path, path: str, code: str) -> None:
    target = house / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(code + "\n")


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> set[tuple[str, str, str]]:
    """Plant everything, scan once; return (half, rule, path) of what was found."""
    houses = tmp_path_factory.mktemp("semgrep")
    for proeven in PROEVEN.values():
        for path, wrong, right in proeven:
            _write(houses / "fout", path, wrong)
            _write(houses / "goed", path, right)
    done = subprocess.run(
        [FOLDER / "run", "--json", "--no-git-ignore", "fout", "goed"],
        cwd=houses,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert not report["errors"], report["errors"]
    hits = set()
    for hit in report["results"]:
        half, _, path = hit["path"].partition("/")
        hits.add((half, hit["check_id"].rpartition(".")[2], path))
    return hits


def test_every_rule_is_proved():
    assert _rules() == set(PROEVEN) != set()


@pytest.mark.parametrize("rule", PROEVEN)
def test_a_planted_violation_is_found_and_its_neighbour_is_not(found, rule):
    paths = {path for path, _wrong, _right in PROEVEN[rule]}
    assert {path for half, name, path in found if (half, name) == ("fout", rule)} >= paths
    assert not {path for half, name, path in found if (half, name) == ("goed", rule)} & paths


def test_right_code_is_right_for_all_rules(found):
    assert not {hit for hit in found if hit[0] == "goed"}


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("import subprocess\nsubprocess.run('ls', shell=True)\n", 1),
        ("import hashlib\nhashlib.md5(b'x')\n", 1),
        ("import subprocess\nsubprocess.run(['/bin/ls'], check=True)\n", 0),
    ],
)
def test_bandit_finds_what_our_settings_leave_on(tmp_path, code, result):
    (tmp_path / "proef.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-qr", tmp_path, "-c", CHECKOUT / "pyproject.toml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == result, done.stdout + done.stderr
