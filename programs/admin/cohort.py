from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin import add_participants, next_cohort
from programs.admin.frozen import DefinesCohort
from programs.admin.publishing import PublishingAdmin
from programs.admin.stage_definition import StageDefinitionForm
from programs.domain import opening
from programs.imports.sheets.definitions import CohortSheet
from programs.models import Cohort, Participation, StageDefinition
from programs.models.participation import ParticipationStatus
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin
from regencies.errors import RuleError


class StageDefinitionInline(DefinesCohort, ScopedInline):
    """The stages of the cohort; the link leads to what each must deliver."""

    model = StageDefinition
    form = StageDefinitionForm
    can_be_deleted = True
    fields = [("number", "title"), ("due_on", "requirements")]
    readonly_fields = ["requirements"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(asked=Count("requirements"))

    @admin.display(description=gettext_lazy("required outputs"))
    def requirements(self, definition):
        return getattr(definition, "asked", "–")


class ChosenForm(forms.Form):
    rows = forms.ModelMultipleChoiceField(Cohort.objects.none(), to_field_name="slug")

    def __init__(self, data, *, cohorts):
        super().__init__(data)
        self.fields["rows"].queryset = cohorts


@admin.register(Cohort)
class CohortAdmin(PublishingAdmin, ExchangeAdmin, ScopedAdmin):
    sheet = CohortSheet
    list_display = [
        "__str__",
        "phase",
        "publication",
        "participants",
        "list_is_complete",
        "matrix",
    ]
    list_select_related = ["program"]
    list_filter = ["publication", "program", "list_is_complete"]
    common_filters = [
        (gettext_lazy("Public"), "publication__exact=public"),
        (gettext_lazy("Internal still"), "publication__exact=internal"),
        (gettext_lazy("List not complete"), "list_is_complete__exact=0"),
    ]
    search_fields = ["slug", "phase", "program__name"]
    fieldsets = [
        (None, {"fields": ["program", "year", "slug", "phase", "publication"]}),
        (
            gettext_lazy("Announcement"),
            {"fields": ["official_size", "list_is_complete", "memoranda_signed_on", "note"]},
        ),
    ]
    inlines = [StageDefinitionInline]
    actions = ["open_stages"]

    def get_urls(self):
        door = self.admin_site.admin_view
        return [
            path("open/", door(self.open_stages_view), name="programs_cohort_open"),
            path("next/", door(self.next_view), name="programs_cohort_next"),
            path("<int:pk>/prepare/", door(self.prepare_view), name="programs_cohort_prepare"),
            path(
                "<int:pk>/participants/",
                door(self.participants_view),
                name="programs_cohort_participants",
            ),
            path("<int:pk>/publish/", door(self.publish_view), name="programs_cohort_publish"),
            *super().get_urls(),
        ]

    def next_view(self, request):
        return next_cohort.next_view(request, self)

    def prepare_view(self, request, pk):
        return next_cohort.prepare_view(request, self, pk)

    def participants_view(self, request, pk):
        return add_participants.participants_page(request, self, pk)

    def publish_view(self, request, pk):
        return next_cohort.publish_view(request, self, pk)

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("program")
        return rows.annotate(participants=Count("participations"))

    @admin.display(description=gettext_lazy("participants"), ordering="participants")
    def participants(self, cohort):
        return cohort.participants

    @admin.display(description=gettext_lazy("matrix"))
    def matrix(self, cohort):
        address = reverse("programs:cohort-matrix", args=[cohort.slug])
        return format_html('<a href="{}">{}</a>', address, _("Matrix"))

    @admin.action(description=gettext_lazy("Open the stages…"), permissions=["change"])
    def open_stages(self, request, queryset):
        return self._ask(request, queryset)

    def open_stages_view(self, request):
        """The page that asks, and what follows a yes; lists and change pages lead here."""
        if not self.has_change_permission(request):
            return self._no_cohort(request)
        data = request.POST if request.method == "POST" else request.GET
        picked = ChosenForm(data, cohorts=self.get_queryset(request))
        if not picked.is_valid():
            return self._no_cohort(request)
        cohorts = picked.cleaned_data["rows"]
        if request.method != "POST":
            return self._ask(request, cohorts)
        for cohort in cohorts:
            self.message_user(request, *_opened(cohort, request.user))
        return HttpResponseRedirect(reverse("admin:programs_cohort_changelist"))

    def _ask(self, request, cohorts):
        context = self.admin_site.each_context(request) | {
            "title": _("Open the stages"),
            "opts": self.opts,
            "cohorts": (owed := [(cohort, *_owed(cohort)) for cohort in cohorts]),
            "any_to_open": any(
                definitions and cohort.definitions_published_at
                for cohort, _count, definitions in owed
            ),
        }
        return TemplateResponse(request, "admin/programs/cohort/open_stages.html", context)

    def _no_cohort(self, request):
        self.message_user(request, _("Choose at least one cohort."), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:programs_cohort_changelist"))


def _owed(cohort):
    """What an opening would combine: active participants (a count) and the stage definitions."""
    active = Q(status=ParticipationStatus.ACTIVE)
    participants = Participation.objects.filter(active, cohort=cohort).count()
    definitions = cohort.stage_definitions.annotate(asked=Count("requirements"))
    return participants, list(definitions.order_by("number"))


def _opened(cohort, user):
    """What came of it, as a sentence with its level."""
    try:
        done = opening.open_stages(cohort, by=user)
    except RuleError as refusal:
        return f"{cohort}: {refusal}", messages.ERROR
    said = _("%(cohort)s: %(stages)s stages and %(outputs)s outputs were added.") % {
        "cohort": cohort,
        "stages": done.stages,
        "outputs": done.outputs,
    }
    return said, messages.SUCCESS
