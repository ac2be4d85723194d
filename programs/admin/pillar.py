from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.domain import pillars
from programs.imports.sheets.pillar import PillarSheet
from programs.models import Pillar, PillarAlias, SubDimension
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExportAdmin
from regencies.errors import RuleError

PARTS = 3


class SubDimensionInline(ScopedInline):
    model = SubDimension
    fields = [("position", "name", "slug")]
    max_num = PARTS


class AliasForm(forms.ModelForm):
    """A word is kept with the key by which it is found again."""

    def clean(self):
        found = super().clean()
        self.instance.name = found.get("name", "")
        if self.instance.name:
            try:
                self.instance.key = pillars.check_alias(self.instance)
            except RuleError as refusal:
                self.add_error("name", str(refusal))
        return found


class AliasFormSet(forms.BaseInlineFormSet):
    """Two new words of one form may not mean the same either."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            word = getattr(form, "cleaned_data", {}).get("name", "")
            if word and not self._should_delete_form(form):
                if (key := pillars.fold(word)) in seen:
                    form.add_error("name", _("This word is entered twice."))
                seen.add(key)


class AliasInline(ScopedInline):
    """What people type instead, in imports above all."""

    model = PillarAlias
    form = AliasForm
    formset = AliasFormSet
    can_be_deleted = True
    fields = ["name"]


@admin.register(Pillar)
class PillarAdmin(ExportAdmin, ScopedAdmin):
    """The six. Their parts and other words are kept here; there is no seventh to add."""

    sheet = PillarSheet
    list_display = ["name", "position", "parts", "words"]
    search_fields = ["name", "slug", "aliases__name"]
    fields = ["name", "position", "slug"]
    readonly_fields = ["position", "slug"]
    inlines = [SubDimensionInline, AliasInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("sub_dimensions", "aliases")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("sub-dimensions"))
    def parts(self, pillar):
        return ", ".join(part.name for part in pillar.sub_dimensions.all())

    @admin.display(description=_("other words"))
    def words(self, pillar):
        return ", ".join(alias.name for alias in pillar.aliases.all()) or "–"
