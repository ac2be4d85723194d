from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.following import following
from programs.models.publication import Publishable
from programs.models.session import Mode
from regencies.history import tracked
from regencies.models.constraints import dates_in_order, known, not_blank


class MemorandumState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REPORTED = "reported", _("Reported as signed")
    SIGNED = "signed", _("Signed")


@tracked()
class Memorandum(Publishable):
    """The agreement (MoU) between the ministry and a region, with what is printed on it.

    ``reported``: a source says it was signed, but date or signatories are not all known.
    A signed one has its date and a signatory on each side; the database sees to it.
    """

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        related_name="memoranda",
        verbose_name=_("participation"),
    )
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("amends"),
        help_text=_("The agreement that this one changes, if it is an amendment."),
    )
    title_as_printed = models.CharField(
        _("title as printed"),
        max_length=250,
        blank=True,
        help_text=_("For example: Nota Kesepakatan tentang Implementasi Gerakan ..."),
    )
    number_as_printed = models.CharField(
        _("number as printed"),
        max_length=100,
        blank=True,
        help_text=_("Exactly as on the paper, even when it looks wrong."),
    )
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=MemorandumState,
        default=MemorandumState.DRAFT,
        help_text=_("Signed needs the date and a signatory on each side."),
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Building and town, or: daring.")
    )
    mode = models.CharField(_("mode"), max_length=6, choices=Mode, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    document = document_field(_("scan"))
    note = models.TextField(_("note"), blank=True)

    objects = following("participation__").as_manager()

    class Meta:
        ordering = ["participation", "signed_on", "pk"]
        verbose_name = _("MoU")
        verbose_name_plural = _("MoUs")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MemorandumState.SIGNED) | Q(signed_on__isnull=False),
                name="%(app_label)s_%(class)s_signed_has_date",
                violation_error_message=_("A signed MoU has the date of its signing."),
            ),
            models.CheckConstraint(
                condition=~Q(amends=F("id")),
                name="%(app_label)s_%(class)s_not_its_own_amendment",
                violation_error_message=_("An MoU cannot amend itself."),
            ),
            dates_in_order("signed_on", "ends_on"),
            known("state", MemorandumState.values),
        ]
        triggers = [guards.SIGNED_HAS_BOTH_SIDES]

    def __str__(self):
        return self.number_as_printed or f"MoU · {self.participation}"


class Side(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    REGION = "region", _("Region")


@tracked()
class Signatory(models.Model):
    """Who put a signature under an MoU: the person, in which office, on whose behalf.

    The signatory may differ from the party: a Wakil Bupati signs for the Bupati.
    """

    memorandum = models.ForeignKey(
        Memorandum, models.CASCADE, related_name="signatories", verbose_name=_("MoU")
    )
    side = models.CharField(_("side"), max_length=8, choices=Side)
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("As printed; leave empty when no source names the person."),
    )
    office = models.CharField(
        _("office"), max_length=150, help_text=_("For example: Wakil Bupati Blora.")
    )
    is_acting = models.BooleanField(_("acting (Plt)"), default=False)
    on_behalf_of = models.CharField(
        _("on behalf of"),
        max_length=150,
        blank=True,
        help_text=_("For example: Bupati Blora Djoko Nugroho."),
    )

    objects = following("memorandum__participation__", published="memorandum__").as_manager()

    class Meta:
        ordering = ["memorandum", "side", "pk"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.UniqueConstraint(
                fields=["memorandum", "side", "name", "office"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This signatory is entered twice."),
            ),
            known("side", Side.values),
            not_blank("office"),
        ]
        triggers = [guards.SIGNATORIES_STAY_COMPLETE]

    def __str__(self):
        return f"{self.name}, {self.office}" if self.name else self.office
