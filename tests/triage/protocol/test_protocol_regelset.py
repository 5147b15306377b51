"""Rule sets: loaded strictly, living beside each other, and compared."""

import copy
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from triage.protocol import (
    REGELSETS,
    SPANNINGEN,
    STANDAARD_LEZING,
    STANDAARD_REGELSET,
    Feiten,
    Instellingen,
    Lezing,
    Regelset,
    RegelsetFout,
    Zekerheid,
    compare,
    differences,
    evaluate,
    regelset,
)
from triage.protocol import regelsets as pakket
from triage.protocol.instellingen import INSTELLINGEN, InstellingFout
from triage.protocol.laden import build, load, load_all

BESTAND = Path(pakket.__file__).parent / f"{STANDAARD_REGELSET.id}.toml"
DATA = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
PIJN = Feiten(
    tijdstip=datetime(2026, 11, 24, 19, tzinfo=UTC),
    klachten=("pijn",),
    koorts="nee",
    nrs=8,
    leeftijd_jaren=40,
    pijnstilling_ingenomen="nee",
    eigen_tandarts_binnen_24u="ja",
)


def rule(data: dict[str, Any], id: str) -> dict[str, Any]:
    return next(item for item in data["regel"] if item["id"] == id)


def edition(**changes: Any) -> Regelset:
    """A second edition, in which a high pain score obliges to consult."""
    data = copy.deepcopy(DATA)
    data["id"], data["versie"] = "proef-2", 2
    rule(data, "R-27")["dan"] = {"contact": "verplicht"}
    data["advies"][0]["tekst"] = "Bel direct 112."
    return build(data | changes, "proef")


def test_two_editions_live_beside_each_other() -> None:
    new = edition()
    assert evaluate(PIJN).contact_tandarts == "aanbevolen"
    assert evaluate(PIJN, regelset=new).contact_tandarts == "verplicht"
    assert evaluate(PIJN, regelset=new).protocolversie == "proef-2"
    assert evaluate(PIJN).contact_tandarts == "aanbevolen"
    assert new.adviezen["bel_112"].tekst != STANDAARD_REGELSET.adviezen["bel_112"].tekst


def test_replay_says_what_today_would_say() -> None:
    old = evaluate(PIJN)
    verschillen = {item.naam: item for item in compare(old, evaluate(PIJN, regelset=edition()))}
    assert verschillen["contact_tandarts"].richting == "zwaarder"
    assert (verschillen["terugbel_minuten"].oud, verschillen["terugbel_minuten"].nieuw) == (
        60,
        None,
    )
    assert verschillen["terugbel_minuten"].richting == ""
    assert "pijnstiller_innemen" in verschillen["adviezen"].oud
    assert compare(old.as_record(), evaluate(PIJN)) == ()


@pytest.mark.parametrize(
    ("naam", "oud", "nieuw", "richting"),
    [
        ("contact_tandarts", "verplicht", "aanbevolen", "lichter"),
        ("urgentie", "overleg", "binnen_24_uur", "zwaarder"),
        ("moet_gezien", "tandarts_bepaalt", "ja", "zwaarder"),
        ("zien_binnen_min", 60, 30, "zwaarder"),
        ("zien_binnen_min", 60, 1440, "lichter"),
        ("zien_binnen_min", None, 1440, "zwaarder"),
        ("zien_binnen_min", 1440, None, "lichter"),
        ("terugbel_minuten", 60, 45, "zwaarder"),
        ("terugbel_minuten", None, 60, ""),
    ],
)
def test_a_difference_says_which_way(naam: str, oud: Any, nieuw: Any, richting: str) -> None:
    record = evaluate(PIJN).as_record()
    (found,) = compare(record | {naam: oud}, record | {naam: nieuw})
    assert (found.naam, found.oud, found.nieuw, found.richting) == (naam, oud, nieuw, richting)


def test_differences_between_two_readings() -> None:
    new = Lezing(
        regelset=edition(),
        instellingen=Instellingen(pijn_terugbel_min=45),
        lokale_regels=frozenset({"L-01"}),
    )
    found = {(item.soort, item.naam): item for item in differences(STANDAARD_LEZING, new)}
    assert set(found) == {
        ("regelset", "regelset"),
        ("instelling", "pijn_terugbel_min"),
        ("lokale_regel", "L-01"),
        ("regel", "R-27"),
        ("advies", "bel_112"),
    }
    assert (found["instelling", "pijn_terugbel_min"].oud, 45) == (60, 45)
    assert differences(new, new) == ()


