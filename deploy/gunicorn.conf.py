"""How gunicorn serves the portal; what differs by server is read from the environment."""
# ruff: noqa: INP001 -- a folder of examples, not a package

import os
import re
from pathlib import Path

from gunicorn.glogging import Logger

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# Threads wait for the database, processes compute: 3 x 4 fit two cores and 12 connections.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = False  # every worker opens its own database connections

# Behind nginx, which has read the whole upload before it asks us.
timeout = 60
graceful_timeout = 30
keepalive = 5

# A worker that leaks is replaced in time, and never all of them at once.
max_requests = 2000
max_requests_jitter = 400

# The heartbeat is a file: on a slow disk a healthy worker would look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- no secrets in it
control_socket_disable = True  # would open a socket in the home folder

errorlog = accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(B)s %(M)sms [%({x-request-id}o)s] "%(a)s"'


class QuietAboutKeys(Logger):
    """Leaves the key of a password-reset link out of the access log: it opens an account."""

    key = re.compile(r"(/accounts/password/reset/key/)[^\s?]+")

    def atoms(self, resp, req, environ, request_time):
        found = super().atoms(resp, req, environ, request_time)
        for name in ("r", "U", "f"):
            found[name] = self.key.sub(r"\1...", found[name] or "-")
        return found


logger_class = QuietAboutKeys
