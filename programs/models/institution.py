from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from regencies.history import tracked
from regencies.models.constraints import not_blank


@tracked()
class Institution(models.Model):
    """A body beside the regions: a ministry, a partner, the giver of an award."""

    slug = models.SlugField(_("short name"), unique=True, help_text=_("For example: kominfo."))
    name = models.CharField(
        _("name"),
        max_length=150,
        unique=True,
        help_text=_("In full, for example: Kementerian Komunikasi dan Informatika."),
    )
    abbreviation = models.CharField(
        _("abbreviation"), max_length=40, blank=True, help_text=_("For example: Kominfo.")
    )
    aliases = ArrayField(
        models.CharField(max_length=150),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("As used in letters and in the press, separated by commas."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [not_blank("name")]

    def __str__(self):
        return self.abbreviation or self.name


@tracked()
class Partnership(models.Model):
    """An institution that stands beside the ministry in one cohort, as a source names it."""

    cohort = models.ForeignKey(
        "programs.Cohort", models.CASCADE, related_name="partnerships", verbose_name=_("cohort")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="partnerships", verbose_name=_("institution")
    )
    role = models.CharField(
        _("role"), max_length=100, blank=True, help_text=_("For example: media partner.")
    )

    class Meta:
        ordering = ["cohort", "institution__name"]
        verbose_name = _("partner of a cohort")
        verbose_name_plural = _("partners of cohorts")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "institution"],
                name="%(app_label)s_%(class)s_once_per_cohort",
                violation_error_message=_("This institution is a partner of the cohort already."),
            ),
        ]

    def __str__(self):
        return f"{self.institution} · {self.cohort}"
