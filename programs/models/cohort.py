from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.publication import Publication
from regencies.history import tracked

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


class CohortQuerySet(models.QuerySet):
    def published(self):
        return self.filter(publication=Publication.PUBLIC)

    def real(self):
        """Cohorts that took place; example data is never counted."""
        return self.filter(is_example=False)


@tracked()
class Cohort(models.Model):
    """One year's intake of a programme, with its own definitions of stages and outputs.

    Counts (entries, distinct regions) are computed by ``programs.domain.queries``,
    never typed; ``official_size`` is what the ministry announced. Its definitions (stages,
    outputs, books, criteria) are free until ``programs.domain.definitions.publish``.
    """

    program = models.ForeignKey(
        "programs.Program", models.PROTECT, related_name="cohorts", verbose_name=_("programme")
    )
    slug = models.SlugField(
        _("address"), unique=True, help_text=_("Used in web addresses, for example 2018.")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    phase = models.CharField(_("phase"), max_length=80, help_text=_("As the ministry calls it."))
    official_size = models.PositiveSmallIntegerField(
        _("announced size"),
        null=True,
        blank=True,
        help_text=_("How many participants the ministry announced."),
    )
    list_is_complete = models.BooleanField(
        _("the list is complete"),
        default=False,
        help_text=_("Every announced participant is named by a source."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Shown on the public page."))
    memoranda_signed_on = models.DateField(_("MoU signed on"), null=True, blank=True)
    is_example = models.BooleanField(_("example data"), default=False, editable=False)
    publication = models.CharField(
        _("publication"), max_length=8, choices=Publication, default=Publication.INTERNAL
    )

    definitions_published_at = models.DateTimeField(
        _("definitions published at"), null=True, blank=True, editable=False
    )
    definitions_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("definitions published by"),
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["year", "slug"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "year"],
                name="%(app_label)s_%(class)s_year_once",
                violation_error_message=_("This programme already has a cohort for that year."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2017, 2100)),
                name="%(app_label)s_%(class)s_year_since_2017",
                violation_error_message=_("The movement began in 2017."),
            ),
            models.CheckConstraint(
                condition=Q(is_example=False) | Q(publication=Publication.INTERNAL),
                name="%(app_label)s_%(class)s_example_is_internal",
                violation_error_message=_("Example data is never published."),
            ),
        ]
        triggers = [guards.DEFINITIONS_STAY_PUBLISHED, guards.PUBLISHED_COHORT_STAYS]

    def __str__(self):
        return f"{self.program.name} {self.year}"

    def get_absolute_url(self):
        return reverse("programs:cohort-detail", args=[self.slug])


@tracked()
class StageDefinition(models.Model):
    """What Bimtek I, II, III or IV is in one cohort: purpose and day it is due.

    The due date is copied to every participant's stage when the stages are opened;
    a later change here does not move it.
    """

    cohort = models.ForeignKey(
        Cohort, models.CASCADE, related_name="stage_definitions", verbose_name=_("cohort")
    )
    number = models.PositiveSmallIntegerField(
        _("stage"), choices=[(number, f"Bimtek {roman}") for number, roman in ROMAN.items()]
    )
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"), blank=True)
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("Empty when no date is known.")
    )

    class Meta:
        ordering = ["cohort", "number"]
        verbose_name = _("stage definition")
        verbose_name_plural = _("stage definitions")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "number"],
                name="%(app_label)s_%(class)s_number_once",
                violation_error_message=_("This cohort already has that stage."),
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 4)), name="%(app_label)s_%(class)s_number_1_to_4"
            ),
        ]
        triggers = [guards.STAGE_DEFINITION_IS_FROZEN, guards.STAGE_DEFINITION_STAYS]

    def __str__(self):
        return f"Bimtek {self.roman}"

    @property
    def roman(self):
        return ROMAN[self.number]


@tracked()
class Requirement(models.Model):
    """A document a stage must deliver, as data: years differ in what they ask."""

    definition = models.ForeignKey(
        StageDefinition, models.CASCADE, related_name="requirements", verbose_name=_("stage")
    )
    slug = models.SlugField(_("short name"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=150)
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("What the officer should put into the document.")
    )
    is_mandatory = models.BooleanField(_("mandatory"), default=True)

    class Meta:
        ordering = ["definition", "position", "pk"]
        verbose_name = _("required output")
        verbose_name_plural = _("required outputs")
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "slug"],
                name="%(app_label)s_%(class)s_slug_once",
                violation_error_message=_("This stage already has an output of that short name."),
            ),
        ]
        triggers = [guards.REQUIREMENT_IS_FROZEN, guards.REQUIREMENT_STAYS]

    def __str__(self):
        return self.title
