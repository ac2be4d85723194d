"""One process at a time may make, start, stop or delete a cluster."""

import fcntl
import os
import time
from contextlib import contextmanager
from pathlib import Path

from smartcity.embedded.errors import EmbeddedPostgresError


@contextmanager
def exclusive(path: Path, *, timeout: float = 180):
    """Hold the lock on a file; the kernel frees it when the holder dies."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        _acquire(handle, path=path, deadline=time.monotonic() + timeout)
        yield
    finally:
        os.close(handle)


@contextmanager
def in_use(folder: Path):
    """A mark on a folder that lasts as long as any process has the yielded file open.

    systemd-tmpfiles deletes what lies in /var/tmp for a month, unless the folder is locked;
    many files of a running server are never touched again.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield handle
    finally:
        os.close(handle)


def _acquire(handle: int, *, path: Path, deadline: float):
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"Another process has held {path} for too long; see `fuser {path}`."
                ) from None
            time.sleep(0.05)
