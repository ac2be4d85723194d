from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.publication import Publication
from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import known


class ParticipationStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced")


class Entry(models.TextChoices):
    """How the region came into the cohort."""

    LISTED = "listed", _("On the ministry's list")
    LATE = "late", _("Late entrant")


class ParticipationQuerySet(ScopedQuerySet):
    participation_prefix = ""
    public_rows = Q(publication=Publication.PUBLIC, cohort__publication=Publication.PUBLIC)

    def with_place(self):
        """Load what every page and serializer shows beside a participation."""
        return self.select_related("regency__province", "cohort__program", "area")


@tracked()
class Participation(models.Model):
    """One region in one cohort. A region may take part in several cohorts.

    ``status``, its date and reason, and ``replaced_by`` change only through
    ``programs.domain.participations``.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        related_name="participations",
        verbose_name=_("regency or city"),
    )
    cohort = models.ForeignKey(
        "programs.Cohort", models.PROTECT, related_name="participations", verbose_name=_("cohort")
    )
    entry = models.CharField(_("entry"), max_length=6, choices=Entry, default=Entry.LISTED)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ParticipationStatus,
        default=ParticipationStatus.ACTIVE,
        editable=False,
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("replaced by"),
    )
    area = models.ForeignKey(
        "regencies.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("area"),
    )
    status_since = models.DateField(
        _("withdrawn or replaced on"), null=True, blank=True, editable=False
    )
    status_reason = models.TextField(
        _("why it was withdrawn or replaced"), blank=True, editable=False
    )
    name_as_printed = models.CharField(_("name as printed"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown on the public page."))
    sources = models.ManyToManyField(
        "programs.Source", related_name="participations", blank=True, verbose_name=_("sources")
    )
    publication = models.CharField(
        _("publication"), max_length=8, choices=Publication, default=Publication.INTERNAL
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["cohort__year", "regency__code"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cohort"],
                name="%(app_label)s_%(class)s_regency_once_per_cohort",
                violation_error_message=_("This region already takes part in this cohort."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=ParticipationStatus.REPLACED, replaced_by__isnull=False)
                    | ~Q(status=ParticipationStatus.REPLACED) & Q(replaced_by__isnull=True)
                ),
                name="%(app_label)s_%(class)s_replaced_names_by_whom",
                violation_error_message=_("Name the participation that replaced this one."),
            ),
            models.CheckConstraint(
                condition=Q(status=ParticipationStatus.ACTIVE, status_reason="")
                | ~Q(status=ParticipationStatus.ACTIVE) & ~Q(status_reason=""),
                name="%(app_label)s_%(class)s_ended_says_why",
                violation_error_message=_("Say why the participation ended."),
            ),
            known("status", ParticipationStatus.values),
            models.CheckConstraint(
                condition=~Q(replaced_by=F("id")),
                name="%(app_label)s_%(class)s_not_replaced_by_itself",
                violation_error_message=_("A participation cannot replace itself."),
            ),
        ]
        triggers = [guards.PARTICIPATION_STAYS]

    def __str__(self):
        return f"{self.regency} · {self.cohort.year}"

    def get_absolute_url(self):
        return reverse("programs:participation-detail", args=[self.pk])

    @property
    def has_ended(self):
        return self.status != ParticipationStatus.ACTIVE

    def in_other_cohorts(self):
        """The same region's participations in other cohorts, the earliest first."""
        others = Participation.objects.filter(regency=self.regency_id).exclude(pk=self.pk)
        return others.with_place().order_by("cohort__year")
