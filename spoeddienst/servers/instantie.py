"""One instance: the folder of its data, the folder of its sockets, the user of its servers."""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from spoeddienst.servers.melding import Stop

CHECKOUT = Path(__file__).resolve().parent.parent.parent
# PostgreSQL refuses to run as root; every Linux has this user.
SERVER_USER = "nobody" if os.geteuid() == 0 else None
ROOT_STORE = Path("/var/lib/spoeddienst")


@dataclass(frozen=True)
class Instantie:
    """`map` is the folder under var/; `duurzaam` is False for servers that may lose their data."""

    map: Path
    duurzaam: bool = True

    @property
    def key(self) -> str:
        """A short name that differs between two checkouts: a socket path has only 107 bytes."""
        return hashlib.sha256(str(self.map.resolve()).encode()).hexdigest()[:10]

    @property
    def sockets(self) -> Path:
        return Path(f"/tmp/spoed-{os.geteuid()}-{self.key}")  # nosec

    @property
    def keeper_socket(self) -> Path:
        return self.sockets / "keeper.sock"

    @property
    def logs(self) -> Path:
        return self.map / "log"

    def prepare(self) -> None:
        """Make the folders; refuse a socket folder that somebody else put there."""
        self.map.mkdir(parents=True, exist_ok=True)
        self.map.chmod(0o700)
        self.logs.mkdir(exist_ok=True)
        try:
            self.sockets.mkdir(mode=0o700)
            _give_to_server_user(self.sockets)
        except FileExistsError:
            self._check_socket_owner()

    def _check_socket_owner(self) -> None:
        found = self.sockets.lstat()
        owner = pwd.getpwnam(SERVER_USER).pw_uid if SERVER_USER else os.geteuid()
        private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
        if not private or found.st_uid not in (owner, os.geteuid()):
            raise Stop(f"{self.sockets} is niet van ons of niet privé: verwijder die map.")
        _give_to_server_user(self.sockets)

    def data_path(self, naam: str) -> Path:
        """Return where a server keeps its data: under `map`, or for root behind a link there.

        As root the servers run as `nobody`, who cannot pass a closed parent folder such as
        /root; opening that folder for everybody would be worse than keeping the data elsewhere.
        """
        shown = self.map / naam
        if SERVER_USER is None:
            return shown
        real = ROOT_STORE / self.key / naam
        if not shown.is_symlink() or shown.readlink() != real:
            # The link decides: whoever removed var/ wants to begin again, and the copy of a
            # checkout must not share the data of the original.
            shutil.rmtree(real, ignore_errors=True)
            shutil.rmtree(shown, ignore_errors=True)
            shown.unlink(missing_ok=True)
            _forget_removed_checkouts()
            real.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            (real.parent / "map").write_text(str(self.map.resolve()))
            shown.symlink_to(real)
        return real

    def data_folder(self, naam: str) -> Path:
        """Return the data path of a server as an existing private folder of its user."""
        path = self.data_path(naam)
        path.mkdir(mode=0o700, exist_ok=True)
        _give_to_server_user(path)
        return path

    def remove(self) -> None:
        """Forget the whole instance; its servers must have stopped."""
        for path in (self.map, self.sockets, ROOT_STORE / self.key):
            shutil.rmtree(path, ignore_errors=True)


def _forget_removed_checkouts() -> None:
    """Remove the server data of instances whose own folder is gone."""
    for note in ROOT_STORE.glob("*/map"):
        if not Path(note.read_text()).exists():
            shutil.rmtree(note.parent, ignore_errors=True)


def _give_to_server_user(path: Path) -> None:
    if SERVER_USER:
        shutil.chown(path, SERVER_USER, pwd.getpwnam(SERVER_USER).pw_gid)
