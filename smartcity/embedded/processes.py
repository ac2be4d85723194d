"""Is the process behind a recorded id the server of this cluster?

A process id proves nothing: after a reboot or in a new container the number belongs to
somebody else. So the command line is read; that of a zombie is empty, which counts as dead.
"""

import subprocess
from pathlib import Path

PROC = Path("/proc")


def is_server_of(pid: int, *, data: Path) -> bool:
    command = _command_line(pid)
    return "postgres" in command and f" -D {data} " in f"{command} "


def _command_line(pid: int) -> str:
    """Empty when there is no such process, or only a zombie."""
    if not (PROC / "self" / "cmdline").exists():
        return _ask_ps(pid)
    # Readable for everybody, unlike /proc/<pid>/cwd, which a root without
    # CAP_SYS_PTRACE (the usual container) cannot follow.
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode(errors="surrogateescape")


def _ask_ps(pid: int) -> str:
    """For macOS, which has no /proc."""
    found = subprocess.run(  # noqa: S603 -- the only argument of ours is a number
        ["/bin/ps", "-ww", "-p", str(pid), "-o", "args="],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip()
