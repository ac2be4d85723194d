"""Adds regions in any spelling to the admin's searches."""

from regencies.domain.searching import regencies_called


class RegionSearch:
    """Adds the region in any spelling to an admin's own ``search_fields``."""

    regency_path = "regency"
    search_help_text = ""

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term.strip():
            found |= queryset.filter(**{f"{self.regency_path}__in": regencies_called(search_term)})
        return found, may_repeat
