from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.following import public_through
from programs.models.publication import Publication, Publishable
from regencies.history import tracked
from regencies.models.area import AreaScopedQuerySet

A_YEAR = [
    MinValueValidator(2000, _("Enter a year from 2000 on.")),
    MaxValueValidator(2100, _("Enter a year up to 2100.")),
]


def of_a_plan(path):
    """The queryset class of a masterplan's rows; ``path`` leads to the masterplan ("" is it)."""
    public = Q(**{f"{path}publication": Publication.PUBLIC}) & (
        public_through(f"{path}participation__")
        | Q(**{f"{path}cohort__publication": Publication.PUBLIC})
    )
    return type(
        "PlanQuerySet",
        (AreaScopedQuerySet,),
        {
            "regency_prefix": f"{path}participation__regency__",
            "participation_prefix": f"{path}participation__",
            "area_prefix": f"{path}area__",
            "public_rows": public,
        },
    )


@tracked()
class Masterplan(Publishable):
    """One version of a region's smart-city masterplan, or the joint one of an area.

    A region may have several, each with its own period: Kota Bogor 2017-2021 and 2023-2027.
    An area's plan (kawasan) belongs to no participation and names its cohort instead.
    """

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="masterplans",
        verbose_name=_("participation"),
        help_text=_("Leave empty for the joint plan of an area."),
    )
    area = models.ForeignKey(
        "regencies.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="masterplans",
        verbose_name=_("area"),
        help_text=_("Only for a joint plan, for example: Danau Toba."),
    )
    cohort = models.ForeignKey(
        "programs.Cohort",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joint_masterplans",
        verbose_name=_("cohort of the joint plan"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("For example: Masterplan Smart City Kabupaten Grobogan."),
    )
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, validators=A_YEAR
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=A_YEAR
    )
    note = models.TextField(_("note"), blank=True)

    objects = of_a_plan("").as_manager()

    class Meta:
        ordering = ["participation", "area", "version"]
        verbose_name = _("masterplan")
        verbose_name_plural = _("masterplans")
        constraints = [
            models.CheckConstraint(
                condition=Q(participation__isnull=False, area__isnull=True, cohort__isnull=True)
                | Q(participation__isnull=True, area__isnull=False, cohort__isnull=False),
                name="%(app_label)s_%(class)s_of_a_region_or_an_area",
                violation_error_message=_(
                    "A masterplan belongs to a participation, or to an area in a cohort."
                ),
            ),
            models.UniqueConstraint(
                fields=["participation", "version"],
                name="%(app_label)s_%(class)s_version_once",
                violation_error_message=_("This version of the masterplan is on record already."),
            ),
            models.UniqueConstraint(
                fields=["area", "cohort", "version"],
                name="%(app_label)s_%(class)s_joint_version_once",
                violation_error_message=_("This version of the joint plan is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(first_year__isnull=False, last_year__gte=F("first_year")),
                name="%(app_label)s_%(class)s_years_in_order",
                violation_error_message=_(
                    "Give first and last year, the last not before the first."
                ),
            ),
        ]
        triggers = [guards.PLAN_STAYS, guards.PERIOD_HOLDS_QUICK_WINS]

    def __str__(self):
        return f"{self.title} ({self.version})"

    @property
    def definitions(self):
        """The cohort whose books and sections this plan follows."""
        return self.participation.cohort if self.participation else self.cohort


class LegalForm(models.TextChoices):
    PERBUP = "perbup", _("Perbup")
    PERWALI = "perwali", _("Perwali")
    PERDA = "perda", _("Perda")
    PERGUB = "pergub", _("Pergub")


@tracked()
class LegalInstrument(Publishable):
    """The regulation that gives a masterplan its legal form. No row: none yet."""

    masterplan = models.ForeignKey(
        Masterplan, models.PROTECT, related_name="legal_instruments", verbose_name=_("masterplan")
    )
    form = models.CharField(_("form"), max_length=7, choices=LegalForm)
    number_as_printed = models.CharField(
        _("number as printed"), max_length=60, help_text=_("For example: 91 Tahun 2018.")
    )
    title = models.CharField(_("about"), max_length=250, blank=True)
    enacted_on = models.DateField(_("enacted on"), null=True, blank=True)
    document = document_field(_("scan"))

    objects = of_a_plan("masterplan__").as_manager()

    class Meta:
        ordering = ["masterplan", "enacted_on", "pk"]
        verbose_name = _("legal instrument")
        verbose_name_plural = _("legal instruments")
        constraints = [
            models.UniqueConstraint(
                fields=["masterplan", "form", "number_as_printed"],
                name="%(app_label)s_%(class)s_number_once",
                violation_error_message=_("This regulation is on record already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()} {self.number_as_printed}"


@tracked()
class BookDefinition(models.Model):
    """A book every masterplan of one cohort has: Buku I, II, III, later IV."""

    cohort = models.ForeignKey(
        "programs.Cohort", models.CASCADE, related_name="books", verbose_name=_("cohort")
    )
    number = models.PositiveSmallIntegerField(
        _("book"), choices=[(1, "Buku I"), (2, "Buku II"), (3, "Buku III"), (4, "Buku IV")]
    )
    title = models.CharField(
        _("title"), max_length=150, help_text=_("For example: Analisis Strategis Smart City.")
    )
    guidance = models.TextField(_("guidance"), blank=True)

    class Meta:
        ordering = ["cohort", "number"]
        verbose_name = _("book definition")
        verbose_name_plural = _("book definitions")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "number"],
                name="%(app_label)s_%(class)s_number_once",
                violation_error_message=_("This cohort already has that book."),
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 4)), name="%(app_label)s_%(class)s_number_1_to_4"
            ),
        ]
        triggers = [guards.BOOK_DEFINITION_IS_FROZEN]

    def __str__(self):
        return f"{self.get_number_display()}: {self.title}"


