from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.domain import statements
from programs.imports.sheets.source import SourceSheet
from programs.models import Source
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin


@admin.register(Source)
class SourceAdmin(ExchangeAdmin, ScopedAdmin):
    """Where published facts come from; a source in use stays, one nobody cites may go."""

    can_be_deleted = True
    sheet = SourceSheet
    list_display = ["__str__", "kind", "publisher", "published_on", "event_on", "cited", "said"]
    list_filter = ["kind"]
    search_fields = ["publisher", "title", "address", "slug", "author", "also_at"]
    search_help_text = gettext_lazy("Publisher, author, title, short name or web address.")
    fieldsets = [
        (None, {"fields": ["kind", "publisher", "author", "title", "slug"]}),
        (gettext_lazy("Where it is"), {"fields": ["address", "also_at", "document"]}),
        (
            gettext_lazy("Dates"),
            {
                "fields": [("published_on", "event_on")],
                "description": gettext_lazy(
                    "The day printed on it and the day of what it tells are kept apart."
                ),
            },
        ),
        (None, {"fields": ["note"]}),
        (gettext_lazy("What it says"), {"fields": ["told"]}),
    ]
    readonly_fields = ["told"]
    autocomplete_fields = ["document"]
    date_hierarchy = "published_on"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(
            cited=Count("participations", distinct=True), said=Count("statements", distinct=True)
        )

    def get_fieldsets(self, request, obj=None):
        whole = super().get_fieldsets(request, obj)
        return whole if obj else whole[:-1]

    def has_delete_permission(self, request, obj=None):
        in_use = obj is not None and (obj.participations.exists() or obj.statements.exists())
        return not in_use and super().has_delete_permission(request, obj)

    def autocomplete_label(self, obj):
        return f"{obj} – {obj.address or obj.slug}"

    @admin.display(description=gettext_lazy("participations"), ordering="cited")
    def cited(self, source):
        return source.cited

    @admin.display(description=gettext_lazy("statements"), ordering="said")
    def said(self, source):
        return source.said

    @admin.display(description=gettext_lazy("statements"))
    def told(self, source):
        found = statements.marked(source.statements.all())
        if not found:
            return _("None yet.")
        template = "admin/programs/statement/_list.html"
        return render_to_string(template, {"statements": found, "with_record": True})
