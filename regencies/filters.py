"""Filters over places, shared by the API and the pages."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import (
    CharFilter,
    ChoiceFilter,
    FilterSet,
    OrderingFilter,
    TypedChoiceFilter,
)
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from regencies.domain.searching import regencies_called
from regencies.models import Kind


class RegencyCodeFilter(CharFilter):
    """A Kemendagri code such as 33.15; two digits for a province that takes part itself."""

    field_class = forms.RegexField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("regex", r"\A[0-9]{2}(\.[0-9]{2})?\Z")
        kwargs.setdefault("help_text", _("Kemendagri code, for example 33.15."))
        super().__init__(*args, **kwargs)


class ProvinceCodeFilter(CharFilter):
    """The two digits of a province."""

    field_class = forms.RegexField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("regex", r"\A[0-9]{2}\Z")
        kwargs.setdefault("help_text", _("Two digits, for example 33."))
        super().__init__(*args, **kwargs)


class SlugFilter(CharFilter):
    """A short name as it stands in addresses."""

    field_class = forms.SlugField


@extend_schema_field(OpenApiTypes.BOOL)
class TrueOrFalseFilter(TypedChoiceFilter):
    """``true`` or ``false``; anything else is refused, where a BooleanFilter would ignore it."""

    def __init__(self, **kwargs):
        choices = [("true", "true"), ("false", "false")]
        super().__init__(choices=choices, coerce=lambda text: text == "true", **kwargs)


class StableOrderingFilter(OrderingFilter):
    """Ordering whose ties are broken by the key, so that pages neither repeat nor skip rows."""

    def build_choices(self, fields, labels):
        """Both directions of each field, worded in the language of the request."""
        return [
            choice
            for field, param in fields.items()
            for label in [labels.get(field, _(param.capitalize()))]
            for choice in [
                (param, label),
                (f"-{param}", format_lazy(_("{field} (descending)"), field=label)),
            ]
        ]

    def filter(self, qs, value):
        ordered = super().filter(qs, value)
        return ordered.order_by(*ordered.query.order_by, "pk") if value else qs


class ProvinceFilter(FilterSet):
    search = CharFilter(
        field_name="name", lookup_expr="icontains", max_length=100, label=_("Name")
    )
    ordering = StableOrderingFilter(fields=["code", "name"])


class RegencyFilter(FilterSet):
    kind = ChoiceFilter(choices=Kind.choices)
    province = ProvinceCodeFilter(field_name="province__code")
    search = CharFilter(
        method="by_any_name", max_length=100, label=_("Official name or another spelling")
    )
    ordering = StableOrderingFilter(
        fields={"code": "code", "name": "name", "province__code": "province"}
    )

    def by_any_name(self, queryset, name, value):
        """The search of every door: part of a name, a code, or any spelling."""
        return queryset.filter(pk__in=regencies_called(value).values("pk"))
