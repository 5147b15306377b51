"""The embedded PostgreSQL and Valkey: they survive, they stop, they leave nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from spoeddienst.servers import omgeving
from spoeddienst.servers.client import Client
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.melding import Stop
from tests.servers.hulp import pid_of, processes_of, tcp_listeners, wait_for

pytestmark = pytest.mark.traag


def long_path(folder: Path) -> Path:
    """Return a path with spaces, deeper than the name of a socket may be long."""
    path = folder / ("een map met spaties en een hele lange naam " * 3) / "demo"
    assert len(str(path)) > 107
    return path


@pytest.fixture
def instantie(tmp_path: Path) -> Iterator[Instantie]:
    """An instance that never ran."""
    made = Instantie(long_path(tmp_path))
    yield made
    wait_for(lambda: not processes_of(made))
    made.remove()


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Client]:
    """Servers that the tests share; each test leaves them running."""
    shared = Instantie(long_path(tmp_path_factory.mktemp("gedeeld")))
    client = Client(shared)
    client.attach()
    yield client
    client.release()
    assert not processes_of(shared)
    shared.remove()


def connect(instantie: Instantie, role: str = "spoed_web") -> psycopg.Connection:
    return psycopg.connect(omgeving.database_url(instantie, role), autocommit=True)


def write_row(instantie: Instantie) -> None:
    with connect(instantie, "spoed_eigenaar") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS proef AS SELECT 'getekend' AS tekst")


def read_row(instantie: Instantie) -> str | None:
    try:
        with connect(instantie, "spoed_eigenaar") as connection:
            row = connection.execute("SELECT tekst FROM proef").fetchone()
    except psycopg.OperationalError:
        return None
    return row[0] if row else None


def broker(instantie: Instantie) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(instantie.sockets / "valkey.sock"))


def broker_value(instantie: Instantie) -> bytes | None:
    try:
        with broker(instantie) as connection:
            return connection.get("hint")
    except redis.ConnectionError:
        return None


def test_servers_open_no_tcp_port(client):
    instantie = client.instantie
    pids = set(processes_of(instantie))
    assert len(pids) >= 3
    assert tcp_listeners(pids) == set()


def test_roles_own_what_they_must_and_nothing_else(client):
    instantie = client.instantie
    with connect(instantie) as connection:
        flags = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        for role in ("spoed_web", "spoed_eigenaar"):
            found = connection.execute(f"{flags} WHERE rolname = %s", [role]).fetchone()
            assert found == (False, False, False, False)
        extensions = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
        assert {"btree_gist", "pg_trgm", "unaccent"} <= extensions
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE niet_van_mij (id int)")


def test_log_of_postgres_never_quotes_a_value(client):
    instantie = client.instantie
    with connect(instantie) as connection:
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("SELECT CAST(%s::text AS integer)", ["mevrouw Voorbeeld"])
        connection.execute("SELECT 1")
    assert "Voorbeeld" not in (instantie.logs / "postgres.log").read_text()


def test_killed_postgres_comes_back_with_what_was_committed(client):
    instantie = client.instantie
    write_row(instantie)
    os.kill(pid_of(instantie, "/postgres -D"), signal.SIGKILL)
    assert wait_for(lambda: read_row(instantie)) == "getekend"


def test_killed_valkey_comes_back_with_its_hints(client):
    instantie = client.instantie
    with broker(instantie) as connection:
        connection.set("hint", "1")
    os.kill(pid_of(instantie, "valkey-server"), signal.SIGKILL)
    assert wait_for(lambda: broker_value(instantie)) == b"1"


def test_damaged_broker_file_is_thrown_away(client):
    instantie = client.instantie
    client.release()
    for part in instantie.data_path("valkey").glob("appendonlydir/*"):
        part.write_bytes(b"geen geldig bestand\n")
    client.attach()
    with broker(instantie) as connection:
        assert connection.ping()


def test_killed_keeper_takes_the_servers_along(client):
    instantie = client.instantie
    write_row(instantie)
    os.kill(pid_of(instantie, "servers.keeper"), signal.SIGKILL)
    client._keeper.wait()
    wait_for(lambda: not processes_of(instantie))
    client.attach()
    assert read_row(instantie) == "getekend"


def test_start_right_after_a_killed_keeper_waits_for_the_old_servers(client):
    instantie = client.instantie
    write_row(instantie)
    os.kill(pid_of(instantie, "servers.keeper"), signal.SIGKILL)
    client._keeper.wait()
    client.attach()
    assert read_row(instantie) == "getekend"
    with broker(instantie) as connection:
        assert connection.ping()


def test_killed_user_leaves_nothing_running(instantie):
    code = (
        "import sys, time; from pathlib import Path\n"
        "from spoeddienst.servers.client import Client\n"
        "from spoeddienst.servers.instantie import Instantie\n"
        "Client(Instantie(Path(sys.argv[1]))).attach(); print('klaar', flush=True); time.sleep(99)"
    )
    argv = [sys.executable, "-c", code, str(instantie.map)]
    with subprocess.Popen(argv, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout.readline() == "klaar\n"
        assert processes_of(instantie)
        user.kill()
    wait_for(lambda: not processes_of(instantie))


def test_stale_pid_of_an_innocent_process(client):
    instantie = client.instantie
    client.release()
    with subprocess.Popen(["sleep", "99"]) as innocent:
        pid_file = instantie.data_path("pg") / "postmaster.pid"
        pid_file.write_text(f"{innocent.pid}\n{pid_file.parent}\n1\n5432\n\n\n\nready   \n")
        client.attach()
        with connect(instantie) as connection:
            connection.execute("SELECT 1")
        client.release()
        assert innocent.poll() is None
        innocent.kill()
    client.attach()


def test_clients_at_once_share_one_pair_of_servers(instantie):
    clients = [Client(instantie) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Client.attach, clients))
    keepers = [line for line in processes_of(instantie).values() if "servers.keeper" in line]
    assert len(keepers) == 1
    for client in clients[1:]:
        client.release()
    with connect(instantie) as connection:
        connection.execute("SELECT 1")
    clients[0].release()
    for client in clients:
        client.reap()


def test_instances_side_by_side(client, tmp_path):
    instantie = client.instantie
    other = Instantie(tmp_path / "andere checkout" / "demo")
    second = Client(other)
    second.attach()
    write_row(instantie)
    with pytest.raises(psycopg.errors.UndefinedTable), connect(other) as connection:
        connection.execute("SELECT * FROM proef")
    second.release()
    assert not processes_of(other)
    assert read_row(instantie) == "getekend"
    other.remove()


def test_copy_of_a_checkout_does_not_share_its_data(client, tmp_path):
    instantie = client.instantie
    write_row(instantie)
    client.release()
    copy = Instantie(tmp_path / "kopie" / "demo")
    shutil.copytree(instantie.map, copy.map, symlinks=True)
    second = Client(copy)
    second.attach()
    client.attach()
    with connect(copy, "spoed_eigenaar") as connection:
        connection.execute("DROP TABLE IF EXISTS proef")
    assert read_row(instantie) == "getekend"
    second.release()
    copy.remove()


def test_half_made_cluster_is_made_again(instantie):
    instantie.prepare()
    half = instantie.data_path("pg").with_name("pg.nieuw")
    half.mkdir()
    (half / "rommel").touch()
    client = Client(instantie)
    client.attach()
    client.release()
    assert not half.exists()


def test_socket_folder_of_a_stranger_is_refused(instantie):
    instantie.sockets.mkdir(mode=0o755)
    with pytest.raises(Stop, match="niet privé"):
        instantie.prepare()


def test_server_that_cannot_start_is_reported(instantie):
    instantie.prepare()
    (instantie.map / "valkey").mkdir()
    path = instantie.data_path("valkey")
    shutil.rmtree(path, ignore_errors=True)
    path.write_text("een bestand waar een map hoort")
    with pytest.raises(Stop, match="valkey"):
        Client(instantie).attach()


def test_port_zero_means_any_free_port():
    from spoeddienst.servers.processen import listen, port_of

    with listen(0) as first, listen(port_of(first)) as second:
        assert isinstance(first, socket.socket)
        assert port_of(second) != port_of(first)
