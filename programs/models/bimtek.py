from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.participation import ParticipationStatus
from programs.models.publication import Publication
from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.province import Zone, local_day


class StageStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    VERIFIED = "verified", _("Verified")


#: The stage is in the regency's hands.
OPEN = (StageStatus.DRAFT, StageStatus.RETURNED)


def is_past_due(now=None):
    """The condition "due, and the region's own day is over": late begins the next local day."""
    late = Q(pk__in=[])
    for zone in Zone.values:
        late |= Q(due_on__lt=local_day(zone, now), participation__regency__province__zone=zone)
    return late


class BimtekStageQuerySet(ScopedQuerySet):
    regency_prefix = "participation__regency__"
    participation_prefix = "participation__"
    public_rows = Q(
        publication=Publication.PUBLIC,
        participation__publication=Publication.PUBLIC,
        participation__cohort__publication=Publication.PUBLIC,
    )

    def with_place(self):
        """Load what every page and serializer shows beside a stage."""
        return self.select_related(
            "definition", "participation__regency__province", "participation__cohort__program"
        )

    def owed(self):
        """Stages the regency still has to hand in: what every task list and reminder reads."""
        return self.filter(status__in=OPEN, participation__status=ParticipationStatus.ACTIVE)

    def late(self, now=None):
        """Owed stages whose due date is over in the region's own time zone."""
        return self.owed().filter(is_past_due(now))

    def awaiting_review(self):
        return self.filter(
            status=StageStatus.SUBMITTED, participation__status=ParticipationStatus.ACTIVE
        )


@tracked()
class BimtekStage(models.Model):
    """One of the four technical-guidance stages of a participation.

    ``status`` changes only through ``programs.domain.stages``, in one transaction with
    a ``Transition``; a trigger refuses anything else. ``revision`` counts edits, so that
    a second person's save is noticed.
    """

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        related_name="stages",
        verbose_name=_("participation"),
    )
    definition = models.ForeignKey(
        "programs.StageDefinition", models.PROTECT, related_name="stages", verbose_name=_("stage")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=9, choices=StageStatus, default=StageStatus.DRAFT, editable=False
    )
    publication = models.CharField(
        _("publication"),
        max_length=8,
        choices=Publication,
        default=Publication.INTERNAL,
        editable=False,
    )
    notes = models.TextField(
        _("notes"),
        blank=True,
        help_text=_("For the ministry; never published."),
        validators=[MaxLengthValidator(5000, _("Write at most 5,000 characters."))],
    )
    return_reason = models.TextField(_("reason for the return"), blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )

    objects = BimtekStageQuerySet.as_manager()

    class Meta:
        ordering = ["participation", "definition__number"]
        verbose_name = _("Bimtek stage")
        verbose_name_plural = _("Bimtek stages")
        indexes = [models.Index(fields=["status", "due_on"], name="programs_stage_status_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "definition"],
                name="%(app_label)s_%(class)s_definition_once",
            ),
            models.CheckConstraint(
                condition=~Q(status=StageStatus.RETURNED) | ~Q(return_reason=""),
                name="%(app_label)s_%(class)s_returned_has_reason",
                violation_error_message=_("Say why the stage is returned."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        status__in=[StageStatus.SUBMITTED, StageStatus.VERIFIED],
                        submitted_at__isnull=False,
                        submitted_by__isnull=False,
                    )
                    | Q(status__in=OPEN, submitted_at__isnull=True, submitted_by__isnull=True)
                ),
                name="%(app_label)s_%(class)s_submitted_is_signed",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        status=StageStatus.VERIFIED,
                        verified_at__isnull=False,
                        verified_by__isnull=False,
                    )
                    | ~Q(status=StageStatus.VERIFIED)
                    & Q(verified_at__isnull=True, verified_by__isnull=True)
                ),
                name="%(app_label)s_%(class)s_verified_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("submitted_by")),
                name="%(app_label)s_%(class)s_verifier_is_not_submitter",
            ),
            models.CheckConstraint(
                condition=Q(publication=Publication.INTERNAL) | Q(status=StageStatus.VERIFIED),
                name="%(app_label)s_%(class)s_public_is_verified",
                violation_error_message=_("Only a verified stage can be published."),
            ),
        ]
        triggers = [
            guards.MOVES_THROUGH_THE_LEDGER,
            guards.STAGE_STARTS_AS_DRAFT,
            guards.STAGE_STAYS_IN_ITS_PLACE,
            guards.DUE_DATE_IS_FROZEN,
            guards.CLOSED_STAGE_IS_FROZEN,
            guards.VERIFICATION_IS_FROZEN,
        ]

    def __str__(self):
        return f"{self.definition} · {self.participation}"

    def get_absolute_url(self):
        return reverse("programs:stage-detail", args=[self.pk])

    @property
    def is_open(self):
        return self.status in OPEN

    @property
    def is_late(self):
        """Owed, and the due day is over where the region is: ``late()`` for one loaded row."""
        is_active = self.participation.status == ParticipationStatus.ACTIVE
        if not (self.due_on and self.is_open and is_active):
            return False
        return self.due_on < self.participation.regency.province.today
