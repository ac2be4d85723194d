from django import forms
from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programs.admin.filters import CohortFilter, ProvinceFilter
from programs.admin.participation_steps import PARTICIPATION_DEEDS
from programs.admin.publishing import PublishingAdmin
from programs.admin.tags import participation_tag, stage_list
from programs.domain.participations_history import history
from programs.imports.sheets.participation import ParticipationSheet
from programs.models import Assignment, Participation
from programs.reports.life import life_of
from regencies.access import Role
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.deeds import open_deeds
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch
from regencies.models import Membership, User


class AssignmentForm(forms.ModelForm):
    """Offers those who are experts today; whoever is assigned stays, or steps back by date."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "expert" not in self.fields:
            return
        field = self.fields["expert"]
        if self.instance.pk:
            field.disabled = True
            field.queryset = User.objects.filter(pk=self.instance.expert_id)
        else:
            roles = Membership.objects.in_force().filter(role=Role.EXPERT)
            field.queryset = User.objects.filter(is_active=True, pk__in=roles.values("user"))


class AssignmentInline(ScopedInline):
    model = Assignment
    form = AssignmentForm
    fields = ["expert", ("assigned_on", "recused_on")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("expert")


@admin.register(Participation)
class ParticipationAdmin(PublishingAdmin, ExchangeAdmin, RegionSearch, ScopedAdmin):
    """Who takes part. Region and cohort are chosen once: stages and ledger hang on them.

    A name in the list leads to the whole life of a participation, and that to its form.
    """

    deeds = PARTICIPATION_DEEDS
    sheet = ParticipationSheet
    list_display = ["life", "cohort", "state", "province", "entry", "publication_state", "area"]
    list_display_links = None
    list_select_related = ["regency__province", "cohort__program", "area"]
    list_filter = [CohortFilter, ProvinceFilter, "status", "entry", "publication"]
    common_filters = [
        (gettext_lazy("Active"), "status__exact=active"),
        (gettext_lazy("Withdrawn"), "status__exact=withdrawn"),
        (gettext_lazy("Replaced"), "status__exact=replaced"),
        (gettext_lazy("Late entrants"), "entry__exact=late"),
        (gettext_lazy("Internal still"), "publication__exact=internal"),
    ]
    search_fields = ["name_as_printed"]
    search_help_text = gettext_lazy("The region in any spelling, or its code.")
    autocomplete_fields = ["regency", "cohort", "sources"]
    readonly_fields = [
        "status", "status_since", "status_reason", "replacement", "others", "stages",
    ]  # fmt: skip
    inlines = [AssignmentInline]

    def get_urls(self):
        view = self.admin_site.admin_view(self.life_view)
        own = path("<int:pk>/life/", view, name="programs_participation_life")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).with_place()

    def get_fieldsets(self, request, obj=None):
        place = ["regency", "cohort", "entry", "area", "name_as_printed"]
        told = (gettext_lazy("Publication"), {"fields": ["publication", "note", "sources"]})
        if obj is None:
            return [(None, {"fields": place}), told]
        ended = ["status", "status_since", "status_reason", "replacement"] if obj.has_ended else []
        status = (gettext_lazy("Status"), {"fields": [*(ended or ["status"]), "stages", "others"]})
        return [(None, {"fields": place}), status, told]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["regency", "cohort"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    @method_decorator(require_safe)
    def life_view(self, request, pk):
        """Everything on record about one participation, in the order in which it happens."""
        participation = self._shown(request, pk)
        context = self.admin_site.each_context(request) | {
            "title": str(participation),
            "opts": self.opts,
            "life": life_of(participation),
            "open_deeds": open_deeds(
                self.deeds, participation, request.user, back=request.get_full_path()
            ),
        }
        return TemplateResponse(request, "admin/programs/participation/life.html", context)

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        """The row history in plain words, instead of the admin's own log."""
        participation = self._shown(request, object_id)
        context = self.admin_site.each_context(request) | {
            "title": _("History: %s") % participation,
            "opts": self.opts,
            "participation": participation,
            "history": history(participation),
        }
        return TemplateResponse(request, "admin/programs/participation/history.html", context)

    def _shown(self, request, pk):
        participation = self.get_object(request, str(pk))
        if participation is None or not self.has_view_permission(request, participation):
            raise Http404
        return participation

    @admin.display(description=gettext_lazy("regency or city"), ordering="regency__code")
    def life(self, participation):
        address = reverse("admin:programs_participation_life", args=[participation.pk])
        return format_html('<a href="{}">{}</a>', address, participation.regency)

    @admin.display(description=gettext_lazy("province"), ordering="regency__province__code")
    def province(self, participation):
        return participation.regency.province

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, participation):
        return participation_tag(participation)

    @admin.display(description=gettext_lazy("replaced by"))
    def replacement(self, participation):
        other = participation.replaced_by
        return _links([other]) if other else "–"

    @admin.display(description=gettext_lazy("in other cohorts"))
    def others(self, participation):
        others = participation.in_other_cohorts()
        return _links(others) if others else _("In no other cohort.")

    @admin.display(description=gettext_lazy("stages"))
    def stages(self, participation):
        stages = list(participation.stages.select_related("definition"))
        for stage in stages:
            stage.admin_address = reverse("admin:programs_bimtekstage_change", args=[stage.pk])
        return stage_list(stages) if stages else _("Not opened yet.")


def _links(participations):
    """Participations, each leading to its whole life."""
    name = "admin:programs_participation_life"
    found = [(reverse(name, args=[row.pk]), str(row)) for row in participations]
    return format_html_join(", ", '<a href="{}">{}</a>', found)
