"""The server's own configuration: a real gunicorn on a free port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.smartcity.production import ROOT, SECRETS


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def get(address):
    request = urllib.request.Request(address, headers={"Host": "portal.test"})
    try:
        return urllib.request.build_opener(KeepRedirect).open(request, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer


def wait_until_up(address, server, patience=30):
    until = time.monotonic() + patience
    while time.monotonic() < until and server.poll() is None:
        try:
            with get(f"{address}/healthz") as answer:
                return answer.status
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not come up")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Address and log of a gunicorn in production settings, without a database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    log = home / "log"
    environment = SECRETS | {"PATH": os.environ["PATH"], "HOME": str(home), "PORT": str(port)}
    environment |= {"WEB_CONCURRENCY": "1", "WEB_THREADS": "2"}
    command = [Path(sys.executable).parent / "gunicorn", "-c", "deploy/gunicorn.conf.py"]
    with log.open("w") as sink:
        server = subprocess.Popen(
            [*command, "smartcity.wsgi"], cwd=ROOT, env=environment, stdout=sink, stderr=sink
        )
        try:
            wait_until_up(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}", log
        finally:
            server.terminate()
            server.wait(timeout=40)


def line_about(log, path, patience=5):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = [line for line in log.read_text().splitlines() if f'"GET {path}' in line]
        if found:
            return found[-1]
        time.sleep(0.05)
    raise AssertionError(f"nothing logged about {path}")


def test_the_access_log_names_the_request(served):
    address, log = served

    with get(f"{address}/healthz?for=log") as answer:
        request_id = answer.headers["X-Request-ID"]

    assert re.fullmatch("[0-9a-f]{32}", request_id)
    assert f"[{request_id}]" in line_about(log, "/healthz?for=log")


def test_the_access_log_keeps_the_key_of_a_reset_link_to_itself(served):
    address, log = served

    get(f"{address}/accounts/password/reset/key/1-topsecret/").close()

    assert "/key/... HTTP" in line_about(log, "/accounts/password/reset/key/")
    assert "topsecret" not in log.read_text()


def test_pages_are_sent_to_https(served):
    address, _ = served

    with get(f"{address}/accounts/login/") as answer:
        assert answer.status == 301
        assert answer.headers["Location"] == "https://portal.test/accounts/login/"


def test_no_control_socket_is_opened(served):
    _, log = served

    assert [path.name for path in log.parent.iterdir()] == ["log"]
