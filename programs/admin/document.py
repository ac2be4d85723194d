from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programs.admin.filters import ProvinceFilter, ReadOnce
from programs.admin.links import uses
from programs.admin.publishing import PublishingAdmin
from programs.domain import documents, files
from programs.exports.files import file_response
from programs.models import Document
from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.searching import RegionSearch
from regencies.errors import RuleError

ACCEPTED = ",".join(sorted(set(files.EXTENSIONS.values()) | {".jpeg"}))


class NewDocumentForm(WholeRowForm):
    """A paper is uploaded once; a better scan is a new document."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("PDF or picture; Word, Excel and PowerPoint without macros are taken too."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_upload(self):
        try:
            files.inspect(self.cleaned_data["upload"])
        except RuleError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["upload"]


def kind_of(content_type):
    """A type of file as people call it."""
    return files.EXTENSIONS.get(content_type, content_type).lstrip(".").upper()


class TypeFilter(ReadOnce):
    title = _("type")
    parameter_name = "type"

    def read_choices(self, request, model_admin):
        stored = Document.objects.order_by("content_type").values_list("content_type", flat=True)
        return [(kind, kind) for kind in sorted({kind_of(one) for one in stored.distinct()})]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        types = [one for one in files.EXTENSIONS if kind_of(one) == self.value()]
        return queryset.filter(content_type__in=types)


@admin.register(Document)
class DocumentAdmin(PublishingAdmin, RegionSearch, ScopedAdmin):
    """Scanned papers. Their bytes never change and they are never deleted."""

    list_display = ["title", "regency", "kind", "size_shown", "uploaded_at", "publication_state"]
    list_select_related = ["regency"]
    list_filter = ["publication", TypeFilter, ProvinceFilter]
    search_fields = ["title", "original_name", "sha256"]
    search_help_text = _("Title, file name or fingerprint, or the region in any spelling.")
    date_hierarchy = "uploaded_at"
    autocomplete_fields = ["regency"]
    readonly_fields = [
        "download",
        "size_shown",
        "kind",
        "fingerprint",
        "uploaded_at",
        "uploaded_by",
        "used",
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [
            path("<int:pk>/file/", view, name="programs_document_file"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("regency", "uploaded_by")

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NewDocumentForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["title", "regency", "upload"]})]
        stored = ["download", "size_shown", "kind", "uploaded_at", "uploaded_by"]
        return [
            (None, {"fields": ["title", "regency", "publication"]}),
            (_("File"), {"fields": stored}),
            (_("Where it is used"), {"fields": ["used"]}),
            (_("File fingerprint"), {"fields": ["fingerprint"], "classes": ["collapse"]}),
        ]

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            documents.keep(obj, form.cleaned_data["upload"], by=request.user)

    @method_decorator(require_safe)
    def file_view(self, request, pk):
        """The bytes, to those who may see the row."""
        document = self.get_queryset(request).filter(pk=pk).first()
        if document is None or not self.has_view_permission(request, document):
            raise Http404
        return file_response(document)

    def autocomplete_label(self, obj):
        return f"{obj.title} ({obj.regency})" if obj.regency else obj.title

    @admin.display(description=_("type"), ordering="content_type")
    def kind(self, document):
        return kind_of(document.content_type)

    @admin.display(description=_("fingerprint"))
    def fingerprint(self, document):
        return document.sha256

    @admin.display(description=_("size"), ordering="size")
    def size_shown(self, document):
        return filesizeformat(document.size)

    @admin.display(description=_("file"))
    def download(self, document):
        address = reverse("admin:programs_document_file", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, document.original_name)

    @admin.display(description=_("used by"))
    def used(self, document):
        return uses(document, self.admin_site)
