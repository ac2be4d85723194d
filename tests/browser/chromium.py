"""Where the browser is, and a clear word when it is nowhere. A pytest plugin.

Under xdist only the process that the user sees may write the summary, and it collects
nothing: name this module in ``addopts`` (``-p tests.browser.chromium``).
"""

import os
import shutil
from functools import cache

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium found; install Debian's chromium, or set CHROMIUM to its path"


@cache
def find_chromium():
    """The path in CHROMIUM, else the first well-known name; None when there is none."""
    wanted = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [wanted] if wanted else NAMES)), None)


def pytest_collection_modifyitems(items):
    if find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter):
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if MISSING in str(r.longrepr)]
    if skipped:
        terminalreporter.section("browser tests SKIPPED: no Chromium found", yellow=True)
        terminalreporter.write_line(f"{len(skipped)} tests did not run: {MISSING}.")