def test_local_rule_is_off_until_chosen() -> None:
    gevaar = Feiten(tijdstip=PIJN.tijdstip, klachten=("ongemak",), direct_gevaar="ja")
    assert "L-01" not in evaluate(gevaar).regel_ids
    uitkomst = evaluate(gevaar, lokale_regels={"L-01"})
    assert "L-01" in uitkomst.regel_ids
    assert uitkomst.urgentie == "zo_snel_mogelijk"
    assert "bel_112" in uitkomst.adviezen
    (fired,) = [regel for regel in uitkomst.regels if regel.id == "L-01"]
    assert fired.zekerheid is Zekerheid.LOKAAL
    assert fired.paragraaf == "niet uit de richtlijn"


def test_unknown_local_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="L-99"):
        evaluate(PIJN, lokale_regels={"L-99"})
    with pytest.raises(ValueError, match="L-99"):
        Lezing(lokale_regels=frozenset({"L-99"}))


def test_the_shipped_editions_are_known_by_their_id() -> None:
    assert regelset(STANDAARD_REGELSET.id) is STANDAARD_REGELSET
    assert set(REGELSETS) == {path.stem for path in BESTAND.parent.glob("*.toml")}
    with pytest.raises(ValueError, match="knmt-1999"):
        regelset("knmt-1999")


def test_stored_reading_comes_back() -> None:
    record = Instellingen(nrs_overleg_aanbevolen_vanaf=None).as_record()
    lezing = Lezing.from_record(STANDAARD_REGELSET.id, record, ["L-01"])
    assert lezing.instellingen.nrs_overleg_aanbevolen_vanaf is None
    assert lezing.lokale_regels == {"L-01"}
    with pytest.raises(InstellingFout, match="pijn_terugbel"):
        Lezing.from_record(STANDAARD_REGELSET.id, {"pijn_terugbel": 60})


# Each mistake that somebody could make in the file, and the word the message must have.
FOUTEN: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda d: d.update(regels=[]), "unknown: regels"),
    (lambda d: d.update(versie="2"), "versie"),
    (lambda d: d.pop("titel"), "titel"),
    (lambda d: rule(d, "R-23").update(alss={}), "R-23: unknown: alss"),
    (lambda d: rule(d, "R-23").update(tabel="pijn"), "'pijn' is not a table"),
    (lambda d: rule(d, "R-23").update(zekerheid="zeker"), "'zeker' is not a certainty"),
    (lambda d: rule(d, "R-23").update(paragraaf=" "), "paragraaf needs a text"),
    (lambda d: rule(d, "R-23").update(fase=4), "fase"),
    (lambda d: rule(d, "R-23").update(als={}), "exactly one of"),
    (lambda d: rule(d, "R-23").update(als={"alle": []}), "a list of conditions"),
    (
        lambda d: rule(d, "R-23").update(als={"feit": "koortz", "is": "ja"}),
        "'koortz'",
    ),
    (lambda d: rule(d, "R-23").update(als={"feit": "koorts", "is": "jaa"}), "'jaa'"),
    (lambda d: rule(d, "R-23").update(als={"feit": "koorts", "vanaf": 3}), "unknown: vanaf"),
    (lambda d: rule(d, "R-23").update(als={"feit": "koorts"}), "exactly one of is"),
    (lambda d: rule(d, "R-23").update(als={"feit": "naam", "is": "Jan"}), "free text"),
    (lambda d: rule(d, "R-23").update(als={"feit": "twijfel", "is": 1}), "1 is not"),
    (lambda d: rule(d, "R-23").update(als={"feit": "nrs", "vanaf": "7"}), "must be a table"),
    (
        lambda d: rule(d, "R-23").update(als={"feit": "nrs", "vanaf": {"instelling": "nrs"}}),
        "'nrs' is not a setting with a number",
    ),
    (lambda d: rule(d, "R-23").update(als={"klacht": "pyn"}), "'pyn' is not a complaint"),
    (lambda d: rule(d, "R-23").update(als={"begrip": "kindje"}), "'kindje' is not a named"),
    (lambda d: rule(d, "R-23").update(als={"afgeleid": "stand", "is": "x"}), "'stand'"),
    (
        lambda d: rule(d, "R-23").update(als={"afgeleid": "pijnstilling", "is": "weg"}),
        "'weg' is not a value of it",
    ),
    (
        lambda d: rule(d, "R-23").update(als={"instelling": "kind_regel", "is": "riim"}),
        "'riim' is not a value of it",
    ),
    (
        lambda d: rule(d, "R-23").update(als={"tot_nu_toe": "contact", "is": "verplicht"}),
        "later phase",
    ),
    (lambda d: rule(d, "R-23").update(dan=None), "a list of tables"),
    (lambda d: rule(d, "R-23").update(dan={}), "without an effect"),
    (lambda d: rule(d, "R-23").update(dan={"contct": "verplicht"}), "unknown: contct"),
    (lambda d: rule(d, "R-23").update(dan={"contact": "moet"}), "'moet' is not a contact"),
    (lambda d: rule(d, "R-23").update(dan={"advies": ["slaap"]}), "'slaap' is not a advies"),
    (lambda d: rule(d, "R-23").update(dan={"zien_binnen": 60}), "belong together"),
    (lambda d: rule(d, "R-23").update(dan={"terugbel": -1}), "must be a table"),
    (
        lambda d: rule(d, "R-23").update(dan={"terugbel": {"instelling": "kind_regel"}}),
        "'kind_regel' is not a setting with a number",
    ),
    (lambda d: d["regel"].append(rule(d, "R-23")), "R-23 stands there twice"),
    (lambda d: d["advies"].append(d["advies"][0]), "stands there twice"),
    (lambda d: d["advies"].append({"sleutel": "rust", "tekst": "Rust."}), "no rule gives rust"),
    (lambda d: d["begrip"].update(a={"begrip": "b"}, b={"begrip": "a"}), "begrip.a.*'b'"),
]


