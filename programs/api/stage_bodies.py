"""What may be written to a stage."""

from rest_framework import serializers

from programs.domain.editing import STAGE_FIELDS
from programs.domain.snapshots import SESSION_FIELDS
from programs.domain.stages import LONGEST_REASON
from programs.models import Session
from regencies.api.base import StrictBodyMixin


class NothingSerializer(StrictBodyMixin, serializers.Serializer):
    """The body of a verb that needs no words: empty."""

    class Meta:
        ref_name = "Nothing"


class VerifySerializer(StrictBodyMixin, serializers.Serializer):
    version = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text="The `submitted_version` you read; a newer one is then refused (409).",
    )

    class Meta:
        ref_name = "Verify"


class ReturnSerializer(VerifySerializer):
    reason = serializers.CharField(
        max_length=LONGEST_REASON, help_text="What the region has to repair."
    )

    class Meta:
        ref_name = "Return"


class StageEditSerializer(StrictBodyMixin, serializers.ModelSerializer):
    """The editable fields; what is left out stays as it is. Their limits are the models'."""

    notes = serializers.CharField(required=False, allow_blank=True, help_text="For the ministry.")
    revision = serializers.IntegerField(
        min_value=1, help_text="The revision you read; another one means somebody saved since."
    )

    class Meta:
        model = Session
        fields = [*STAGE_FIELDS, *SESSION_FIELDS, "revision"]
        ref_name = "StageEdit"
