"""Searching by region the way people write it: "Kab. Grobogan", "pangkep", "33.15"."""

import re

from django.db.models import Q, QuerySet

from regencies.domain.resolving import AmbiguousNameError, fold, resolve
from regencies.errors import RuleError
from regencies.models import FormerCode, Regency, RegencyAlias


def regencies_called(text: str) -> QuerySet[Regency]:
    """The regencies ``text`` may mean: part of a name, a code, an alias or a full spelling."""
    found = Regency.objects.filter(_partly(text))
    return found if found.exists() else _fully(text)


def _partly(text: str) -> Q:
    named = Q()
    for word in re.findall(r"[^\s.,]+", text):
        named &= Q(official_name__icontains=word)
    match = named if named else Q(pk__in=[])
    match |= Q(code__startswith=text.strip())
    match |= Q(pk__in=FormerCode.objects.filter(code=text.strip()).values("regency"))
    if key := fold(text):
        match |= Q(pk__in=RegencyAlias.objects.filter(key__contains=key).values("regency"))
    return match


def _fully(text: str) -> QuerySet[Regency]:
    """What the resolver makes of it: it knows "Pemkab" and the like."""
    try:
        places = [resolve(text)]
    except AmbiguousNameError as refusal:
        places = refusal.candidates
    except RuleError:
        places = []
    return Regency.objects.filter(pk__in=[place.pk for place in places])