@pytest.mark.parametrize(("change", "words"), FOUTEN)
def test_a_mistake_in_the_file_stops_the_start(
    change: Callable[[dict[str, Any]], Any], words: str
) -> None:
    data = copy.deepcopy(DATA)
    change(data)
    with pytest.raises(RegelsetFout, match=words):
        build(data, "proef.toml")


def test_a_file_must_be_toml_with_the_name_of_its_id(tmp_path: Path) -> None:
    kapot = tmp_path / "kapot.toml"
    kapot.write_text("id = ", encoding="utf-8")
    with pytest.raises(RegelsetFout, match=r"kapot\.toml: is not TOML"):
        load(kapot)
    anders = tmp_path / "anders.toml"
    anders.write_bytes(BESTAND.read_bytes())
    with pytest.raises(RegelsetFout, match="name of its id"):
        load(anders)
    anders.rename(tmp_path / BESTAND.name)
    kapot.unlink()
    assert load_all(tmp_path)[STANDAARD_REGELSET.id].regels == STANDAARD_REGELSET.regels


def test_a_rule_set_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        STANDAARD_REGELSET.regels[0].conditie["is"] = False  # type: ignore[index]
    with pytest.raises(AttributeError):
        STANDAARD_REGELSET.regels[0].fase = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        REGELSETS["x"] = STANDAARD_REGELSET  # type: ignore[index]


# SHA-256 of each edition since calls are judged by it.
VINGERAFDRUKKEN = {
    "knmt-2022-tekst-2025-07-v1": (
        "b0c3cc67eefe57d4e11c06627565369ccc925968baf6d7a3510a2e11ac7f8d60"
    ),
}


def test_an_edition_in_use_never_changes() -> None:
    """Calls were judged by it and show its texts: a change is a new file with a new id."""
    assert {naam: item.vingerafdruk for naam, item in REGELSETS.items()} == VINGERAFDRUKKEN


def test_every_tension_is_named_and_every_setting_belongs_to_one() -> None:
    assert list(SPANNINGEN) == [f"T-{number:02}" for number in range(1, 25)]
    used = {naam for spanning in SPANNINGEN.values() for naam in spanning.instellingen}
    own = {naam for naam, item in INSTELLINGEN.items() if item.spanning is None}
    assert used | own == set(INSTELLINGEN)
    assert own == {
        "opname_gesprekken",
        "tandarts_contact_norm_min",
        "achterwacht_na_pogingen",
        "achterwacht_na_min",
        "bevrijdingsdag_vrij",
        "goede_vrijdag_vrij",
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pijn_terugbel_min": 61}, "van 5 tot en met 60"),
        ({"pijn_terugbel_min": True}, "heel getal"),
        ({"pijn_terugbel_min": 30.0}, "heel getal"),
        ({"pijn_terugbel_min": None}, "heel getal"),
        ({"onbekend_is_twijfel": 1}, "ja of nee"),
        ({"kind_regel": ["ruim"]}, "een van deze"),
        ({"jong_kind_tot_leeftijd": 14, "kind_tot_leeftijd": 13}, "niet hoger"),
        ({"avulsie_zien_binnen_min": 20}, "niet hoger"),
    ],
)
def test_wrong_setting_is_refused_with_a_sentence(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(InstellingFout, match=words) as refusal:
        Instellingen.from_mapping(wrong)
    assert set(refusal.value.fouten) <= set(INSTELLINGEN)
