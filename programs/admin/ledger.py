"""The two records nobody edits: what was done, and what was submitted."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortOfLineFilter
from programs.imports.sheets.stages import StageVersionSheet, TransitionSheet
from programs.models import StageVersion, Transition
from regencies.admin.base import ReadOnlyAdmin
from regencies.admin.exchange import ExportAdmin
from regencies.admin.searching import RegionSearch


@admin.register(Transition)
class TransitionAdmin(ExportAdmin, RegionSearch, ReadOnlyAdmin):
    sheet = TransitionSheet
    regency_path = "stage__participation__regency"
    list_display = ["at", "stage_name", "actor_name", "verb", "acting_role", "reason"]
    list_filter = [CohortOfLineFilter, "verb", "acting_role", "channel"]
    common_filters = [
        (_("Submitted"), "verb__exact=submit"),
        (_("Returned"), "verb__exact=return"),
        (_("Verified"), "verb__exact=verify"),
    ]
    search_fields = ["actor_name", "stage_name"]
    search_help_text = _("Person, stage, or the region in any spelling.")
    date_hierarchy = "at"
    ordering = ["-pk"]
    fields = [
        "at",
        "actor_name",
        "acting_role",
        "verb",
        "stage_name",
        "from_status",
        "to_status",
        "reason",
        "channel",
        "request_id",
    ]


@admin.register(StageVersion)
class StageVersionAdmin(ExportAdmin, RegionSearch, ReadOnlyAdmin):
    sheet = StageVersionSheet
    regency_path = "stage__participation__regency"
    list_display = ["region", "cohort", "definition", "number", "submitted_at", "submitted_by"]
    list_select_related = [
        "stage__definition",
        "stage__participation__regency",
        "stage__participation__cohort__program",
        "submitted_by",
    ]
    list_filter = [CohortOfLineFilter, "stage__definition__number"]
    search_fields = ["sha256"]
    search_help_text = _("The region in any spelling, or the start of a fingerprint.")
    date_hierarchy = "submitted_at"
    ordering = ["-submitted_at", "-pk"]
    fields = ["region", "cohort", "definition", "number", "submitted_at", "submitted_by"]
    fields += ["sha256", "said"]

    @admin.display(description=_("region"), ordering="stage__participation__regency__code")
    def region(self, version):
        return version.stage.participation.regency

    @admin.display(description=_("cohort"), ordering="stage__participation__cohort__year")
    def cohort(self, version):
        return version.stage.participation.cohort

    @admin.display(description=_("stage"), ordering="stage__definition__number")
    def definition(self, version):
        return version.stage.definition

    @admin.display(description=_("content"))
    def said(self, version):
        text = json.dumps(version.content, indent=2, ensure_ascii=False)
        return format_html('<pre class="portal-json">{}</pre>', text)
