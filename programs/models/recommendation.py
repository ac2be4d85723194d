from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.publication import Publication, Publishable
from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.province import Zone, local_day


class RecommendationQuerySet(ScopedQuerySet):
    regency_prefix = "evaluation__regency__"
    public_rows = Q(
        publication=Publication.PUBLIC,
        evaluation__publication=Publication.PUBLIC,
        evaluation__round__publication=Publication.PUBLIC,
    )

    def open(self):
        return self.filter(closed_at__isnull=True)

    def late(self, now=None):
        """Open ones whose due date is over in the region's own time zone."""
        late = Q(pk__in=[])
        for zone in Zone.values:
            late |= Q(due_on__lt=local_day(zone, now), evaluation__regency__province__zone=zone)
        return self.open().filter(late)


@tracked()
class Recommendation(Publishable):
    """What the evaluators advise a region, followed until it is closed.

    Closed by ``programs.domain.recommendations.close``, by somebody who did not report the
    last follow-up.
    """

    evaluation = models.ForeignKey(
        "programs.Evaluation",
        models.PROTECT,
        related_name="recommendations",
        verbose_name=_("evaluation"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    text = models.TextField(
        _("recommendation"), help_text=_("For example: Lengkapi data dukung setiap jawaban.")
    )
    agency = models.ForeignKey(
        "regencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("responsible agency (OPD)"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closing_note = models.TextField(_("why it was closed"), blank=True, editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "position", "pk"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "position"],
                name="%(app_label)s_%(class)s_position_once",
                violation_error_message=_("This evaluation has a recommendation at that place."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closing_note="")
                | Q(~Q(closing_note=""), closed_at__isnull=False, closed_by__isnull=False),
                name="%(app_label)s_%(class)s_closing_is_signed",
                violation_error_message=_("Say why the recommendation is closed."),
            ),
        ]
        triggers = [guards.CLOSED_RECOMMENDATION_IS_FROZEN, guards.CLOSED_RECOMMENDATION_STAYS]

    def __str__(self):
        return self.text[:80]


class FollowUpQuerySet(ScopedQuerySet):
    regency_prefix = "recommendation__evaluation__regency__"


@tracked()
class FollowUp(models.Model):
    """What was done about a recommendation, as somebody reports it. Written once."""

    recommendation = models.ForeignKey(
        Recommendation,
        models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("recommendation"),
    )
    text = models.TextField(_("what was done"))
    evidence = document_field(_("evidence"))
    reported_at = models.DateTimeField(_("reported at"), editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("reported by"),
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        triggers = [guards.append_only("follow_up_is_append_only"), guards.FOLLOW_UP_IS_OPEN]

    def __str__(self):
        return self.text[:80]
