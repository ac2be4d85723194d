"""The documents of the stages, as bytes."""

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.views import APIView

from programs.exports.files import file_response
from programs.models import OutputVersion
from regencies.api.filtering import StrictQueryMixin


class WhateverIsAccepted(DefaultContentNegotiation):
    """A document comes in its own type, a refusal as JSON, whatever ``Accept`` asks for."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class FileView(StrictQueryMixin, APIView):
    """One version of an output, as uploaded, for those who see its stage in their own sight."""

    content_negotiation_class = WhateverIsAccepted
    known_parameters = frozenset()

    @extend_schema(
        operation_id="files_retrieve",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request, pk):
        """Fetch the file. Its real type is in `Content-Type`, its name in `Content-Disposition`.

        Publishing a stage does not publish its files: they stay with the region and the ministry.
        """
        rows = OutputVersion.objects.visible_to(request.user)
        return file_response(get_object_or_404(rows, pk=pk))
