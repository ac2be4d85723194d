from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.document import document_field
from programs.models.following import following
from programs.models.publication import Publishable
from programs.models.seat import Seat
from regencies.history import tracked
from regencies.models.constraints import not_blank


@tracked()
class Commitment(Publishable):
    """The joint commitment (komitmen bersama) that closes Bimtek IV."""

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        related_name="commitments",
        verbose_name=_("participation"),
    )
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("For example: Komitmen bersama.")
    )
    signed_on = models.DateField(
        _("signed on"),
        null=True,
        blank=True,
        help_text=_("Leave empty while the sources contradict each other."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("What was promised."))
    document = document_field(_("scan"))
    note = models.TextField(_("note"), blank=True)

    objects = following("participation__").as_manager()

    class Meta:
        ordering = ["participation", "signed_on", "pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self):
        return f"{self.title or _('Commitment')} · {self.participation}"


@tracked()
class CommitmentSignatory(Seat):
    """Somebody who really signed a commitment, by office; the name where a source gives it."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="signatories", verbose_name=_("commitment")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    office = models.CharField(
        _("office"), max_length=150, help_text=_("For example: Kepala Dinas Kesehatan.")
    )

    objects = following("commitment__participation__", published="commitment__").as_manager()

    class Meta:
        ordering = ["commitment", "position", "pk"]
        verbose_name = _("signatory of the commitment")
        verbose_name_plural = _("signatories of the commitment")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "name", "office"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This signatory is entered twice."),
            ),
            not_blank("office"),
        ]
