"""A list's import and export as XLSX or CSV, for admins that name their ``sheet``."""

import logging

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regencies.imports.sheets import pending, reading, writing
from regencies.imports.sheets.errors import Problem, UnreadableFileError
from regencies.imports.sheets.limits import MAX_BYTES, MAX_ROWS
from regencies.imports.sheets.outcome import Outcome

logger = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "xlsx": (writing.xlsx, "xlsx", XLSX),
    "csv": (writing.text, "csv", "text/csv; charset=utf-8"),
    "template": (writing.xlsx, "xlsx", XLSX),
}
SHOWN = 200  # rows that a page lists; the counts are of all


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("XLSX or CSV file"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:  # asked before anything is read
            text = _("The file is larger than %(size)s MB. Split it and import the parts.")
            raise ValidationError(text % {"size": MAX_BYTES // 1024**2})
        return file


class ExportAdmin:
    """Adds to a ``ScopedAdmin`` whose ``sheet`` is a ``Sheet`` class one route and its buttons.

    Who may see the list may export it. For lists that only leave: there is no import.
    """

    sheet = None
    formats = ("xlsx", "csv")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        door = self.admin_site.admin_view(self.export_view)
        return [path("export/<str:form>/", door, name=name), *super().get_urls()]

    def has_import_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        exchange = {"can_import": self.has_import_permission(request)}
        return super().changelist_view(request, {"exchange": exchange} | (extra_context or {}))

    def export_view(self, request, form):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        if form not in self.formats:
            raise Http404
        sheet = self.sheet(request.user)
        is_empty = form == "template"
        try:
            rows = [] if is_empty else self._rows_to_export(request, sheet)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self._address('changelist')}?e=1")
        write, ending, content_type = FORMATS[form]
        name = f"{self.opts.model_name}-{form if form == 'template' else timezone.localdate()}"
        return HttpResponse(
            write(sheet.columns if is_empty else sheet.written, rows),
            content_type=content_type,
            headers={
                "Content-Disposition": f'attachment; filename="{name}.{ending}"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _rows_to_export(self, request, sheet):
        """Every row of the list as it is filtered, searched and ordered now."""
        request.GET = request.GET.copy()
        request.GET.pop("p", None)  # the page that was open
        found = self.get_changelist_instance(request).queryset
        return sheet.rows_to_write(sheet.with_related(found))

    def _address(self, room, *args):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{room}"
        return reverse(name, args=args, current_app=self.admin_site.name)


class ExchangeAdmin(ExportAdmin):
    """Adds import to export: two routes more, and a template.

    Who may change every row and add new ones may import.
    """

    formats = (*ExportAdmin.formats, "template")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        door = self.admin_site.admin_view
        own = [
            path("import/", door(self.import_view), name=f"{name}_import"),
            path("import/confirm/", door(self.process_import), name=f"{name}_process_import"),
        ]
        return own + super().get_urls()

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_view(self, request):
        self._check_right_to_import(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self._page(request, {"form": form, "has_errors": bool(form.errors)})
        file = form.cleaned_data["file"]
        return self._preview(request, file.read(), file.name)

    def process_import(self, request):
        """Writes what was previewed, if it still does what was shown."""
        self._check_right_to_import(request)
        if request.method != "POST":
            return HttpResponseRedirect(self._address("import"))
        kept = pending.take(request.user, self.model, request.POST.get("word", ""))
        if kept is None:
            text = _("This file is no longer kept: imported, replaced or too old. Send it again.")
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(self._address("import"))
        with transaction.atomic():
            outcome = self._load(request, kept.content, write=True)
            is_as_shown = outcome.digest == kept.digest and not outcome.problems
            if is_as_shown:
                self._log(request, outcome, kept.name)
            else:
                transaction.set_rollback(True)
        if not is_as_shown:
            text = _(
                "Nothing was imported: somebody changed this list after you looked at the "
                "preview. Below is what the file would do now."
            )
            self.message_user(request, text, messages.WARNING)
            return self._preview(request, kept.content, kept.name)
        text = _("Imported: %(new)s new, %(changed)s changed, %(same)s as before.")
        self.message_user(request, text % outcome.counts, messages.SUCCESS)
        return HttpResponseRedirect(self._address("changelist"))

    def _check_right_to_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _preview(self, request, content, name):
        outcome = self._load(request, content, write=False)
        word = ""
        if outcome.written and not outcome.problems:
            kept = pending.Pending(content, name, outcome.digest)
            word = pending.keep(request.user, self.model, kept)
        outcome.call(self.sheet(request.user).headings)
        shown = {
            "outcome": outcome,
            "file_name": name,
            "word": word,
            "has_errors": outcome.problems,
        }
        return self._page(request, {"form": UploadForm()} | shown)

    def _load(self, request, content, *, write):
        try:
            return self.sheet(request.user).load(reading.read(content), write=write)
        except UnreadableFileError as error:
            return Outcome([Problem(0, "", "", str(error))])

    def _page(self, request, context):
        names = {"nouns": self.opts.verbose_name_plural}
        own = {
            "title": _("Import: %(nouns)s") % names,
            "opts": self.opts,
            "columns": self.sheet(request.user).columns,
            "limits": {"rows": MAX_ROWS, "megabytes": MAX_BYTES // 1024**2},
            "shown": SHOWN,
            **{room: self._address(room) for room in ("changelist", "import", "process_import")},
            "template": self._address("export", "template"),
        }
        whole = self.admin_site.each_context(request) | own | context
        return TemplateResponse(request, "admin/exchange/import.html", whole)

    def _log(self, request, outcome, name):
        text = _("Imported from the file %(name)s.") % {"name": name[:100]}
        for flag, rows in ((ADDITION, outcome.new), (CHANGE, outcome.changed)):
            if rows:
                LogEntry.objects.log_actions(
                    request.user.pk, [row.instance for row in rows], flag, change_message=text
                )
