from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.imports.sheets.award import AwardCategorySheet
from programs.models import AwardCategory
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin


@admin.register(AwardCategory)
class AwardCategoryAdmin(ExchangeAdmin, ScopedAdmin):
    """What events honour; one that nobody received may go."""

    can_be_deleted = True
    sheet = AwardCategorySheet
    list_display = ["name", "event", "kind", "pillar", "recipients"]
    list_select_related = ["event", "pillar"]
    list_filter = ["kind"]
    search_fields = ["name", "event__name"]
    search_help_text = _("Name of the category or of its event.")
    date_hierarchy = "event__held_on"
    fields = ["event", "name", "kind", "pillar"]
    autocomplete_fields = ["event", "pillar"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(given=Count("awards"))

    @admin.display(description=_("recipients"), ordering="given")
    def recipients(self, category):
        return category.given

    def autocomplete_label(self, obj):
        return f"{obj} · {obj.get_kind_display()}"
