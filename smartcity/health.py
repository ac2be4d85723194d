"""What a supervisor and a load balancer ask: does the process live, and may it get work?

Both answer plain HTTP inside the host (SECURE_REDIRECT_EXEMPT), to anybody, and say no more
than which part is missing; the log says why.
"""

import logging
import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from regencies.models import User

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """The process answers. Nothing else is asked, so a broken database restarts nobody."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request):
    """Whether requests can be served now; 503 with every reason when not."""
    reasons = list(reasons_not_ready())
    if reasons:
        return JsonResponse({"status": "not ready", "reasons": reasons}, status=503)
    return JsonResponse({"status": "ready"})


def reasons_not_ready():
    """The short words for whatever is missing; empty when all is well."""
    if not _holds(database_answers):
        yield "database does not answer"  # which the questions below would need
        return
    if not _holds(migrations_applied):
        yield "migrations are missing"
    elif not _holds(no_example_accounts):
        yield "example accounts exist"
    if not _holds(cache_keeps_values):
        yield "cache does not work"


def _holds(question):
    """The answer to ``question``; any failure is a no, whose cause only the log may tell."""
    try:
        return question()
    except Exception:
        logger.exception("readyz: %s failed", question.__name__)
        return False


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_applied():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def no_example_accounts():
    return settings.EXAMPLE_SITE or not User.objects.filter(is_example=True).exists()


def cache_keeps_values():
    """Writes and reads back; a name per question, so that two probes do not meet."""
    name = f"readyz:{secrets.token_hex(8)}"
    cache.set(name, "kept", timeout=10)
    kept = cache.get(name) == "kept"
    cache.delete(name)
    return kept
