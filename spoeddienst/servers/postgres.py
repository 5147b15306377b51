"""PostgreSQL 18 on a unix socket: its cluster, its command line, its roles."""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from spoeddienst.servers.instantie import CHECKOUT, SERVER_USER, Instantie
from spoeddienst.servers.melding import Stop
from spoeddienst.servers.orphans import end_orphans
from spoeddienst.servers.proces import Proces
from spoeddienst.servers.programma import postgres_program

ROLES_SQL = Path(__file__).with_name("rollen.sql")
ROLES_DONE = "spoed_rollen_klaar"
SUPERUSER = "postgres"

SETTINGS = {
    "listen_addresses": "",  # unix socket only
    "port": "5432",  # no port: the last part of the socket's name
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "io_method": "sync",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error message quotes the value that was refused; that may be a patient's. `log` ranks
    # above `error` here: start and stop are logged, errors of statements are not.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def process(instantie: Instantie) -> Proces:
    data = instantie.data_path("pg")
    settings = SETTINGS | {"unix_socket_directories": str(instantie.sockets)}
    if not instantie.duurzaam:
        settings |= THROW_AWAY
    argv = [str(postgres_program("postgres")), "-D", str(data)]
    for naam, value in settings.items():
        argv += ["-c", f"{naam}={value}"]
    return Proces(
        naam="postgres",
        argv=argv,
        log=instantie.logs / "postgres.log",
        cwd=CHECKOUT,
        env=_environment(),
        user=SERVER_USER,
        stop_signal=signal.SIGINT,  # "fast": roll back what runs, write everything, stop
        orphan_signal=signal.SIGINT,
        stop_seconds=20.0,
        before=lambda proces: _before_start(instantie, data, proces),
        is_ready=lambda proces: _accepts(data, proces) and _has_roles(instantie, data),
    )


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _before_start(instantie: Instantie, data: Path, proces: Proces) -> None:
    end_orphans(postgres_program("postgres"), data)
    if proces.failed_starts >= 2 and not instantie.duurzaam:
        shutil.rmtree(data)  # without fsync a power cut may leave a cluster that cannot start
    if not (data / "PG_VERSION").exists():
        _make_cluster(instantie, data)
    # A pid file of a dead server may name a living stranger by now, and PostgreSQL would then
    # refuse to start. The keeper's lock proves that no other server uses this cluster.
    (data / "postmaster.pid").unlink(missing_ok=True)
    for stale in instantie.sockets.glob(".s.PGSQL.5432*"):
        stale.unlink()


def _make_cluster(instantie: Instantie, data: Path) -> None:
    """Run initdb beside the final place, so that a half-made cluster is never taken for one."""
    shutil.rmtree(data, ignore_errors=True)
    fresh = data.with_name("pg.nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if SERVER_USER:
        shutil.chown(fresh, SERVER_USER)
    _run(
        instantie,
        [
            *(str(postgres_program("initdb")), "-D", str(fresh), "-U", SUPERUSER),
            *("--no-sync", "--auth=peer", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        ],
        user=SERVER_USER,
    )
    # Whoever runs `./spoed` may be any role here, and nobody else: the kernel tells who it is.
    (fresh / "pg_ident.conf").write_text(f'spoed "{pwd.getpwuid(os.geteuid()).pw_name}" all\n')
    (fresh / "pg_hba.conf").write_text("local all all peer map=spoed\n")
    fresh.rename(data)


def _accepts(data: Path, proces: Proces) -> bool:
    """Read the postmaster's own status line: first the pid, eighth the state."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(proces.pid) and lines[7].strip() == "ready"


def _has_roles(instantie: Instantie, data: Path) -> bool:
    """Make the roles, the database and the extensions, and again when the file has changed."""
    marker = data / ROLES_DONE
    wanted = hashlib.sha256(ROLES_SQL.read_bytes()).hexdigest()
    if marker.exists() and marker.read_text() == wanted:
        return True
    psql = [str(postgres_program("psql")), "-h", str(instantie.sockets), "-U", SUPERUSER]
    _run(instantie, [*psql, "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-f", str(ROLES_SQL)])
    marker.write_text(wanted)
    return True


def _run(instantie: Instantie, argv: list[str], *, user: str | None = None) -> None:
    with (instantie.logs / "postgres.log").open("ab") as log:
        done = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            cwd="/",
            user=user,
            check=False,
        )
    if done.returncode:
        raise Stop(f"{Path(argv[0]).name} mislukte ({done.returncode}), zie {log.name}")
