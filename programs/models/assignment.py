from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regencies.access import ScopedQuerySet
from regencies.history import tracked


class AssignmentQuerySet(ScopedQuerySet):
    regency_prefix = "participation__regency__"
    participation_prefix = "participation__"

    def open(self, day=None):
        """Assignments in force on ``day`` (today by default): begun, and not recused from."""
        day = day or timezone.localdate()
        return self.filter(assigned_on__lte=day).filter(
            Q(recused_on__isnull=True) | Q(recused_on__gt=day)
        )


@tracked()
class Assignment(models.Model):
    """An expert who accompanies a participation; recused (conflict of interest), sees nothing."""

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("participation"),
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("expert"),
    )
    assigned_on = models.DateField(_("assigned on"), default=timezone.localdate)
    recused_on = models.DateField(
        _("recused on"),
        null=True,
        blank=True,
        help_text=_("From this day the expert sees nothing."),
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["participation", "expert"]
        verbose_name = _("expert's assignment")
        verbose_name_plural = _("experts' assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "expert"],
                name="%(app_label)s_%(class)s_expert_once",
                violation_error_message=_("This expert already accompanies the participation."),
            ),
        ]

    def __str__(self):
        return f"{self.expert}: {self.participation}"
