from django.contrib import admin
from django.db.models import Count
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from programs.admin.award_recipients import recipients_page, take_back_page
from programs.admin.filters import CohortFilter
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.award import AwardEventSheet
from programs.models import AwardCategory, AwardEvent
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin


class AwardCategoryInline(ScopedInline):
    """What the event honours; a category somebody received stays."""

    model = AwardCategory
    can_be_deleted = True
    fields = [("name", "kind", "pillar")]


@admin.register(AwardEvent)
class AwardEventAdmin(ExchangeAdmin, PublishingAdmin, ScopedAdmin):
    """Ceremonies with their categories; a page of its own adds many recipients at once."""

    sheet = AwardEventSheet
    list_display = ["name", "held_on", "place", "organiser", "given", "publication_state"]
    list_select_related = ["organiser"]
    list_filter = [CohortFilter, "publication"]
    search_fields = ["name", "place"]
    search_help_text = _("Name or place of the event.")
    date_hierarchy = "held_on"
    fieldsets = [
        (None, {"fields": ["name", ("held_on", "place"), "organiser", "cohort", "note"]}),
        (_("Publication"), {"fields": ["publication"]}),
    ]
    autocomplete_fields = ["organiser", "cohort"]
    inlines = [AwardCategoryInline]

    def get_urls(self):
        door = self.admin_site.admin_view
        name = "programs_awardevent"
        return [
            path("<int:pk>/recipients/", door(self.recipients_view), name=f"{name}_recipients"),
            path("<int:pk>/take-back/", door(self.take_back_view), name=f"{name}_take_back"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(awards_given=Count("categories__awards"))

    def recipients_view(self, request, pk):
        return recipients_page(request, self, self._event(request, pk))

    def take_back_view(self, request, pk):
        return take_back_page(request, self, self._event(request, pk))

    def _event(self, request, pk):
        event = self.get_object(request, str(pk))
        if event is None:
            raise Http404
        return event

    def autocomplete_label(self, obj):
        return f"{obj} · {obj.held_on:%Y}" if obj.held_on else str(obj)

    @admin.display(description=_("awards"), ordering="awards_given")
    def given(self, event):
        return event.awards_given
