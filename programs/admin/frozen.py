"""Definitions in the admin: editable until their cohort publishes them, then only read."""

from programs.models import Cohort


class DefinesCohort:
    """For admins and inlines of definitions. ``cohort_path``: from the row to its cohort."""

    cohort_path = "cohort"

    def has_change_permission(self, request, obj=None):
        return not self._is_published(obj) and super().has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return not self._is_published(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not self._is_published(obj) and super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What is added goes to a cohort that is not published yet."""
        if db_field.name == "cohort":
            kwargs["queryset"] = Cohort.objects.filter(definitions_published_at=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _cohort(self, obj):
        for name in self.cohort_path.split("__") if obj is not None else []:
            obj = obj if isinstance(obj, Cohort) else getattr(obj, name)
        return obj

    def _is_published(self, obj):
        """An inline is asked about the row above it, which is a definition or the cohort."""
        cohort = self._cohort(obj)
        return cohort is not None and cohort.definitions_published_at is not None
