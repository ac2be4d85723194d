"""What every page template may ask about the site itself."""

from django.conf import settings


def site(request):
    return {"is_example_site": settings.EXAMPLE_SITE}
