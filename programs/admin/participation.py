from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter, ProvinceFilter
from programs.admin.tags import stage_list
from programs.imports.sheets.participation import ParticipationSheet
from programs.models import Assignment, Participation
from regencies.access import Role
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
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


class ParticipationForm(WholeRowForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "replaced_by" in self.fields:
            others = Participation.objects.filter(cohort=self.instance.cohort_id).with_place()
            self.fields["replaced_by"].queryset = others.exclude(pk=self.instance.pk)


@admin.register(Participation)
class ParticipationAdmin(ExchangeAdmin, RegionSearch, ScopedAdmin):
    """Who takes part. Region and cohort are chosen once: stages and ledger hang on them."""

    form = ParticipationForm
    sheet = ParticipationSheet
    list_display = ["regency", "cohort", "province", "entry", "status", "publication", "area"]
    list_select_related = ["regency__province", "cohort__program", "area"]
    list_filter = [CohortFilter, ProvinceFilter, "status", "entry", "publication"]
    search_fields = ["name_as_printed"]
    search_help_text = _("The region in any spelling, or its code.")
    autocomplete_fields = ["regency", "cohort", "sources"]
    readonly_fields = ["status", "status_since", "status_reason", "replaced_by", "stages"]
    inlines = [AssignmentInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_place()

    def get_fieldsets(self, request, obj=None):
        place = ["regency", "cohort", "entry", "area", "name_as_printed"]
        told = (_("Publication"), {"fields": ["publication", "note", "sources"]})
        if obj is None:
            return [(None, {"fields": place}), told]
        status = (_("Status"), {"fields": ["status", "status_since", "status_reason", "replaced_by", "stages"]})
        return [(None, {"fields": place}), status, told]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *(["regency", "cohort"] if obj else [])]

    @admin.display(description=_("province"), ordering="regency__province__code")
    def province(self, participation):
        return participation.regency.province

    @admin.display(description=_("stages"))
    def stages(self, participation):
        stages = list(participation.stages.select_related("definition"))
        for stage in stages:
            stage.admin_address = reverse("admin:programs_bimtekstage_change", args=[stage.pk])
        return stage_list(stages) if stages else _("Not opened yet.")
