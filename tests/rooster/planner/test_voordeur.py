"""`./spoed manage rooster_plan` goes from file to file: no servers, the caller's own folder."""

import os
from pathlib import Path
from typing import Any

import pytest

from spoeddienst.servers import opdracht
from spoeddienst.servers.instantie import Instantie


@pytest.fixture
def gestart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Any, ...]]:
    """What the front door starts, on a house that was never started before."""
    gestart: list[tuple[Any, ...]] = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(opdracht, "DEMO", Instantie(tmp_path / "var" / "demo"))
    monkeypatch.setattr(opdracht, "_run", lambda *args: gestart.append(args) or 0)
    monkeypatch.setattr(opdracht, "Client", lambda _: pytest.fail("a server was started"))
    monkeypatch.chdir(tmp_path)
    return gestart


def test_the_front_door_starts_no_servers_to_plan(
    gestart: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    assert opdracht.manage(["rooster_plan", "vraag.json", "--uit", "plan.json"]) == 0
    [(argv, environment, cwd)] = gestart
    assert argv[-4:] == ["rooster_plan", "vraag.json", "--uit", "plan.json"]
    assert environment["DJANGO_SETTINGS_MODULE"] == "spoeddienst.settings"
    assert cwd == tmp_path
    assert os.access(environment["SPOED_SLEUTELMAP"], os.R_OK)


def test_another_command_does_ask_for_the_servers(gestart: list[tuple[Any, ...]]) -> None:
    with pytest.raises(pytest.fail.Exception, match="a server was started"):
        opdracht.manage(["migrate"])
    assert gestart == []
