"""Query parameters: what the API does not know, it refuses."""

import re

from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.settings import api_settings

#: NUL, and what Django puts where bytes were not UTF-8 (halves of characters among them).
NOT_TEXT = re.compile("[\0\ufffd]")


class StrictFilterBackend(DjangoFilterBackend):
    """Answers 400 to an unknown, repeated or badly filled parameter.

    A mistyped filter that is ignored answers every row, which a dashboard then counts.
    """

    def filter_queryset(self, request, queryset, view):
        refuse_unknown(request.query_params, known_parameters(view, queryset))
        return queryset if view.detail else super().filter_queryset(request, queryset, view)


class StrictQueryMixin:
    """A view without rows: refuses every parameter but its own ``known_parameters``."""

    known_parameters = frozenset({api_settings.URL_FORMAT_OVERRIDE})

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, self.known_parameters)


def known_parameters(view, queryset):
    """The parameters of a view: on a list its filters and paging; everywhere the format."""
    known = {api_settings.URL_FORMAT_OVERRIDE}
    if view.detail:
        return known
    filterset = StrictFilterBackend().get_filterset_class(view, queryset)
    if view.paginator:
        known |= {view.paginator.limit_query_param, view.paginator.offset_query_param}
    return known | set(filterset.base_filters if filterset else ())


def refuse_unknown(given, known):
    """Raise ``ValidationError`` naming each parameter that is unknown, repeated or no text."""
    problems = {}
    for name in given:
        if name not in known:
            text = _("Unknown parameter. Known here: %s.") % (", ".join(sorted(known)) or "–")
            problems[name] = [ErrorDetail(text, "unknown_parameter")]
        elif len(given.getlist(name)) > 1:
            problems[name] = [ErrorDetail(_("Give this parameter once."), "repeated_parameter")]
        elif NOT_TEXT.search(given[name]):
            problems[name] = [ErrorDetail(_("This is not text in UTF-8."), "invalid")]
    if problems:
        raise ValidationError(problems)
