"""Handing out awards: many regions at one event in one step, and taking back a slip."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.models import Award, AwardCategory, Institution, Statement
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import Regency, User

#: How long after the granting an award can still be taken back as a slip.
A_SLIP = dt.timedelta(days=1)


@dataclass(frozen=True)
class Grant:
    """What came of one region: its award, and whether it is new or was there already."""

    regency: Regency
    award: Award
    is_new: bool


@dataclass(frozen=True)
class Return:
    """What came of taking back one award: ``refusal`` says why it stays, "" when it is gone."""

    award: Award
    refusal: str


@transaction.atomic
def grant(
    category: AwardCategory,
    regencies: Iterable[Regency],
    *,
    body: Institution | None,
    by: User,
    given_by: str = "",
) -> list[Grant]:
    """Give every region the award of ``category``; all are written, or none.

    Who has it keeps it as it is. Each region counts once, in the order given. Raises
    ``PermissionDenied`` without the right to manage, ``RuleError`` without an awarding body.
    """
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    if body is None:
        raise RuleError(_("Say who gave the award."), fields=["awarding_body"])
    wanted = list({regency.pk: regency for regency in regencies}.values())
    # Two grants of one category wait for each other: no region is given it twice.
    AwardCategory.objects.select_for_update().get(pk=category.pk)
    there = held(category, wanted)
    fresh = [
        Award(category=category, regency=regency, awarding_body=body, given_by=given_by)
        for regency in wanted
        if regency.pk not in there
    ]
    made = {award.regency_id: award for award in Award.objects.bulk_create(fresh)}
    awards = there | made
    return [Grant(place, awards[place.pk], place.pk in made) for place in wanted]


def held(category: AwardCategory, regencies: Iterable[Regency]) -> dict[int, Award]:
    """The awards of ``category`` that these regions have already, by the region's number."""
    awards = Award.objects.filter(category=category, regency__in=list(regencies))
    return {award.regency_id: award for award in awards}


@transaction.atomic
def take_back(awards: QuerySet[Award], *, by: User) -> list[Return]:
    """Remove awards granted by a slip: today's, that nobody touched since. The history stays.

    Raises ``PermissionDenied`` without the right to manage.
    """
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    locked = list(
        awards.select_related("category", "regency")
        .order_by("regency__code", "pk")
        .select_for_update(of=("self",))
    )
    reasons = _reasons_to_stay(locked)
    gone = [award.pk for award in locked if award.pk not in reasons]
    Award.objects.filter(pk__in=gone).delete()
    return [Return(award, reasons.get(award.pk, "")) for award in locked]


def _reasons_to_stay(awards: list[Award]) -> dict[int, str]:
    """Why awards cannot be taken back, from their row history and what cites them."""
    pks = [award.pk for award in awards]
    written: dict[int, list[Any]] = {pk: [] for pk in pks}
    for pk, at in _history().filter(pgh_obj__in=pks).values_list("pgh_obj_id", "pgh_created_at"):
        written[pk].append(at)
    kind = ContentType.objects.get_for_model(Award)
    cited = set(
        Statement.objects.filter(content_type=kind, object_id__in=pks).values_list(
            "object_id", flat=True
        )
    )
    reasons = {}
    for pk, times in written.items():
        if len(times) != 1 or pk in cited:
            reasons[pk] = _("It was changed or cited since; it stays.")
        elif times[0] < timezone.now() - A_SLIP:
            reasons[pk] = _("It was granted more than a day ago; it stays.")
    return reasons


def _history() -> QuerySet[Any]:
    # Not ``revisions.events_of``: the history of Award is no AwardEvent, which is a ceremony.
    return apps.get_model("programs", "AwardHistory")._default_manager.all()
