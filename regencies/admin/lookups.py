"""Which lists an address may ask for: those that the list itself offers, nothing else."""

from django.contrib.admin import EmptyFieldListFilter, SimpleListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError

DATE_PARTS = ("year", "month", "day")


def offered_lookups(model_admin, request):
    """The names under which the filters and the dates of a list stand in its links."""
    names = set()
    for chosen in model_admin.get_list_filter(request):
        if isinstance(chosen, type) and issubclass(chosen, SimpleListFilter):
            names.add(chosen.parameter_name)
        else:
            path, *how = [chosen] if isinstance(chosen, str) else chosen
            names |= _of_path(model_admin.model, path)
            names |= {f"{path}__isempty"} if EmptyFieldListFilter in how else set()
    if day := model_admin.date_hierarchy:
        names |= {f"{day}__{part}" for part in DATE_PARTS}
    return names


def _of_path(model, path):
    """What Django's own filters write for a field: by value, by related row, by emptiness."""
    field = get_fields_from_path(model, path)[-1]
    names = {path, f"{path}__exact", f"{path}__isnull"}
    if field.is_relation:
        names.add(f"{path}__{field.target_field.name}__exact")
    return names


class OfferedLookups:
    """For admins: a list answers the lookups it offers, and odd values lead back to it.

    Django lets an address filter by any field of the row. Whoever may open a list could so
    ask for password hashes and token digests one letter at a time.
    """

    def lookup_allowed(self, lookup, value, request):
        return lookup in offered_lookups(self, request)

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except (DisallowedModelAdminLookup, ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters from error

    def changelist_view(self, request, extra_context=None):
        for name, texts in request.POST.lists():
            if any("\0" in text for text in (name, *texts)):
                raise BadRequest("A null byte in the form")
        return super().changelist_view(request, extra_context)

    def response_action(self, request, queryset):
        """Rows that cannot exist are refused before the database is asked for them."""
        for text in request.POST.getlist("_selected_action"):
            try:
                self.opts.pk.to_python(text)
            except ValidationError as error:
                raise BadRequest("No row has such a number") from error
        return super().response_action(request, queryset)
