"""The front door on machines that are not this one."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from spoeddienst.servers import bootstrap, omgeving, opdracht
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.melding import Stop
from tests.machine import absent


def test_front_door_can_tell_an_old_python_that_it_is_too_old():
    ast.parse((CHECKOUT / "spoed").read_text(), feature_version=(3, 4))


def test_servers_need_only_the_standard_library():
    """Half of them run before .venv exists."""
    code = "from spoeddienst.servers import hoofd, keeper"
    subprocess.run([sys.executable, "-S", "-c", code], cwd=CHECKOUT, check=True)


def test_installer_itself_is_locked_by_hash():
    lines = bootstrap._locked("uv").splitlines()
    assert lines[0].startswith("uv==")
    assert all("--hash=sha256:" in line for line in lines[1:])
    assert not lines[-1].endswith("\\")


@pytest.fixture
def venv(tmp_path: Path, monkeypatch) -> Path:
    """A complete .venv in the eyes of the bootstrap."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "VENV", folder)
    monkeypatch.setattr(bootstrap, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", folder / "spoed-klaar")
    monkeypatch.setattr(bootstrap, "BUSY", tmp_path / "venv-bezig")
    bootstrap.PYTHON.parent.mkdir(parents=True)
    bootstrap.PYTHON.touch()
    bootstrap.STAMP.write_text(bootstrap._fingerprint())
    return folder


def test_complete_venv_is_left_alone(venv):
    assert bootstrap.is_filled()


def test_venv_that_was_cut_off_is_filled_again(venv):
    bootstrap.BUSY.touch()
    assert not bootstrap.is_filled()


def test_venv_of_another_lock_is_filled_again(venv, tmp_path, monkeypatch):
    other = tmp_path / "requirements.lock"
    other.write_text("django==1.0\n")
    monkeypatch.setattr(bootstrap, "LOCK", other)
    assert not bootstrap.is_filled()


def test_venv_whose_python_is_gone_is_filled_again(venv):
    bootstrap.PYTHON.unlink()
    assert not bootstrap.is_filled()


@pytest.fixture
def bare_machine(venv, monkeypatch):
    """No library of WeasyPrint, no rights to install it."""
    monkeypatch.setattr(bootstrap, "_loads", lambda library: False)
    monkeypatch.setattr(bootstrap, "_root_prefix", lambda: None)


def test_missing_system_package_stops_with_the_command_to_type(bare_machine):
    with pytest.raises(Stop, match=r"apt-get install .* libpangoft2-1\.0-0"):
        bootstrap.ensure_apt(tests=False)


def test_missing_browser_only_warns(bare_machine, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "_loads", lambda library: "atomic" not in library)
    bootstrap.ensure_apt(tests=True)
    assert "apt-get install -y --no-install-recommends chromium" in capsys.readouterr().err


@pytest.fixture
def only_postfix_lacks(bare_machine, monkeypatch):
    monkeypatch.setattr(bootstrap, "_loads", lambda library: True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None if name == "postfix" else name)


def test_nobody_gets_a_mail_server_unasked(only_postfix_lacks, monkeypatch, capsys):
    monkeypatch.delenv("SPOED_POSTFIX_VERPLICHT", raising=False)
    bootstrap.ensure_apt(tests=True)
    assert capsys.readouterr().err == ""


def test_a_promised_mail_server_is_installed_or_asked_for(only_postfix_lacks, monkeypatch, capsys):
    monkeypatch.setenv("SPOED_POSTFIX_VERPLICHT", "1")
    bootstrap.ensure_apt(tests=True)
    assert "apt-get install -y --no-install-recommends postfix\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [("SPOED_POSTFIX_VERPLICHT", "Geen postfix"), ("SPOED_BROWSER_VERPLICHT", "Geen chromium")],
)
def test_without_what_was_promised_no_test_runs(monkeypatch, promise, sentence):
    monkeypatch.setattr(bootstrap, "find_browser", lambda: None)
    monkeypatch.setattr(bootstrap, "has_postfix", lambda: False)
    for name in ("SPOED_POSTFIX_VERPLICHT", "SPOED_BROWSER_VERPLICHT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(promise, "1")
    with pytest.raises(Stop, match=sentence):
        opdracht.test([])


@pytest.mark.parametrize(("promised", "end"), [("", pytest.skip), ("1", pytest.fail)])
def test_what_is_absent_is_skipped_unless_it_was_promised(monkeypatch, promised, end):
    monkeypatch.setenv("SPOED_PROEF", promised)
    with pytest.raises((pytest.skip.Exception, pytest.fail.Exception), match="geen ding") as caught:
        absent("geen ding", promise="SPOED_PROEF")
    assert caught.type is end.Exception


def test_own_servers_of_the_administrator_switch_ours_off(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://x")
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert not omgeving.is_production()
    monkeypatch.setenv("REDIS_URL", "redis://x")
    assert omgeving.is_production()


def test_secrets_are_made_once_and_private(tmp_path):
    instantie = Instantie(tmp_path)
    first, second = omgeving.build(instantie), omgeving.build(instantie)
    assert first["SPOED_GEHEIM"] == second["SPOED_GEHEIM"]
    assert len(first["SPOED_GEHEIM"]) == 64
    key = Path(first["SPOED_SLEUTELMAP"]) / "1"
    for path in (tmp_path / "geheim", key, key.parent):
        assert path.stat().st_mode & 0o077 == 0


def test_only_commands_on_tables_get_the_owner(tmp_path):
    instantie = Instantie(tmp_path)
    assert "spoed_web@" in omgeving.build(instantie)["DATABASE_URL"]
    assert "spoed_eigenaar@" in omgeving.build(instantie, owner=True)["DATABASE_URL"]
