from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.document import document_field
from programs.models.publication import Publication, Publishable
from regencies.access import ScopedQuerySet
from regencies.history import tracked


class LetterKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation to the assessment")
    RESULT = "result", _("Result of the selection")
    EVALUATION = "evaluation", _("Invitation to an evaluation")
    EVALUATION_RESULT = "evaluation_result", _("Result of an evaluation")
    OTHER = "other", _("Other")


class LetterQuerySet(ScopedQuerySet):
    public_rows = Q(publication=Publication.PUBLIC)


@tracked()
class Letter(Publishable):
    """A numbered letter, its number kept as printed, malformed ones included."""

    kind = models.CharField(_("kind"), max_length=17, choices=LetterKind)
    number_as_printed = models.CharField(
        _("number as printed"),
        max_length=80,
        blank=True,
        help_text=_("Exactly as on the letter, for example: B.116/DJAI/AI.01.05/02/2019."),
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    sender = models.CharField(
        _("sender"), max_length=150, help_text=_("For example: Dirjen Aplikasi Informatika.")
    )
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    cohort = models.ForeignKey(
        "programs.Cohort",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("cohort"),
    )
    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("addressed to"),
        help_text=_("Leave empty for a letter to many regions."),
    )
    document = document_field(_("scan"))

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(
                fields=["number_as_printed", "sender"],
                condition=~Q(number_as_printed=""),
                name="%(app_label)s_%(class)s_number_once_per_sender",
                violation_error_message=_("A letter of this number and sender is on record."),
            ),
        ]

    def __str__(self):
        return self.number_as_printed or f"{self.get_kind_display()} · {self.sender}"