@tracked()
class SectionDefinition(models.Model):
    """A section of a book, as data per cohort: years differ in what they ask."""

    book = models.ForeignKey(
        BookDefinition, models.CASCADE, related_name="sections", verbose_name=_("book")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(
        _("title"), max_length=150, help_text=_("For example: Analisis kesenjangan.")
    )
    guidance = models.TextField(_("guidance"), blank=True)
    is_mandatory = models.BooleanField(_("mandatory"), default=True)

    class Meta:
        ordering = ["book", "position", "pk"]
        verbose_name = _("section of a book")
        verbose_name_plural = _("sections of books")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "title"],
                name="%(app_label)s_%(class)s_title_once",
                violation_error_message=_("This book already has a section of that title."),
            ),
        ]
        triggers = [guards.SECTION_DEFINITION_IS_FROZEN]

    def __str__(self):
        return self.title


@tracked()
class Book(Publishable):
    """One book of one masterplan, with the paper itself when it was handed over."""

    masterplan = models.ForeignKey(
        Masterplan, models.PROTECT, related_name="books", verbose_name=_("masterplan")
    )
    definition = models.ForeignKey(
        BookDefinition, models.PROTECT, related_name="books", verbose_name=_("book")
    )
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    document = document_field(_("the book"))
    note = models.TextField(_("note"), blank=True)

    objects = of_a_plan("masterplan__").as_manager()

    class Meta:
        ordering = ["masterplan", "definition__number"]
        verbose_name = _("masterplan book")
        verbose_name_plural = _("masterplan books")
        constraints = [
            models.UniqueConstraint(
                fields=["masterplan", "definition"],
                name="%(app_label)s_%(class)s_definition_once",
                violation_error_message=_("This masterplan already has that book."),
            ),
        ]
        triggers = [guards.BOOK_FITS_ITS_COHORT]

    def __str__(self):
        return f"{self.definition} · {self.masterplan}"


@tracked()
class BookSection(models.Model):
    """What one section of a book says, or where it stands in the document."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="sections", verbose_name=_("book"))
    definition = models.ForeignKey(
        SectionDefinition, models.PROTECT, related_name="written", verbose_name=_("section")
    )
    text = models.TextField(_("text"), blank=True)
    pages = models.CharField(
        _("pages"), max_length=40, blank=True, help_text=_("In the document, for example: 12-30.")
    )

    objects = of_a_plan("book__masterplan__").as_manager()

    class Meta:
        ordering = ["book", "definition__position", "pk"]
        verbose_name = _("written section")
        verbose_name_plural = _("written sections")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "definition"],
                name="%(app_label)s_%(class)s_definition_once",
                violation_error_message=_("This section is on record already."),
            ),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(pages=""),
                name="%(app_label)s_%(class)s_says_something",
                violation_error_message=_("Write the text, or its pages in the document."),
            ),
        ]
        triggers = [guards.SECTION_FITS_ITS_BOOK]

    def __str__(self):
        return str(self.definition)
