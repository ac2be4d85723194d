"""Definitions in the admin: editable until their cohort publishes them, then only read."""

from django.http import HttpResponseRedirect
from django.urls import reverse

from programs.models import Cohort


class DefinesCohort:
    """For admins and inlines of definitions. ``cohort_path``: from the row to its cohort.

    A draft cohort's guided path is the way back after saving.
    """

    cohort_path = "cohort"

    def has_change_permission(self, request, obj=None):
        return not self._is_published(obj) and super().has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return not self._is_published(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not self._is_published(obj) and super().has_delete_permission(request, obj)

    def response_post_save_change(self, request, obj):
        return self._back_to_guide(obj) or super().response_post_save_change(request, obj)

    def response_post_save_add(self, request, obj):
        return self._back_to_guide(obj) or super().response_post_save_add(request, obj)

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

    def _back_to_guide(self, obj):
        cohort = self._cohort(obj)
        if cohort.definitions_published_at:
            return None
        return HttpResponseRedirect(reverse("admin:programs_cohort_prepare", args=[cohort.pk]))
