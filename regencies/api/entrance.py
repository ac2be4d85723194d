"""The root of the API and its OpenAPI document, as strict about parameters as the rest."""

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import APIRootView

from regencies.api.filtering import StrictQueryMixin


class Root(StrictQueryMixin, APIRootView):
    """Where the lists are."""


class SchemaView(StrictQueryMixin, SpectacularAPIView):
    """The OpenAPI document, in the language of ``lang``."""

    known_parameters = StrictQueryMixin.known_parameters | {"lang"}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        language = request.query_params.get("lang")
        known = dict(settings.LANGUAGES)
        if language is not None and language not in known:
            text = _("Unknown language. Known here: %s.") % ", ".join(sorted(known))
            raise ValidationError({"lang": [ErrorDetail(text, "invalid_choice")]})

    def handle_exception(self, exc):
        """Refuses in JSON, as every address does; only the document itself may be YAML."""
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)
