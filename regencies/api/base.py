"""What every endpoint shares: paging, scope, and bodies that refuse what they do not know."""

import re
from collections.abc import Mapping

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.views import APIView


class Pages(LimitOffsetPagination):
    """``limit`` (50, at most 500) and ``offset``; anything but a number in range is refused."""

    default_limit = 50
    max_limit = 500

    def get_limit(self, request):
        return self._number(request, self.limit_query_param, 1, self.max_limit, self.default_limit)

    def get_offset(self, request):
        return self._number(request, self.offset_query_param, 0, 999_999_999, 0)

    def _number(self, request, name, least, most, default):
        text = request.query_params.get(name)
        if text is None:
            return default
        if re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most:
            return int(text)
        problem = _("Give a number from %(least)d to %(most)d.") % {"least": least, "most": most}
        raise ValidationError({name: [ErrorDetail(problem, "invalid")]})


class ScopedViewSetMixin:
    """Rows the caller may read: public ones and those in sight; the rest do not exist (404).

    Each row says with ``in_sight`` whether the caller sees it for more than being public,
    so that a serializer can keep what is internal to itself.
    """

    def get_queryset(self):
        queryset, user = super().get_queryset(), self.request.user
        own = queryset.model.objects.visible_to(user).filter(pk=OuterRef("pk"))
        return queryset.readable_by(user).annotate(in_sight=Exists(own))


class StrictBodyMixin:
    """A serializer that refuses what it would otherwise ignore: unknown and read-only fields."""

    def to_internal_value(self, data):
        if isinstance(data, Mapping):
            self._refuse_others(data.keys())
        return super().to_internal_value(data)

    def _refuse_others(self, given):
        writable = sorted(field.field_name for field in self._writable_fields)
        text = _("This cannot be changed here. What can: %s.") % (", ".join(writable) or "–")
        problems = {
            name: [ErrorDetail(text, "not_writable")] for name in given if name not in writable
        }
        if problems:
            raise ValidationError(problems)


class UnknownAddress(APIView):
    """Answers addresses that do not exist as the API answers everything: in JSON."""

    schema = None

    def initial(self, request, *args, **kwargs):
        raise NotFound
