from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.links import link
from programs.admin.paper import PLACE_FILTERS, PaperOfParticipation
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.memorandum import MemorandumSheet
from programs.models import Memorandum, Signatory
from programs.models.memorandum import MemorandumState, Side
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


class MemorandumForm(WholeRowForm):
    def clean(self):
        found = super().clean()
        if found.get("state") == MemorandumState.SIGNED and not found.get("signed_on"):
            words = _("A signed MoU has a date: fill in “signed on”, or choose another state.")
            self.add_error("state", words)
        amended, participation = found.get("amends"), found.get("participation")
        if amended and participation and amended.participation_id != participation.pk:
            self.add_error("amends", _("Choose an MoU of the same participation."))
        return found


class SignatoryFormSet(forms.BaseInlineFormSet):
    """A signed MoU has somebody on each side; said here and at the state of the MoU."""

    def clean(self):
        super().clean()
        if self.instance.state != MemorandumState.SIGNED:
            return
        sides = {
            getattr(form, "cleaned_data", {}).get("side")
            for form in self.forms
            if not self._should_delete_form(form)
        }
        missing = [side for side in Side if side not in sides]
        if not missing:
            return
        names = ", ".join(str(side.label) for side in missing)
        words = _("A signed MoU has a signatory on each side; missing: %s.") % names
        if (form := getattr(self.instance, "in_form", None)) is not None:
            form.add_error("state", words)
        raise ValidationError(words)


class SignatoryInline(ScopedInline):
    model = Signatory
    formset = SignatoryFormSet
    can_be_deleted = True
    fields = ["side", ("office", "name"), ("on_behalf_of", "is_acting")]


@admin.register(Memorandum)
class MemorandumAdmin(
    PublishingAdmin, ExchangeAdmin, PaperOfParticipation, RegionSearch, ScopedAdmin
):
    """The agreements between ministry and regions, as printed, with who signed for whom."""

    form = MemorandumForm
    sheet = MemorandumSheet
    list_display = [
        "region",
        "year",
        "number_as_printed",
        "state",
        "signed_on",
        "place",
        "ends_on",
        "publication_state",
    ]
    list_display_links = ["region", "number_as_printed"]
    list_filter = ["state", *PLACE_FILTERS, "mode", "publication"]
    search_fields = ["number_as_printed", "title_as_printed", "signatories__name"]
    search_help_text = gettext_lazy("Number, title or signatory, or the region in any spelling.")
    date_hierarchy = "signed_on"
    autocomplete_fields = ["participation", "amends", "document"]
    readonly_fields = ["amended_by"]
    inlines = [SignatoryInline]

    def get_fieldsets(self, request, obj=None):
        paper = ["participation", "title_as_printed", "number_as_printed", "amends"]
        return [
            (None, {"fields": [*paper, "amended_by"] if obj else paper}),
            (
                gettext_lazy("Signing"),
                {"fields": ["state", "signed_on", "place", "mode", "ends_on"]},
            ),
            (
                gettext_lazy("Scan and publication"),
                {"fields": ["document", "publication", "note"]},
            ),
        ]

    def save_form(self, request, form, change):
        """The signatories' formset, checked next, speaks through the form of its MoU."""
        memorandum = super().save_form(request, form, change)
        memorandum.in_form = form
        return memorandum

    @admin.display(description=gettext_lazy("amended by"))
    def amended_by(self, memorandum):
        found = memorandum.amendments.select_related(
            "participation__regency", "participation__cohort"
        )
        if not found:
            return "–"
        lines = format_html_join("", "<li>{}</li>", ((link(row),) for row in found))
        return format_html('<ul class="portal-plain">{}</ul>', lines)
