"""Adding many recipients to one award: fill in, look at every row, confirm, or take back."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin import named_regions
from programs.domain import awards
from programs.models import Award, AwardCategory, Cohort, Institution, Participation
from programs.models.participation import ParticipationStatus
from regencies.access import Right, holds

SALT = "programs.award_recipients"


class RecipientsForm(named_regions.RegionsForm):
    """One award, its giver, and the regions: a cohort's, or those named, or both."""

    nobody = gettext_lazy("Choose a cohort or name at least one region.")
    field_order = ["category", "awarding_body", "given_by", "cohort", "names"]

    category = forms.ModelChoiceField(
        AwardCategory.objects.none(), label=gettext_lazy("Category"), empty_label=None
    )
    awarding_body = forms.ModelChoiceField(
        Institution.objects.all(),
        label=gettext_lazy("Awarding body"),
        help_text=gettext_lazy("Who gives the award; the organiser unless you say otherwise."),
        error_messages={"required": gettext_lazy("Say who gave the award.")},
    )
    given_by = forms.CharField(
        label=gettext_lazy("Handed over by"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Name and office, as printed. The same for every recipient."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.select_related("program").order_by("-year"),
        label=gettext_lazy("All active participants of"),
        required=False,
        empty_label=gettext_lazy("no cohort"),
    )

    def __init__(self, data=None, *, event, user):
        super().__init__(data, initial={"awarding_body": event.organiser_id})
        self.user = user
        self.fields["category"].queryset = event.categories.select_related("event")
        self.fields["category"].label_from_instance = _category_label

    def others(self):
        if not (cohort := self.cleaned_data.get("cohort")):
            return []
        rows = Participation.objects.visible_to(self.user).filter(
            cohort=cohort, status=ParticipationStatus.ACTIVE
        )
        return [row.regency for row in rows.select_related("regency__province")]


def _category_label(category):
    return f"{category.name} ({category.get_kind_display()})"


def recipients_page(request, model_admin, event):
    """The form; with a filled one, the preview; with a confirmed one, what came of each row."""
    if not holds(request.user, Right.MANAGE):
        raise PermissionDenied
    if not event.categories.exists():
        text = _("Add a category to the event first.")
        model_admin.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:programs_awardevent_change", args=[event.pk]))
    data = request.POST if request.method == "POST" else None
    form = RecipientsForm(data, event=event, user=request.user)
    name, found = named_regions.walk(
        request,
        form,
        preview=_preview,
        confirm=lambda form, regencies: _granted(request, form, regencies),
    )
    context = {"form": form, "event": event, "title": _("Add recipients")}
    return _page(request, model_admin, name, context | found)


def _preview(form):
    category = form.cleaned_data["category"]
    held = awards.held(category, form.regencies)
    rows = [(regency, regency.pk in held) for regency in form.regencies]
    return {"rows": rows, "category": category, "new": len(rows) - len(held)}


def _granted(request, form, regencies):
    chosen = form.cleaned_data
    results = awards.grant(
        chosen["category"],
        regencies,
        body=chosen["awarding_body"],
        given_by=chosen["given_by"],
        by=request.user,
    )
    new = [grant.award.pk for grant in results if grant.is_new]
    return {
        "results": results,
        "category": chosen["category"],
        "new": len(new),
        "word": signing.dumps([request.user.pk, *new], salt=SALT) if new else "",
    }


def take_back_page(request, model_admin, event):
    """Removes what the person's own page just granted, award by award, where nobody touched it."""
    back = reverse("admin:programs_awardevent_change", args=[event.pk])
    if not holds(request.user, Right.MANAGE):
        raise PermissionDenied
    try:
        user, *granted = signing.loads(
            request.POST.get("word", ""), salt=SALT, max_age=awards.A_SLIP
        )
    except signing.BadSignature:
        user, granted = None, []
    if request.method != "POST" or user != request.user.pk:
        text = _("There is nothing to take back here.")
        model_admin.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(back)
    rows = Award.objects.visible_to(request.user).filter(category__event=event, pk__in=granted)
    results = awards.take_back(rows, by=request.user)
    context = {"event": event, "title": _("Take back awards"), "results": results}
    return _page(request, model_admin, "taken_back", context)


def _page(request, model_admin, name, context):
    whole = model_admin.admin_site.each_context(request) | context | {"opts": model_admin.opts}
    return TemplateResponse(request, f"admin/programs/awardevent/{name}.html", whole)
