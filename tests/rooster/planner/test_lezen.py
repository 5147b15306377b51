"""Files with a fault: every complaint at once, in Dutch, each with its place."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rooster_instanties import generate
from rooster.planner import InstantieFout, read_instance, read_plan, to_json
from tests.rooster.planner.kringen import raw_instances

Wijziging = Callable[[dict[str, Any]], Any]


def _small() -> dict[str, Any]:
    return json.loads(json.dumps(generate("dag", 4, 1, 4)))


def _set(*pad: Any, waarde: Any) -> Wijziging:
    """Return a change of one value in the file."""

    def change(inhoud: Any) -> None:
        for stap in pad[:-1]:
            inhoud = inhoud[stap]
        inhoud[pad[-1]] = waarde

    return change


STREEF = ("praktijken", 0, "streef", "weekend")
FOUTEN: list[tuple[Wijziging, str]] = [
    (_set("formaat", waarde="x"), "formaat: verwacht 'rooster-instantie/1', hier staat 'x'."),
    (_set("diensten", waarde=[]), "diensten: verwacht een lijst met minstens één rij."),
    (
        _set("diensten", 2, "eerste_dag", waarde="2026-02-30"),
        "diensten[2] (D0002).eerste_dag: '2026-02-30' is geen dag (verwacht JJJJ-MM-DD).",
    ),
    (
        _set("diensten", 2, "laatste_dag", waarde="2025-01-01"),
        "diensten[2] (D0002): de laatste dag ligt voor de eerste.",
    ),
    (_set("diensten", 1, "id", waarde="D0000"), "diensten[1] (D0000): dit id komt al eerder voor."),
    (_set("diensten", 0, waarde=7), "diensten[0]: verwacht een object met een id (tekst)."),
    (
        _set("tandartsen", 0, "praktijk", waarde="X"),
        "tandartsen[0] (T000).praktijk: er is geen praktijk 'X'.",
    ),
    (
        _set("tandartsen", 0, "graag", "2026-01-05", waarde=1.5),
        "tandartsen[0] (T000).graag.2026-01-05: verwacht een geheel getal van 0 tot en met "
        "1000000, hier staat 1.5.",
    ),
    (
        _set(*STREEF, waarde=None),
        "praktijken[0] (P000).streef.weekend: verwacht een object (sleutels met waarden).",
    ),
    (
        _set(*STREEF, "dienstdoende", waarde=-1),
        "praktijken[0] (P000).streef.weekend.dienstdoende: verwacht een getal van 0 tot 1000000, "
        "hier staat -1.",
    ),
    (_set(*STREEF, "dienstdoende", waarde=90.0), "praktijken: voor weekend zijn er"),
    (
        _set("regels", "rustdagen", waarde=True),
        "regels.rustdagen: verwacht een geheel getal van 0 tot en met 1000000, hier staat True.",
    ),
    (_set("regels", "plaatsen_per_dienst", waarde=3), "regels.plaatsen_per_dienst: alleen 2 kan"),
    (_set("vast", waarde={"X": {}}), "vast[X]: er is geen dienst met dit id."),
    (
        _set("vast", waarde={"D0000": {"achterwacht": "X"}}),
        "vast[D0000].achterwacht: er is geen tandarts 'X'.",
    ),
]


@pytest.mark.parametrize(("wijziging", "klacht"), FOUTEN)
def test_a_fault_is_named_with_its_place(wijziging: Wijziging, klacht: str) -> None:
    inhoud = _small()
    wijziging(inhoud)
    with pytest.raises(InstantieFout) as fout:
        read_instance(inhoud)
    assert any(regel.startswith(klacht) for regel in fout.value.klachten), fout.value.klachten


def test_all_faults_come_at_once() -> None:
    inhoud = _small()
    inhoud["diensten"][0]["week"] = None
    inhoud["tandartsen"][1]["streef"] = "veel"
    with pytest.raises(InstantieFout) as fout:
        read_instance(inhoud)
    assert [klacht.split(":")[0] for klacht in fout.value.klachten] == [
        "diensten[0] (D0000).week",
        "tandartsen[1] (T001).streef",
    ]


def test_pins_of_one_person_too_near_each_other_are_named() -> None:
    inhoud = _small()
    for tandarts in inhoud["tandartsen"]:
        tandarts["afwezig"] = []
    inhoud["vast"] = {"D0000": {"dienstdoende": "T000"}, "D0002": {"achterwacht": "T000"}}
    with pytest.raises(InstantieFout, match="T000 op D0000 en T000 op D0002 liggen te dicht"):
        read_instance(inhoud)


@settings(max_examples=60, deadline=None)
@given(raw_instances(eigen=True))
def test_an_instance_survives_being_written_and_read(inhoud: dict[str, Any]) -> None:
    try:
        inst = read_instance(inhoud)
    except InstantieFout:
        return
    assert read_instance(json.loads(json.dumps(to_json(inst)))) == inst


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda kind: (
        st.lists(kind, max_size=3) | st.dictionaries(st.text(max_size=8), kind, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(raw_instances(eigen=True), junk, st.randoms(use_true_random=False))
def test_junk_anywhere_gives_complaints_and_nothing_else(
    inhoud: dict[str, Any], rommel: Any, toeval: Any
) -> None:
    plek: Any = inhoud
    while True:
        sleutel = toeval.choice(list(plek) if isinstance(plek, dict) else range(len(plek)))
        dieper = plek[sleutel]
        if not isinstance(dieper, dict | list) or not dieper or toeval.random() < 0.2:
            break
        plek = dieper
    plek[sleutel] = rommel
    try:
        klachten = [] if read_instance(inhoud).diensten else None
    except InstantieFout as fout:
        klachten = fout.klachten
        assert all(klachten)
    assert klachten is not None


def test_a_plan_is_read_back() -> None:
    assert read_plan({"toewijzing": {"D1": {"dienstdoende": "T1"}}}) == {
        "D1": {"dienstdoende": "T1", "achterwacht": None}
    }
    with pytest.raises(InstantieFout, match=r"toewijzing\[D1\]: verwacht alleen dienstdoende"):
        read_plan({"toewijzing": {"D1": {"baas": "T1"}}})


def test_the_command_plans_from_file_to_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vraag, plan = tmp_path / "vraag.json", tmp_path / "plan.json"
    vraag.write_text(json.dumps(_small()))
    call_command("rooster_plan", str(vraag), "--uit", str(plan), "--seconden", "20")
    geschreven = json.loads(plan.read_text())
    assert geschreven["formaat"] == "rooster-plan/1"
    assert set(geschreven["toewijzing"]) == {d["id"] for d in _small()["diensten"]}
    bewijs = geschreven["bewijs"]
    tekst = capsys.readouterr().out
    assert f"doel {bewijs['doel']}   ondergrens {bewijs['ondergrens']}   gap " in tekst
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["plan.json", "vraag.json"]


@pytest.mark.parametrize(
    ("inhoud", "klacht"),
    [
        (None, "het bestaat niet"),
        (b"{", "is geen JSON: fout op regel 1, teken 2"),
        (b"\xff\xfe\x00", "geen leesbare JSON in UTF-8"),
        (b"[" * 100_000, "geen leesbare JSON"),
        (b"{}", "- formaat: verwacht 'rooster-instantie/1', hier staat niets."),
    ],
)
def test_the_command_refuses_a_bad_file(tmp_path: Path, inhoud: bytes | None, klacht: str) -> None:
    vraag, plan = tmp_path / "vraag.json", tmp_path / "plan.json"
    plan.write_text("oud")
    if inhoud is not None:
        vraag.write_bytes(inhoud)
    with pytest.raises(CommandError, match=re.escape(klacht)) as fout:
        call_command("rooster_plan", str(vraag), "--uit", str(plan))
    assert fout.value.returncode == 2
    assert plan.read_text() == "oud"
