"""The evidence for an auditor is about this code: every claim names something that exists.

`tests/huis/asvs.txt` holds number and level of the 253 requirements of OWASP ASVS 5.0, level 1 and
2. `SPOED_AUDITOR_SCHRIJF=1 ./spoed test tests/huis/test_auditor.py` counts the table at the top.
"""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "beveiliging" / "asvs.md"
REQUIREMENTS = dict(
    line.split() for line in Path(__file__).with_name("asvs.txt").read_text().splitlines()
)
MET, NOT_APPLICABLE, DEVIATES = "met", "not applicable", "deviates"
REASON = 15
"""Characters: fewer say nothing."""

ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$")
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COUNT = re.compile(r"<!-- count -->\n(.*?)<!-- /count -->\n", re.DOTALL)


def rows(text: str) -> list[tuple[str, ...]]:
    """Return (number, level, what, status, evidence) of each row."""
    return [match.groups() for line in text.splitlines() if (match := ROW.match(line))]


def missing(text: str) -> list[str]:
    """Return the things in code spans (`path` or `path::name`) that are not there."""
    return [span for span in CODE.findall(text) if not _exists(span)]


def _exists(span: str) -> bool:
    path, _, name = span.partition("::")
    found = ROOT / path
    if not found.exists():
        return False
    if not name:
        return True
    pattern = rf"^\s*(?:(?:async )?def |class ){name}\b|^{name}\b\s*(?::[^=]+)?="
    return found.is_file() and bool(re.search(pattern, found.read_text(), re.MULTILINE))


def faults(row: tuple[str, ...]) -> list[str]:
    """Return what is wrong with the claim of one row."""
    _number, _level, what, status, evidence = row
    wrong = [f"{span} does not exist" for span in missing(evidence)]
    if not what.strip():
        wrong.append("no description")
    if status == MET and not CODE.search(evidence):
        wrong.append("nothing shows it")
    if status in (NOT_APPLICABLE, DEVIATES) and len(CODE.sub("", evidence).strip()) < REASON:
        wrong.append("no reason")
    if status not in (MET, NOT_APPLICABLE, DEVIATES):
        wrong.append(f"unknown status {status!r}")
    return wrong


def count_table(found: list[tuple[str, ...]]) -> str:
    """Return the table of counts per chapter."""
    counts: dict[str, Counter] = {}
    for number, _level, _what, status, evidence in found:
        for key in (f"V{number.partition('.')[0]}", "all"):
            own = counts.setdefault(key, Counter())
            own["all"] += 1
            own[status] += 1
            own["tested"] += status == MET and "`tests/" in evidence
    lines = [
        "| chapter | requirements | met | of these shown by a test | not applicable | deviates |",
        "|---|---|---|---|---|---|",
    ]
    for key, own in sorted(counts.items(), key=lambda item: int(item[0][1:] or 0, 36)):
        numbers = (own["all"], own[MET], own["tested"], own[NOT_APPLICABLE], own[DEVIATES])
        lines.append(f"| {key} | {' | '.join(map(str, numbers))} |")
    return "\n".join(lines) + "\n"


@pytest.fixture
def found():
    return rows(DOCUMENT.read_text())


def test_each_of_the_253_requirements_has_one_row(found):
    assert len(REQUIREMENTS) == 253
    assert Counter(REQUIREMENTS.values()) == {"1": 70, "2": 183}
    assert [(row[0], row[1]) for row in found] == list(REQUIREMENTS.items())


def test_every_claim_names_what_shows_it_or_why_not(found):
    assert {row[0]: wrong for row in found if (wrong := faults(row))} == {}


def test_the_counts_at_the_top_are_those_of_the_rows(found):
    text = DOCUMENT.read_text()
    if os.environ.get("SPOED_AUDITOR_SCHRIJF"):
        table = f"<!-- count -->\n{count_table(found)}<!-- /count -->\n"
        text = COUNT.sub(lambda match: table, text)
        DOCUMENT.write_text(text)
    (counted,) = COUNT.findall(text)
    assert counted == count_table(found)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((MET, "`kern/scrub.py::scrub`"), []),
        ((MET, "we promise"), ["nothing shows it"]),
        ((MET, "`kern/weg.py`"), ["kern/weg.py does not exist"]),
        ((MET, "`kern/scrub.py::weg`"), ["kern/scrub.py::weg does not exist"]),
        # A name that only begins like it is another test.
        ((MET, "`kern/scrub.py::scru`"), ["kern/scrub.py::scru does not exist"]),
        ((DEVIATES, "later"), ["no reason"]),
        ((NOT_APPLICABLE, "`kern/scrub.py`"), ["no reason"]),
        (("partly", "`kern/scrub.py`"), ["unknown status 'partly'"]),
    ],
)
def test_a_false_claim_is_found(row, expected):
    assert faults(("1.1.1", "1", "something", *row)) == expected


DOCUMENTS = [*sorted((ROOT / "docs" / "beveiliging").glob("*.md")), ROOT / "SECURITY.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_the_documents_name_exists(document):
    """Every file or test in a code span, and every link to another page of the house."""
    text = document.read_text()
    paths = [s for s in CODE.findall(text) if re.match(r"[\w.-]+(/[\w.-]+)+(::\w+)?$", s)]
    assert [span for span in paths if not _exists(span)] == []
    links = [t.partition("#")[0] for t in LINK.findall(text) if not t.startswith(("http", "#"))]
    assert [link for link in links if not (document.parent / link).exists()] == []
