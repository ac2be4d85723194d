from django import forms
from django.utils.translation import gettext_lazy as _

from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch
from regencies.domain.resolving import fold
from regencies.imports.sheets.places import RegencySheet
from regencies.models import FormerCode, RegencyAlias


class AliasForm(forms.ModelForm):
    """A spelling as typed; the key it is matched by follows from it."""

    class Meta:
        model = RegencyAlias
        fields = ["name"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        self.instance.key = fold(name)
        if not self.instance.key:
            raise forms.ValidationError(_("Write letters or digits."))
        others = RegencyAlias.objects.filter(key=self.instance.key).exclude(pk=self.instance.pk)
        if other := others.select_related("regency").first():
            raise forms.ValidationError(
                _("This spelling already names %(regency)s.") % {"regency": other.regency}
            )
        return name


class AliasFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        keys = [
            fold(form.cleaned_data["name"])
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("name") and not self._should_delete_form(form)
        ]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("The same spelling is entered twice."))


class AliasInline(ScopedInline):
    model = RegencyAlias
    form = AliasForm
    formset = AliasFormSet
    can_be_deleted = True


class FormerCodeInline(ScopedInline):
    model = FormerCode
    fields = [("code", "until")]
    can_be_deleted = True


class RegencyAdmin(ExchangeAdmin, RegionSearch, ScopedAdmin):
    sheet = RegencySheet
    regency_path = "pk"
    list_display = ["official_name", "code", "kind", "province", "capital"]
    list_select_related = ["province"]
    list_filter = ["kind", "province"]
    search_fields = ["capital"]
    search_help_text = _("Name in any spelling, present or former code, or capital.")
    fieldsets = [
        (None, {"fields": ["code", "kind", "name", "official_name", "province"]}),
        (_("Place"), {"fields": ["is_administrative", "capital", ("latitude", "longitude")]}),
    ]
    inlines = [AliasInline, FormerCodeInline]

    def autocomplete_label(self, obj):
        return f"{obj.official_name} ({obj.code})"
