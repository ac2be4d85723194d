"""Searching by region the way people write it: "Kab. Grobogan", "pangkep", "33.15"."""

import re

from django.db.models import Q

from regencies.domain.resolving import fold, resolve
from regencies.errors import RuleError
from regencies.models import FormerCode, Regency, RegencyAlias


def regencies_called(text):
    """The regencies ``text`` may mean: part of a name, a code, an alias or a full spelling."""
    found = Regency.objects.filter(_partly(text))
    return found if found.exists() else _fully(text)


def _partly(text):
    named = Q()
    for word in re.findall(r"[^\s.,]+", text):
        named &= Q(official_name__icontains=word)
    match = named if named else Q(pk__in=[])
    match |= Q(code__startswith=text.strip())
    match |= Q(pk__in=FormerCode.objects.filter(code=text.strip()).values("regency"))
    if key := fold(text):
        match |= Q(pk__in=RegencyAlias.objects.filter(key__contains=key).values("regency"))
    return match


def _fully(text):
    """What the resolver makes of it: it knows "Pemkab" and the like."""
    try:
        places = [resolve(text)]
    except RuleError as refusal:  # unknown, or ambiguous: then it names the candidates
        places = getattr(refusal, "candidates", [])
    return Regency.objects.filter(pk__in=[place.pk for place in places])


class RegionSearch:
    """Adds the region in any spelling to an admin's own ``search_fields``."""

    regency_path = "regency"
    search_help_text = ""

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term.strip():
            found |= queryset.filter(**{f"{self.regency_path}__in": regencies_called(search_term)})
        return found, may_repeat
