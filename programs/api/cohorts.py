"""Cohorts with their computed counts."""

from rest_framework import serializers, viewsets

from programs.domain import queries
from programs.filters import CohortFilter
from programs.models import Cohort, StageDefinition


class StageDefinitionSerializer(serializers.ModelSerializer):
    class Meta:
        model = StageDefinition
        fields = ["number", "title", "purpose", "due_on"]


class CohortSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(
        view_name="api-v1:cohort-detail", lookup_field="slug"
    )
    program = serializers.CharField(source="program.name")
    entries = serializers.IntegerField(
        help_text="Participations on the ministry's list, counted from what is published."
    )
    late_entrants = serializers.IntegerField(
        help_text="Participations that joined after the list, counted from what is published."
    )
    stages = StageDefinitionSerializer(source="stage_definitions", many=True)

    class Meta:
        model = Cohort
        fields = [
            "url",
            "slug",
            "program",
            "year",
            "phase",
            "official_size",
            "list_is_complete",
            "entries",
            "late_entrants",
            "note",
            "memoranda_signed_on",
            "is_example",
            "publication",
            "stages",
        ]


class CohortViewSet(viewsets.ReadOnlyModelViewSet):
    """A year's intake. Internal ones are for those who manage, and for those who take part."""

    queryset = Cohort.objects.all()
    serializer_class = CohortSerializer
    filterset_class = CohortFilter
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self):
        return queries.readable_cohorts(self.request.user).prefetch_related("stage_definitions")
