from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programs.admin.filters import (
    AwaitingReviewFilter,
    CohortOfStageFilter,
    LateFilter,
    ProvinceOfStageFilter,
)
from programs.admin.stage_steps import STAGE_DEEDS, with_newest
from programs.admin.tags import late_tag, status_tag
from programs.domain.gaps import outputs_with_versions
from programs.domain.history import history
from programs.imports.sheets.stages import BimtekStageSheet
from programs.models import BimtekStage
from regencies.admin.base import ReadOnlyAdmin
from regencies.admin.deeds import DeedsAdmin
from regencies.admin.exchange import ExportAdmin
from regencies.admin.searching import RegionSearch


@admin.register(BimtekStage)
class BimtekStageAdmin(ExportAdmin, DeedsAdmin, RegionSearch, ReadOnlyAdmin):
    """The ministry's review desk. Nothing is edited here: stages move through the four steps."""

    sheet = BimtekStageSheet
    regency_path = "participation__regency"
    list_display = [
        "region",
        "stage",
        "state",
        "due",
        "year",
        "submitted_at",
        "province",
        "publication",
    ]
    list_display_links = ["region", "stage"]
    list_filter = [
        "status",
        AwaitingReviewFilter,
        LateFilter,
        CohortOfStageFilter,
        "definition__number",
        "publication",
        ProvinceOfStageFilter,
    ]
    common_filters = [
        (gettext_lazy("Awaiting review"), "waiting=yes"),
        (gettext_lazy("Late"), "late=yes"),
        (gettext_lazy("Returned"), "status__exact=returned"),
        (
            gettext_lazy("Verified, not public"),
            "status__exact=verified&publication__exact=internal",
        ),
    ]
    search_fields = ["participation__regency__code"]
    search_help_text = gettext_lazy("The region in any spelling, or its code.")
    date_hierarchy = "due_on"
    ordering = [
        "-participation__cohort__year",
        "participation__regency__code",
        "definition__number",
    ]
    deeds = STAGE_DEEDS
    fieldsets = [
        (
            None,
            {"fields": ["region", "province", "cohort", "stage", "state", "due", "publication"]},
        ),
        (
            gettext_lazy("Submission"),
            {
                "fields": [
                    "submitted_at",
                    "submitted_by",
                    "return_reason",
                    "verified_at",
                    "verified_by",
                    "notes",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        late = ExpressionWrapper(
            Q(pk__in=BimtekStage.objects.late().values("pk")), output_field=BooleanField()
        )
        return with_newest(super().get_queryset(request).with_place().annotate(owed_late=late))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= _dossier(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        """The ledger and the row history in plain words, instead of the admin's own log."""
        stage = self.get_object(request, object_id)
        if stage is None or not self.has_view_permission(request, stage):
            raise Http404
        context = self.admin_site.each_context(request) | {
            "title": _("History: %s") % stage,
            "opts": self.opts,
            "stage": stage,
            "history": history(stage),
        }
        return TemplateResponse(request, "admin/programs/bimtekstage/history.html", context)

    @admin.display(description=gettext_lazy("region"), ordering="participation__regency__code")
    def region(self, stage):
        return stage.participation.regency

    @admin.display(
        description=gettext_lazy("province"), ordering="participation__regency__province__code"
    )
    def province(self, stage):
        return stage.participation.regency.province

    @admin.display(description=gettext_lazy("year"), ordering="participation__cohort__year")
    def year(self, stage):
        return str(stage.participation.cohort.year)

    @admin.display(description=gettext_lazy("cohort"))
    def cohort(self, stage):
        return stage.participation.cohort

    @admin.display(description=gettext_lazy("stage"), ordering="definition__number")
    def stage(self, stage):
        return stage.definition

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, stage):
        return status_tag(stage)

    @admin.display(description=gettext_lazy("due on"), ordering="due_on")
    def due(self, stage):
        day = date_format(stage.due_on, "j M Y") if stage.due_on else "–"
        return format_html("{} {}", day, late_tag()) if stage.owed_late else day


def _dossier(stage):
    """Everything needed to decide about a stage."""
    return {
        "session_rows": list(stage.sessions.all()),
        "outputs": outputs_with_versions(stage),
        "versions": list(stage.versions.select_related("submitted_by")),
        "ledger": list(stage.transitions.order_by("-pk")),
    }
