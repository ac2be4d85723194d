"""How a stage is told: its own facts, its session, its outputs."""

from rest_framework import serializers
from rest_framework.reverse import reverse

from programs.models import BimtekStage, Mode, Output, OutputVersion, Session

#: For the region and the ministry, also when the rest of the row is public.
INTERNAL = ("submitted_version", "notes", "return_reason", "revision")


class OutputFileSerializer(serializers.ModelSerializer):
    version = serializers.IntegerField(source="number")
    name = serializers.SerializerMethodField(
        help_text="As the officer called it; null for those who see the stage only as public."
    )
    address = serializers.SerializerMethodField(
        help_text="Where to fetch the file; null for those who see the stage only as public."
    )

    class Meta:
        model = OutputVersion
        fields = ["version", "name", "content_type", "size", "sha256", "address"]

    def get_name(self, version) -> str | None:
        return version.original_name if _in_sight(version) else None

    def get_address(self, version) -> str | None:
        if not _in_sight(version):
            return None
        return reverse("api-v1:file", args=[version.pk], request=self.context["request"])


class OutputSerializer(serializers.ModelSerializer):
    requirement = serializers.CharField(source="requirement.slug")
    title = serializers.CharField(source="requirement.title")
    is_mandatory = serializers.BooleanField(source="requirement.is_mandatory")
    file = OutputFileSerializer(source="latest", allow_null=True)

    class Meta:
        model = Output
        fields = ["requirement", "title", "is_mandatory", "file"]


class StageSerializer(serializers.ModelSerializer):
    """A stage with its session; what is internal is null for those who see only public rows."""

    url = serializers.HyperlinkedIdentityField(view_name="api-v1:stage-detail")
    participation = serializers.IntegerField(source="participation_id")
    regency = serializers.CharField(source="participation.regency.code")
    regency_name = serializers.CharField(source="participation.regency.official_name")
    province = serializers.CharField(source="participation.regency.province.code")
    cohort = serializers.CharField(source="participation.cohort.slug")
    number = serializers.IntegerField(source="definition.number")
    title = serializers.CharField(source="definition.title")
    is_late = serializers.BooleanField(help_text="Owed, and the day is over in the region.")
    starts_on = serializers.DateField(source="session.starts_on", allow_null=True)
    ends_on = serializers.DateField(source="session.ends_on", allow_null=True)
    mode = serializers.ChoiceField(Mode.choices, source="session.mode", allow_blank=True)
    venue = serializers.CharField(source="session.venue")
    council_count = serializers.IntegerField(source="session.council_count", allow_null=True)
    team_count = serializers.IntegerField(source="session.team_count", allow_null=True)
    other_count = serializers.IntegerField(source="session.other_count", allow_null=True)
    attendance = serializers.IntegerField(
        source="session.attendance", allow_null=True, help_text="The sum of the three counts."
    )
    outputs = OutputSerializer(many=True)
    submitted_version = serializers.IntegerField(
        allow_null=True, help_text="Internal; number of the newest submission."
    )
    notes = serializers.CharField(allow_null=True, help_text="Internal.")
    return_reason = serializers.CharField(allow_null=True, help_text="Internal.")
    revision = serializers.IntegerField(
        allow_null=True, help_text="Internal; `PATCH` sends it back."
    )

    class Meta:
        model = BimtekStage
        fields = [
            "url",
            "id",
            "participation",
            "regency",
            "regency_name",
            "province",
            "cohort",
            "number",
            "title",
            "status",
            "is_late",
            "due_on",
            "publication",
            "starts_on",
            "ends_on",
            "mode",
            "venue",
            "council_count",
            "team_count",
            "other_count",
            "attendance",
            "outputs",
            "submitted_at",
            "verified_at",
            "submitted_version",
            "notes",
            "return_reason",
            "revision",
        ]

    def to_representation(self, stage):
        stage.session = next(iter(stage.sessions.all()), None) or Session(stage=stage)
        row = super().to_representation(stage)
        return row if stage.in_sight else row | dict.fromkeys(INTERNAL)


def _in_sight(version):
    return version.output.stage.in_sight  # prefetched, the very row of the page
