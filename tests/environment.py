"""The environment the tests run in; a pytest plugin, so that it is read before the settings."""

import os
import tempfile

os.environ["SECRET_KEY"] = "tests-only-" + "x" * 50
os.environ["DEVELOPMENT"] = "1"
os.environ["DEBUG"] = "0"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["FILES_DIR"] = tempfile.mkdtemp(prefix="portal-files-")
# The browser tests' driver runs an event loop in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
