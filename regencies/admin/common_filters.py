"""Lists that people ask for again and again, as links with counts above the list."""

from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import QueryDict

NOT_A_FILTER = {"p", "o", "e", "_facets", "_changelist_filters"}  # page, order, error, facets


@dataclass(frozen=True)
class CommonFilter:
    """One link: its words, the query of the list, how many rows, and whether it is open now."""

    words: Any
    query: str
    count: int
    is_current: bool


class CountedList(ChangeList):
    """Only counts what a list would show."""

    def get_results(self, request):
        self.result_count = self.queryset.count()


class CommonFilters:
    """For admins: ``common_filters`` is [(words, query)], or a method of the request.

    A query is what stands in the list's address, such as ``status__exact=submitted``; only
    what the list itself offers as a filter works there.
    """

    common_filters = ()

    def get_common_filters(self, request):
        """The filters as declared."""
        declared = self.common_filters
        return declared(request) if callable(declared) else declared

    def counted_filters(self, request):
        asked = _meaning(request.GET)
        return [
            CommonFilter(
                words,
                query,
                self._count(request, query),
                is_current=_meaning(QueryDict(query)) == asked,
            )
            for words, query in self.get_common_filters(request)
        ]

    def changelist_view(self, request, extra_context=None):
        own = {"common_filters": partial(self.counted_filters, request)}  # asked by a page alone
        return super().changelist_view(request, own | (extra_context or {}))

    def _count(self, request, query):
        asked = copy(request)
        asked.GET = QueryDict(query)
        listed = CountedList(
            asked,
            self.model,
            self.get_list_display(asked),
            None,
            self._filters_of(asked),
            self.date_hierarchy,
            (),
            False,  # noqa: FBT003 -- Django's own order of arguments
            self.list_per_page,
            self.list_max_show_all,
            (),
            self,
            (),
            "",
        )
        return listed.result_count

    def _filters_of(self, request):
        """Only the filters that the query speaks of: others may ask for their choices in vain."""
        return [
            chosen
            for chosen in self.get_list_filter(request)
            if any(name.startswith(_name(chosen)) for name in request.GET)
        ]


def _name(chosen):
    if isinstance(chosen, str):
        return chosen
    return chosen[0] if isinstance(chosen, tuple) else chosen.parameter_name


def _meaning(query):
    """What a query asks for, whatever the order of its parts."""
    parts = query.lists()
    return {name: sorted(values) for name, values in parts if name not in NOT_A_FILTER}
