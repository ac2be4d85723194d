"""Making a cluster: all of it, or nothing that could be mistaken for one."""

import os
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

from smartcity.embedded.binaries import Programs
from smartcity.embedded.errors import EmbeddedPostgresError

USER = "smartcity"
HALF_MADE = "new-data-"


def create_cluster(home: Path, programs: Programs):
    """Make ``data`` in the home folder, with a new password.

    initdb works under another name and the finished cluster is renamed into place, so a
    ``data`` folder is always complete and is never deleted here. The name is new each time:
    an initdb that outlived its killed parent must not write into ours.
    """
    for leftover in home.glob(f"{HALF_MADE}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    password = _write_password(home, programs)
    (home / "databases").unlink(missing_ok=True)
    new = Path(tempfile.mkdtemp(prefix=HALF_MADE, dir=home))
    if programs.account:
        programs.account.own(new)
    programs.run(
        "initdb",
        f"--pgdata={new}",
        f"--username={USER}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        *_locale(programs),
    )
    new.rename(home / "data")
    _sync(home)


def check_cluster(home: Path, programs: Programs):
    """Refuse a cluster these programs cannot run or we cannot log in to."""
    made_by = int((home / "data" / "PG_VERSION").read_text())
    if made_by != programs.major:
        raise EmbeddedPostgresError(
            f"{home}/data was made by PostgreSQL {made_by}, the programs are version "
            f"{programs.version}. Set EMBEDDED_POSTGRES_BINDIR to the older programs to "
            "dump the data, or delete it with: manage.py database reset"
        )
    if not (home / "password").is_file():
        raise EmbeddedPostgresError(
            f"{home}/password is gone and nobody can log in without it. Put it back, or "
            "delete the data with: manage.py database reset"
        )


def set_aside_wreck(data: Path):
    """Rename a ``data`` folder no server could start from; keep it, somebody may want it."""
    if not data.exists() or (data / "global" / "pg_control").is_file():
        return
    aside = data.with_name(f"data.unusable-{time.time_ns()}")
    data.rename(aside)
    sys.stderr.write(f"{data} held no complete cluster; it is kept as {aside.name}\n")


def _locale(programs: Programs) -> list[str]:
    if programs.major < 17:
        return ["--locale=C.UTF-8"]
    # Sorts the same on every system and after every upgrade of its C library.
    return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _write_password(home: Path, programs: Programs) -> Path:
    """Readable by the server's account, whose initdb reads it, and by root."""
    path = home / "password"
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w") as file:
        file.write(secrets.token_urlsafe(24))
        file.flush()
        os.fsync(file.fileno())
    if programs.account:
        programs.account.own(path)
    return path


def _sync(folder: Path):
    """Make the rename outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
