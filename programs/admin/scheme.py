from decimal import Decimal

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.marks import GOOD, WAITING, mark
from programs.domain import schemes
from programs.imports.sheets.evaluation import EvaluationSchemeSheet
from programs.models import EvaluationComponent, EvaluationScheme
from regencies.access import Right, holds
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.deeds import Deed, DeedsAdmin, row_by_row
from regencies.admin.exchange import ExchangeAdmin
from regencies.errors import RuleError

PUBLISH = Deed(
    verb="publish",
    right=Right.REVIEW,
    do=schemes.publish,
    title=gettext_lazy("Publish evaluation schemes"),
    question=gettext_lazy(
        "Publishing freezes the scheme for good: components, weights and the highest score then "
        "stay as they are, so that results can be compared. Rounds can be scored only by a "
        "published scheme. To change one later, copy it as a new scheme."
    ),
    button=gettext_lazy("Publish"),
    done=gettext_lazy("Published"),
    refusals=row_by_row(schemes.refusal),
    facts=[
        (gettext_lazy("Components and weights"), schemes.weights),
        (gettext_lazy("Highest score"), lambda scheme: localize(_short(scheme.highest_score))),
    ],
    stamp=schemes.weights,
)


class FrozenOnceScheme:
    """For the scheme's admin and its inline, which is asked about the scheme above it."""

    def has_add_permission(self, request, obj=None):
        return not _is_published(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return not _is_published(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not _is_published(obj) and super().has_delete_permission(request, obj)


def _short(number):
    return Decimal(number).normalize()


def _is_published(scheme):
    return scheme is not None and scheme.published_at is not None


class EvaluationComponentInline(FrozenOnceScheme, ScopedInline):
    model = EvaluationComponent
    can_be_deleted = True
    fields = [("position", "name", "slug", "weight")]
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if _is_published(obj) else self.prepopulated_fields


class CopyForm(forms.ModelForm):
    class Meta:
        model = EvaluationScheme
        fields = ["name", "slug"]


@admin.register(EvaluationScheme)
class EvaluationSchemeAdmin(ExchangeAdmin, DeedsAdmin, FrozenOnceScheme, ScopedAdmin):
    """How rounds are scored. Free until published, then only read; a copy is the way on."""

    can_be_deleted = True
    sheet = EvaluationSchemeSheet
    list_display = ["name", "slug", "component_total", "weights_made", "highest_score", "state"]
    list_filter = [("published_at", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug"]
    search_help_text = gettext_lazy("Name or short name.")
    deeds = [PUBLISH]
    inlines = [EvaluationComponentInline]

    def get_urls(self):
        view = self.admin_site.admin_view(self.copy_view)
        name = "programs_evaluationscheme_copy"
        return [path("<int:pk>/copy/", view, name=name), *super().get_urls()]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("published_by")
        return schemes.with_weights(rows)

    def get_fieldsets(self, request, obj=None):
        own = ["name", "slug", "highest_score", "note"]
        made = [] if obj is None else ["weights_made", "state", "published_at", "published_by"]
        return [(None, {"fields": [*own, *made]})]

    def get_readonly_fields(self, request, obj=None):
        return ["weights_made", "state", "published_at", "published_by"]

    def save_related(self, request, form, formsets, change):
        """Weights need not make 100 while somebody is still at it; the sum is said each time."""
        super().save_related(request, form, formsets, change)
        saved = self.get_queryset(request).get(pk=form.instance.pk)
        if words := schemes.refusal(saved):
            text = _("%(why)s The scheme can be published once that is right.") % {"why": words}
            self.message_user(request, text, messages.WARNING)

    def copy_view(self, request, pk):
        """Asks for the new scheme's names, then leads to it."""
        if not holds(request.user, Right.MANAGE):
            raise PermissionDenied
        scheme = self.get_object(request, str(pk))
        if scheme is None:
            raise Http404
        form = CopyForm(request.POST or None, initial={"name": scheme.name})
        if request.method == "POST" and form.is_valid():
            try:
                new = schemes.copy(scheme, by=request.user, **form.cleaned_data)
            except RuleError as refusal:  # somebody took the short name meanwhile
                form.add_error("slug", str(refusal))
            else:
                return HttpResponseRedirect(
                    reverse("admin:programs_evaluationscheme_change", args=[new.pk])
                )
        context = self.admin_site.each_context(request) | {
            "title": _("Copy as a new scheme"),
            "opts": self.opts,
            "scheme": scheme,
            "form": form,
        }
        return TemplateResponse(request, "admin/programs/evaluationscheme/copy.html", context)

    @admin.display(description=gettext_lazy("components"), ordering="component_count")
    def component_total(self, scheme):
        return scheme.component_count

    @admin.display(description=gettext_lazy("sum of weights"), ordering="weight_sum")
    def weights_made(self, scheme):
        made = scheme.weight_sum or 0
        if made == schemes.WHOLE:
            return mark(GOOD, "100")
        missing = schemes.WHOLE - made
        words = {"sum": localize(_short(made)), "missing": localize(_short(missing))}
        return _("%(sum)s (to 100: %(missing)s)") % words

    @admin.display(description=gettext_lazy("status"), ordering="published_at")
    def state(self, scheme):
        if scheme.published_at:
            return mark(GOOD, _("Published, frozen"))
        return mark(WAITING, _("Draft"))
