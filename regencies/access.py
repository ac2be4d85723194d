"""Who may reach which rows.

This module is the only place that answers the question. Admin, pages, API and
imports ask it through ``ScopedQuerySet``; none of them filters by user itself.
Roles and what they may do: the portal's design, section "Roles".
"""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    VIEW = auto()
    EDIT = auto()
    SUBMIT = auto()
    REVIEW = auto()
    MANAGE = auto()


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor")
    OFFICER = "officer", _("Regency officer")
    SIGNER = "signer", _("Signer")
    OBSERVER = "observer", _("Province observer")
    EXPERT = "expert", _("Expert")
    MINISTRY = "ministry", _("Ministry staff")


# A contributor's edits reach only the rows of one agency (initiatives, claims, evidence);
# over the rows of the whole regency a contributor only looks.
RIGHTS: dict[str, frozenset[Right]] = {
    Role.CONTRIBUTOR: frozenset({Right.VIEW}),
    Role.OFFICER: frozenset({Right.VIEW, Right.EDIT}),
    Role.SIGNER: frozenset({Right.VIEW, Right.EDIT, Right.SUBMIT}),
    Role.OBSERVER: frozenset({Right.VIEW}),
    Role.EXPERT: frozenset({Right.VIEW}),
    Role.MINISTRY: frozenset({Right.VIEW, Right.REVIEW, Right.MANAGE}),
}

# A superuser keeps the portal running; the workflow is not theirs to move.
SUPERUSER_RIGHTS = frozenset({Right.VIEW, Right.MANAGE})


@dataclass(frozen=True)
class Reach:
    """The part of the country over which a user holds one right."""

    everywhere: bool = False
    provinces: frozenset[int] = frozenset()
    regencies: frozenset[int] = frozenset()
    participations: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user: Any, right: Right) -> Self:
        if not user.is_active:  # AnonymousUser is never active
            return cls()
        if user.is_superuser and right in SUPERUSER_RIGHTS:
            return cls(everywhere=True)
        held = [m for m in user.held_memberships if right in RIGHTS[m.role]]
        places = {m.regency_id for m in held if m.role != Role.EXPERT}
        places |= {m.agency.regency_id for m in held if m.agency}
        return cls(
            everywhere=any(m.role == Role.MINISTRY for m in held),
            provinces=frozenset(m.province_id for m in held if m.province_id),
            regencies=frozenset(places - {None}),
            participations=_assigned(user, held),
        )

    def as_filter(self, regency_prefix: str, participation_prefix: str | None) -> Q:
        """The WHERE clause for rows whose path to ``Regency`` is ``regency_prefix``."""
        rows = Q(**{f"{regency_prefix}id__in": self.regencies})
        if self.provinces:
            rows |= Q(**{f"{regency_prefix}province_id__in": self.provinces})
        if self.participations and participation_prefix is not None:
            rows |= Q(**{f"{participation_prefix}id__in": self.participations})
        return rows


def _assigned(user: Any, held: list[Any]) -> frozenset[int]:
    """The participations an expert is assigned to; ``assignments`` is the programme's table."""
    if not any(m.role == Role.EXPERT for m in held):
        return frozenset()
    return frozenset(user.assignments.open().values_list("participation_id", flat=True))


def holds(user: Any, right: Right) -> bool:
    """Whether ``user`` holds ``right`` over the whole country."""
    return Reach.of(user, right).everywhere


def acting_role(user: Any, right: Right) -> str:
    """The role under which ``user`` exercises ``right``, for the ledger; "" when none."""
    order = list(Role)
    roles = [m.role for m in user.held_memberships if right in RIGHTS[m.role]]
    return max(roles, key=order.index, default="")


class ScopedQuerySet(models.QuerySet):
    """A queryset over rows that belong to a regency.

    Never joins to memberships, so callers need no ``distinct()`` and may lock
    the rows with ``select_for_update()``.
    """

    regency_prefix = "regency__"
    participation_prefix: str | None = None
    public_rows = Q(pk__in=[])

    def within(self, user: Any, right: Right) -> Self:
        """Rows over which ``user`` holds ``right``."""
        reach = Reach.of(user, right)
        return self if reach.everywhere else self.filter(self._reached(reach))

    def visible_to(self, user: Any) -> Self:
        """Rows in the user's own sight, internal ones included."""
        return self.within(user, Right.VIEW)

    def published(self) -> Self:
        """Rows the public may read."""
        return self.filter(self.public_rows)

    def readable_by(self, user: Any) -> Self:
        """Rows in sight plus public rows: what the API answers to this user."""
        reach = Reach.of(user, Right.VIEW)
        return self if reach.everywhere else self.filter(self.public_rows | self._reached(reach))

    def _reached(self, reach: Reach) -> Q:
        return reach.as_filter(self.regency_prefix, self.participation_prefix)
