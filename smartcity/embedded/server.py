"""The embedded cluster: start it when needed, stop it, describe it, delete it."""

import shlex
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2 import errors, sql

from smartcity.embedded import creation, folders
from smartcity.embedded.binaries import Programs, find_bindir, find_programs
from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.locking import exclusive, in_use
from smartcity.embedded.processes import is_server_of

PORT = 5432  # names the socket file; nothing listens on a network
PID_LINE, STATUS_LINE = 0, 7  # of postmaster.pid
START_SECONDS = 120  # a crash under load may need a long recovery

# Given on the command line, so they hold for clusters made earlier and cannot be
# weakened by ALTER SYSTEM; a session may still set its own synchronous_commit.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
    "log_line_prefix": "%m [%p] %d ",
}


@dataclass(frozen=True)
class Status:
    """What ``manage.py database status`` tells."""

    version: str
    home: Path
    running: bool
    size: int  # bytes of the cluster, 0 when there is none


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster in a folder; by default the one of this checkout."""

    home: Path = field(default_factory=folders.home_folder)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def socket_folder(self) -> Path:
        return folders.socket_folder(self.home)

    def ensure(self, database: str | None = None) -> dict[str, str | int]:
        """Return how to connect, after starting or even making the server if need be.

        ``database`` is created the first time its name is asked for, and only then.
        """
        folders.prepare_home(self.home)
        folders.check_socket_folder(self.socket_folder, home=self.home)
        if not (self.is_ready() and self._knows(database)):
            with self._lock():
                self._bring_up()
                self._create(database)
        return self._parameters()

    def is_ready(self) -> bool:
        """Does the server take connections? Its own word and an open socket, both."""
        if self._recorded(STATUS_LINE) != "ready":
            return False
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as line:
            line.settimeout(5)
            try:
                line.connect(str(self.socket_folder / folders.SOCKET_NAME))
            except OSError:
                return False
        return True

    def server_pid(self) -> int | None:
        """The server's process id, if a server of this very cluster has it."""
        recorded = self._recorded(PID_LINE)
        if recorded.isdigit() and is_server_of(int(recorded), data=self.data):
            return int(recorded)
        return None

    def status(self) -> Status:
        """Describe the cluster; changes nothing, makes nothing."""
        return Status(
            version=Programs(find_bindir()).version,
            home=self.home,
            running=self.home.exists() and self.is_ready(),
            size=sum(_sizes(self.data)),
        )

    def stop(self) -> bool:
        """Stop the server and say whether there was one; open connections are cut."""
        if not self.home.exists():
            return False
        with self._lock():
            return self._stop()

    def deletable(self) -> list[Path]:
        """What ``reset`` deletes: only names of ours, whatever else is in the folder."""
        patterns = ["data", "data.unusable-*", "new-*", "programs-*", "run"]
        patterns += ["password", "databases", "server.log"]
        inside = [path for pattern in patterns for path in self.home.glob(pattern)]
        away = self.socket_folder.parent
        return sorted(inside + [away] * (away != self.home and away.exists()))

    def reset(self):
        """Stop the server and delete everything but the lock file.

        A deleted lock file would let two processes hold "the" lock.
        """
        with self._lock():
            self._stop()
            for path in self.deletable():
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def _lock(self):
        folders.prepare_home(self.home)
        return exclusive(self.home / "lock")

    def _programs(self) -> Programs:
        return find_programs(folders.server_account(self.data), keep_in=self.home)

    def _parameters(self) -> dict[str, str | int]:
        return {
            "host": str(self.socket_folder),
            "port": PORT,
            "user": creation.USER,
            "password": (self.home / "password").read_text(),
        }

    def _recorded(self, line: int) -> str:
        """A line of postmaster.pid, which the server keeps up to date while it lives."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[line].strip()
        except (OSError, UnicodeDecodeError, IndexError):
            return ""

    def _bring_up(self):
        if self.is_ready():
            return
        creation.set_aside_wreck(self.data)
        programs = self._programs()
        if not self.data.exists():
            creation.create_cluster(self.home, programs)
        creation.check_cluster(self.home, programs)
        folders.prepare_socket_folder(self.socket_folder, home=self.home, account=programs.account)
        self._start(programs)
        sys.stderr.write(f"Started PostgreSQL {programs.version} in {self.home}\n")

    def _start(self, programs: Programs):
        """Start the server, or wait for one that is already on its way up or down."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"PostgreSQL is not ready yet; see {self.log}")
            if self.server_pid():
                time.sleep(0.1)
            else:
                self._launch(programs)

    def _launch(self, programs: Programs):
        # No server of ours is alive, so these are remains of a killed one. PostgreSQL would
        # refuse to start while any process of its user has the number written in them. Data
        # still used by an orphaned session is guarded by shared memory, not by these files.
        for name in (self.data / "postmaster.pid", *self._socket_files()):
            name.unlink(missing_ok=True)
        self.log.touch(mode=0o600)
        if programs.account:
            programs.account.own(self.log)
        written = self.log.stat().st_size
        try:
            with in_use(self.home) as mark:
                arguments = self._start_arguments()
                programs.run("pg_ctl", "start", "--wait", *arguments, inherit=(mark,))
        except EmbeddedPostgresError as error:
            self._forgive(error, said=self._log_since(written))

    def _forgive(self, error: EmbeddedPostgresError, *, said: str):
        """Let the caller try again when time cures the failure; raise it otherwise."""
        if "is still in use" in said:  # a session of the killed server has not ended yet
            time.sleep(0.2)
        elif not self.server_pid():  # alive means: a long recovery, wait on
            raise EmbeddedPostgresError(f"{error}\n{said[-2000:]}") from error

    def _start_arguments(self) -> Iterator[str]:
        settings = {**SERVER_SETTINGS, "port": str(PORT)}
        settings["unix_socket_directories"] = f'"{self.socket_folder}"'
        options = [f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items()]
        yield from (f"--pgdata={self.data}", f"--log={self.log}", "--timeout=60")
        yield f"--options={' '.join(options)}"

    def _socket_files(self) -> list[Path]:
        address = self.socket_folder / folders.SOCKET_NAME
        return [address, address.with_name(f"{address.name}.lock")]

    def _log_since(self, offset: int) -> str:
        with self.log.open("rb") as file:
            file.seek(offset)
            return file.read().decode(errors="replace")

    def _stop(self) -> bool:
        if not self.server_pid():
            return False  # pg_ctl would send its signal to whoever has the number now
        arguments = ["--mode=fast", "--wait", "--timeout=60", f"--pgdata={self.data}"]
        self._programs().run("pg_ctl", "stop", *arguments)
        return True

    def _knows(self, database: str | None) -> bool:
        if not database:
            return True
        try:
            return database in (self.home / "databases").read_text().splitlines()
        except FileNotFoundError:
            return False

    def _create(self, database: str | None):
        if self._knows(database):
            return
        with closing(psycopg2.connect(dbname="postgres", **self._parameters())) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                try:
                    name = sql.Identifier(database)
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(name))
                except errors.DuplicateDatabase:
                    pass  # made by Django's test runner
        with (self.home / "databases").open("a") as file:
            file.write(f"{database}\n")


def _sizes(folder: Path) -> Iterator[int]:
    """Sizes of the files below a folder; the server may remove some while we look."""
    for path in folder.rglob("*"):
        try:
            yield path.lstat().st_size
        except FileNotFoundError:
            continue
