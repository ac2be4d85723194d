from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms.models import _get_foreign_key
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regencies.domain.row_history import history, is_tracked

PER_PAGE = 50


class RowHistory:
    """For admins: the history page tells what the database keeps of the row.

    Django's own log knows the forms of the admin alone and misses what the domain, the API and
    commands do.
    """

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        tracked = is_tracked(self.model)
        found = history(row, parts=self._parts(), words=self.history_words(row)) if tracked else []
        context = self.admin_site.each_context(request) | {
            "title": _("History: %s") % row,
            "opts": self.opts,
            "row": row,
            "is_tracked": tracked,
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        }
        return TemplateResponse(request, "admin/row_history.html", context)

    def history_words(self, row):
        """By field: how its value reads, where the field itself cannot tell."""
        return {}

    def _parts(self):
        """The rows that the form shows below this one, and how they hang on it."""
        return [
            (inline.model, _get_foreign_key(self.model, inline.model, inline.fk_name).name)
            for inline in self.inlines
        ]
