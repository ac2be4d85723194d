"""Bimtek stages, and the verbs that move them."""

from django.db.models import OuterRef, Subquery
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action

from programs.api.stage_bodies import (
    NothingSerializer,
    ReturnSerializer,
    StageEditSerializer,
    VerifySerializer,
)
from programs.api.stage_rows import StageSerializer
from programs.domain import editing, stages
from programs.filters import StageFilter
from programs.models import BimtekStage, StageVersion
from regencies.api.base import ScopedViewSetMixin
from regencies.api.errors import ConflictResponseSerializer

NEWEST_VERSION = Subquery(
    StageVersion.objects.filter(stage=OuterRef("pk")).order_by("-number").values("number")[:1]
)


def verb(request=NothingSerializer):
    """The schema of a verb: what it takes, the stage it answers, and its refusal."""
    return extend_schema(
        request=request,
        filters=False,
        responses={200: StageSerializer, 409: ConflictResponseSerializer},
    )


@extend_schema_view(partial_update=verb(request=StageEditSerializer))
class StageViewSet(ScopedViewSetMixin, viewsets.ReadOnlyModelViewSet):
    """Bimtek stages: what is public, and what lies in the caller's own sight."""

    queryset = (
        BimtekStage.objects.with_place()
        .prefetch_related("sessions", "outputs__requirement", "outputs__versions")
        .annotate(submitted_version=NEWEST_VERSION)
    )
    serializer_class = StageSerializer
    filterset_class = StageFilter
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ["get", "patch", "post", "head", "options"]

    def partial_update(self, request, *args, **kwargs):
        """Save a draft, complete or not. `revision` is the one you read."""
        return self._take(editing.edit, StageEditSerializer)

    @verb()
    @action(detail=True, methods=["post"])
    def submit(self, request, pk):
        """Hand a complete stage to the ministry (signer)."""
        return self._take(stages.submit)

    @verb()
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        """Take a submitted stage back before the ministry has decided (signer)."""
        return self._take(stages.withdraw)

    @verb(request=ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_for_repair(self, request, pk):
        """Send a submitted stage back with a reason (ministry)."""
        return self._take(stages.return_for_repair, ReturnSerializer)

    @verb(request=VerifySerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request, pk):
        """Accept a submitted stage (ministry); never one's own."""
        return self._take(stages.verify, VerifySerializer)

    @verb()
    @action(detail=True, methods=["post"])
    def publish(self, request, pk):
        """Put a verified stage on the public pages (ministry)."""
        return self._take(stages.publish)

    @verb()
    @action(detail=True, methods=["post"])
    def unpublish(self, request, pk):
        """Take a verified stage off the public pages (ministry)."""
        return self._take(stages.unpublish)

    def _take(self, deed, body_class=NothingSerializer):
        """Find the stage in sight, check the body, let the domain do it, answer the new state."""
        stage = self.get_object()
        body = body_class(data=self.request.data)
        body.is_valid(raise_exception=True)
        deed(stage, by=self.request.user, **body.validated_data)
        return self.retrieve(self.request)
