"""Refusals in one shape: ``{"type": …, "errors": [{"code": …, "detail": …, "attr": …}]}``.

400: the request is malformed. 401: who are you? 403: not yours to do. 404: not yours to
see. 409: a rule refuses now; ``current`` holds the stored values where somebody else
changed the row first.
"""

from django.core import exceptions as django
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors import handler
from rest_framework import exceptions, serializers, status
from rest_framework.fields import get_error_detail
from rest_framework.settings import api_settings

from regencies.errors import RuleError, StaleError

ERROR_TYPES = ["validation_error", "client_error", "server_error"]


class Conflict(exceptions.APIException):
    """A ``RuleError`` on its way out: one entry per field it names, or one without."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "rule"

    def __init__(self, refusal):
        self.detail = {
            field: [exceptions.ErrorDetail(text, refusal.code)]
            for field, text in refusal.details.items()
        } or exceptions.ErrorDetail(str(refusal), refusal.code)


class TooLarge(exceptions.APIException):
    """The body passes settings.DATA_UPLOAD_MAX_MEMORY_SIZE."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is too large.")
    default_code = "too_large"


class ExceptionHandler(handler.ExceptionHandler):
    """Adds the portal's own refusals to REST framework's."""

    def convert_known_exceptions(self, exc):
        if isinstance(exc, RuleError):
            return Conflict(exc)
        if isinstance(exc, django.ValidationError):
            return exceptions.ValidationError(_by_field(exc))
        if isinstance(exc, django.RequestDataTooBig):
            return TooLarge()
        return super().convert_known_exceptions(exc)

    def format_exception(self, exc):
        data = super().format_exception(exc)
        if isinstance(self.exc, StaleError):
            data["current"] = self.exc.current | {"revision": self.exc.revision}
        return data


def _by_field(error):
    """A model's refusal as REST framework words it; what concerns no field has its own key."""
    detail = get_error_detail(error)
    if not isinstance(detail, dict):
        return {api_settings.NON_FIELD_ERRORS_KEY: detail}
    return {
        api_settings.NON_FIELD_ERRORS_KEY if name == django.NON_FIELD_ERRORS else name: texts
        for name, texts in detail.items()
    }


class ErrorSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="For programs; does not change with the language.")
    detail = serializers.CharField(help_text="For people.")
    attr = serializers.CharField(
        allow_null=True, help_text="The field or parameter concerned, or null."
    )


class ErrorResponseSerializer(serializers.Serializer):
    """The shape of every refusal, whatever its status."""

    type = serializers.ChoiceField(ERROR_TYPES)
    errors = ErrorSerializer(many=True)

    class Meta:
        ref_name = "Errors"


class ConflictResponseSerializer(ErrorResponseSerializer):
    """A rule refuses now."""

    current = serializers.DictField(
        required=False,
        help_text="With the code `stale`: the stored values of the fields you tried to change, "
        "and the `revision` to send when you save over them.",
    )

    class Meta:
        ref_name = "Conflict"
