"""Which region takes part in which cohort, with its stages."""

from rest_framework import serializers, viewsets

from programs.domain import queries
from programs.filters import ParticipationFilter
from programs.models import BimtekStage, Participation, Source
from regencies.api.base import ScopedViewSetMixin


class SourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = ["publisher", "title", "address", "published_on", "event_on"]


class NestedStageSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="api-v1:stage-detail")
    number = serializers.IntegerField(source="definition.number")
    title = serializers.CharField(source="definition.title")
    is_late = serializers.BooleanField()

    class Meta:
        model = BimtekStage
        fields = [
            "url",
            "id",
            "number",
            "title",
            "status",
            "is_late",
            "due_on",
            "publication",
            "submitted_at",
            "verified_at",
        ]


class ParticipationSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="api-v1:participation-detail")
    regency = serializers.CharField(source="regency.code")
    regency_name = serializers.CharField(source="regency.official_name")
    kind = serializers.CharField(source="regency.kind")
    province = serializers.CharField(source="regency.province.code")
    cohort = serializers.CharField(source="cohort.slug")
    area = serializers.CharField(source="area.slug", default=None, allow_null=True)
    sources = SourceSerializer(many=True)
    stages = NestedStageSerializer(source="shown_stages", many=True)

    class Meta:
        model = Participation
        fields = [
            "url",
            "id",
            "regency",
            "regency_name",
            "kind",
            "province",
            "cohort",
            "entry",
            "status",
            "area",
            "name_as_printed",
            "note",
            "publication",
            "sources",
            "stages",
        ]


class ParticipationViewSet(ScopedViewSetMixin, viewsets.ReadOnlyModelViewSet):
    """A region in a cohort: what is public, and what lies in the caller's own sight."""

    queryset = Participation.objects.with_place().prefetch_related("sources")
    serializer_class = ParticipationSerializer
    filterset_class = ParticipationFilter
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        return queries.with_readable_stages(super().get_queryset(), self.request.user)
