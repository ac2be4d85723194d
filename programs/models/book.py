from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.masterplan import Masterplan, of_a_plan
from programs.models.publication import Publishable
from regencies.history import tracked

A_YEAR = [
    MinValueValidator(2000, _("Enter a year from 2000 on.")),
    MaxValueValidator(2100, _("Enter a year up to 2100.")),
]


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
        triggers = [guards.BOOK_DEFINITION_IS_FROZEN, guards.BOOK_DEFINITION_STAYS]

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
        triggers = [guards.SECTION_DEFINITION_IS_FROZEN, guards.SECTION_DEFINITION_STAYS]

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
