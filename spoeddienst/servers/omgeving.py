"""The environment of every process on the embedded servers; production sets the same names."""

import contextlib
import json
import os
import secrets
from pathlib import Path

from spoeddienst.servers import valkey
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.programma import postgres_program

# These change or create tables and so need the owner; everything else is the web role.
OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "createcachetable", "draai_sleutels"}
# These read every kring, so no other process gets their addresses (docs/besluiten/0009).
COPY_COMMANDS = {"reservekopie", "herstelproef", "kopie_uitpakken"}
# These work from file to file: no server is started for them.
FILE_COMMANDS = {"rooster_plan"}
DEFAULT_PORT = 8000
DEFAULT_MAIL_PORT = 8025


def is_production() -> bool:
    """Tell whether the administrator brought their own servers."""
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


def database_url(instantie: Instantie, role: str, database: str = "spoed") -> str:
    return f"postgres://{role}@{str(instantie.sockets).replace('/', '%2F')}/{database}"


def redis_url(instantie: Instantie, database: int = 0) -> str:
    return f"redis+socket://{instantie.sockets}/valkey.sock?virtual_host={database}"


def build(instantie: Instantie, *, owner: bool = False, valkey_database: int = 0) -> dict[str, str]:
    """Return the whole environment for a child process of this instance."""
    state = read_state(instantie)
    secret, keys = _secrets(instantie)
    own = {
        "DJANGO_SETTINGS_MODULE": "spoeddienst.settings",
        "DATABASE_URL": database_url(instantie, "spoed_eigenaar" if owner else "spoed_web"),
        "REDIS_URL": redis_url(instantie, valkey_database),
        "SPOED_GEHEIM": secret,
        "SPOED_SLEUTELMAP": str(keys),
        "SPOED_ADRES": state.get("adres", f"http://127.0.0.1:{DEFAULT_PORT}"),
        "SPOED_DEMO": "1",
        "SPOED_MAP": str(instantie.map),
        "SPOED_SMTP_HOST": "127.0.0.1",  # a bare machine may not know the name localhost
        "SPOED_SMTP_PORT": str(state.get("mailpoort", DEFAULT_MAIL_PORT)),
        "SPOED_SMTP_CA": str(instantie.map / "mail-ca" / "ca.pem"),
        "SPOED_SMIME_CERT": str(instantie.map / "mail-eigen" / "certificaat.pem"),
        "SPOED_SMIME_SLEUTEL": str(instantie.map / "mail-eigen" / "sleutel.pem"),
        "SPOED_SMTP_USER": "",
        "SPOED_SMTP_PASSWORD": "",
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUNBUFFERED": "1",
    }
    return os.environ | own


def for_tests(instantie: Instantie, *, run: int) -> dict[str, str]:
    """As `build`, plus the superuser: tests clone template databases.

    The servers are shared by test runs side by side; files and broker are each run's own.
    """
    environment = build(instantie, valkey_database=1 + run % (valkey.DATABASES - 1))
    superuser = database_url(instantie, "postgres", "postgres")
    folder = instantie.map / f"loop-{run}"
    folder.mkdir(exist_ok=True)
    return (
        environment
        | for_copies(instantie)
        | {
            "SPOED_MAP": str(folder),
            "SPOED_SMTP_CA": str(folder / "mail-ca" / "ca.pem"),
            "SPOED_SMIME_CERT": "",
            "SPOED_SMIME_SLEUTEL": "",
            "SPOED_TEST_SUPERUSER_URL": superuser,
            "SPOED_EIGENAAR_URL": database_url(instantie, "spoed_eigenaar"),
            # A test is one transaction, and may wait in it for a browser.
            "SPOED_STILSTAND": "0",
        }
    )


def for_copies(instantie: Instantie) -> dict[str, str]:
    """Return what the backup and the restore drill need beside the rest."""
    return {
        "SPOED_KOPIE_URL": database_url(instantie, "spoed_kopie"),
        "SPOED_HERSTEL_URL": database_url(instantie, "postgres", "postgres"),
        "SPOED_PG_BIN": str(postgres_program("pg_dump").parent),
    }


def _secrets(instantie: Instantie) -> tuple[str, Path]:
    """Return Django's secret and the folder of encryption keys, made once per instance."""
    keys = instantie.map / "sleutels"
    keys.mkdir(mode=0o700, exist_ok=True)
    _make_first_key(keys)
    _make_secret(keys / "index")
    _make_secret(keys / "kopie")
    return _make_secret(instantie.map / "geheim"), keys


def _make_first_key(keys: Path) -> None:
    """Make key 1, unless a rotation left it behind: an old key never comes back by itself."""
    if not any(path.name.isdigit() for path in keys.iterdir()):
        _make_secret(keys / "1")


def _make_secret(path: Path) -> str:
    """Return the 32 random bytes (hex) in this file; two starts at once agree on the first."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


def read_state(instantie: Instantie) -> dict:
    """Return what the demo wrote about itself: its address and mail port."""
    try:
        return json.loads((instantie.map / "toestand.json").read_text())
    except (OSError, ValueError):
        return {}


def forget_state(instantie: Instantie) -> None:
    (instantie.map / "toestand.json").unlink(missing_ok=True)


def write_state(instantie: Instantie, **values: object) -> None:
    path = instantie.map / "toestand.json"
    fresh = path.with_suffix(".nieuw")
    fresh.write_text(json.dumps(values))
    fresh.replace(path)
