"""Where the embedded server keeps its files, and whose they are.

Layout of the home folder: ``data`` (the cluster), ``password``, ``databases`` (names already
created), ``run`` (the socket), ``server.log``, ``lock``, and, when root's environment is
closed to the server's account, ``programs-…`` (a copy of the binaries).
"""

import hashlib
import os
import pwd
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from smartcity.embedded.errors import EmbeddedPostgresError

REPOSITORY = Path(__file__).resolve().parents[2]
TMP = Path("/tmp")  # noqa: S108 -- see _private_folder
VAR_TMP = Path("/var/tmp")  # noqa: S108 -- see _private_folder
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes; macOS's limit, Linux allows four more
SHELL_SIGNS = frozenset('"$`\\')


@dataclass(frozen=True)
class Account:
    """The user a server runs as when the portal runs as root, which PostgreSQL refuses."""

    uid: int
    gid: int

    def own(self, path: Path):
        os.chown(path, self.uid, self.gid, follow_symlinks=False)


def home_folder() -> Path:
    """The folder of this checkout's server; below /var/tmp for root.

    Root's checkout is often closed to the account the server must run as.
    """
    if override := os.environ.get("EMBEDDED_POSTGRES_DIR"):
        return Path(os.path.abspath(override))
    if os.geteuid() == 0:
        return VAR_TMP / f"smartcity-postgres-{_fingerprint(REPOSITORY)}"
    return REPOSITORY / ".postgres"


def server_account(data: Path) -> Account | None:
    """Who runs the server: nobody special for a normal user, else the owner of the data.

    The owner, because an account ``postgres`` may have appeared since the cluster was made.
    """
    if os.geteuid() != 0:
        return None
    if data.is_dir():
        found = data.lstat()
        return Account(found.st_uid, found.st_gid)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root and there is no user postgres or nobody; "
        "set DATABASE_URL or run as another user."
    )


def prepare_home(home: Path):
    """Make the home folder, or make sure that an existing one can be trusted."""
    if SHELL_SIGNS & set(str(home)):
        raise EmbeddedPostgresError(
            f"PostgreSQL cannot be started in {home}: its path holds one of "
            f"{' '.join(sorted(SHELL_SIGNS))}. Set EMBEDDED_POSTGRES_DIR to another folder."
        )
    _private_folder(home)
    entries = os.listdir(home)
    if entries and "lock" not in entries:
        raise EmbeddedPostgresError(
            f"{home} holds other files; set EMBEDDED_POSTGRES_DIR to a new or empty folder."
        )
    _refuse_closed_parents(home)


def socket_folder(home: Path) -> Path:
    """``run`` in the home folder, or a short path when that one cannot be an address.

    A comma would be read by libpq as a list of hosts.
    """
    inside = home / "run"
    too_long = len(os.fsencode(inside / SOCKET_NAME)) > LONGEST_SOCKET_PATH
    if too_long or "," in str(inside):
        return TMP / f"smartcity-{_fingerprint(home)}" / "run"
    return inside


def prepare_socket_folder(folder: Path, *, home: Path, account: Account | None):
    check_socket_folder(folder, home=home)
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        account.own(folder)


def check_socket_folder(folder: Path, *, home: Path):
    """Refuse a short socket folder that somebody else put in /tmp before us."""
    if folder.parent != home:
        _private_folder(folder.parent)


def _private_folder(path: Path):
    """Make a folder only we can write to; refuse links and folders of other users.

    Everybody can write in /var/tmp and /tmp, so the name may already be taken with
    intent. Root lets the server's account pass through, but not look around.
    """
    _make_folder(path)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise _refusal(path, "is not a folder (a link is not followed)")
    if found.st_uid != os.geteuid():
        raise _refusal(path, "belongs to another user")
    if found.st_mode & 0o022:
        raise _refusal(path, "can be written to by other users")
    if os.geteuid() == 0 and not found.st_mode & 0o001:
        path.chmod(0o711)


def _make_folder(path: Path):
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
    except OSError as error:
        raise _refusal(path, f"cannot be made ({error.strerror})") from error


def _refuse_closed_parents(home: Path):
    """As root: the server's account must be able to walk to the folder.

    The parents are somebody else's; their modes are not ours to change.
    """
    if os.geteuid() != 0:
        return
    for parent in home.parents:
        if not parent.stat().st_mode & 0o001:
            raise _refusal(home, f"cannot be reached by the server's account through {parent}")


def _refusal(path: Path, reason: str) -> EmbeddedPostgresError:
    return EmbeddedPostgresError(
        f"{path} {reason}; set EMBEDDED_POSTGRES_DIR to another folder, or set DATABASE_URL."
    )


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
