from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import ByNumber, ProvinceFilter
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.award import AwardSheet
from programs.models import Award, AwardEvent, Institution, Publication
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


class EventFilter(ByNumber):
    title = _("event")
    parameter_name = "event"
    path = "category__event"

    def read_choices(self, request, model_admin):
        return [(str(event.pk), str(event)) for event in AwardEvent.objects.all()]


class AwardingBodyFilter(ByNumber):
    """Only bodies that gave an award: the portal knows many institutions."""

    title = _("awarding body")
    parameter_name = "body"
    path = "awarding_body"

    def read_choices(self, request, model_admin):
        givers = Institution.objects.filter(awards__isnull=False).distinct()
        return [(str(giver.pk), str(giver)) for giver in givers]


@admin.register(Award)
class AwardAdmin(ExchangeAdmin, PublishingAdmin, RegionSearch, ScopedAdmin):
    """Who received what, and from whom. Many at once are added on the page of their event."""

    can_be_deleted = True
    sheet = AwardSheet
    list_display = [
        "regency",
        "category_name",
        "kind",
        "event",
        "awarding_body",
        "province",
        "publication_state",
    ]
    list_select_related = ["regency__province", "category__event", "awarding_body"]
    list_filter = [
        "category__kind",
        EventFilter,
        AwardingBodyFilter,
        ProvinceFilter,
        "publication",
    ]
    search_fields = ["category__name", "category__event__name"]
    search_help_text = _("The region in any spelling, the category or the event.")
    date_hierarchy = "category__event__held_on"
    fieldsets = [
        (None, {"fields": ["category", "regency", "awarding_body"]}),
        (_("Ceremony"), {"fields": ["given_by", "received_by", "document", "note"]}),
        (_("Publication"), {"fields": ["publication"]}),
    ]
    autocomplete_fields = ["category", "regency", "awarding_body", "document"]

    def has_delete_permission(self, request, obj=None):
        is_public = obj is not None and obj.publication == Publication.PUBLIC
        return not is_public and super().has_delete_permission(request, obj)

    @admin.display(description=_("category"), ordering="category__name")
    def category_name(self, award):
        return award.category.name

    @admin.display(description=_("kind"), ordering="category__kind")
    def kind(self, award):
        return award.category.get_kind_display()

    @admin.display(description=_("event"), ordering="category__event__held_on")
    def event(self, award):
        return award.category.event

    @admin.display(description=_("province"), ordering="regency__province__code")
    def province(self, award):
        return award.regency.province
