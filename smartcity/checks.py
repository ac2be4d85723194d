"""What ``manage.py check --deploy`` says beyond Django's own questions."""

from django.conf import settings
from django.core import checks

NOT_SHARED = ("locmem.LocMemCache", "dummy.DummyCache")


@checks.register(checks.Tags.security, deploy=True)
def cache_is_shared(app_configs, **kwargs):
    """Rate limits live in the cache: one per worker would multiply every limit."""
    if not settings.CACHES["default"]["BACKEND"].endswith(NOT_SHARED):
        return []
    return [
        checks.Warning(
            "The cache is not shared by the workers, so each counts sign-in attempts alone.",
            hint="Unset CACHE_URL (a table of the database) or name a Redis or Memcached.",
            id="smartcity.W001",
        )
    ]
