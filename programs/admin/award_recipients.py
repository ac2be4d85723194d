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

from programs.domain import awards
from programs.models import Award, AwardCategory, Cohort, Institution, Participation
from programs.models.participation import ParticipationStatus
from regencies.access import Right, holds
from regencies.domain.resolving import Resolver
from regencies.errors import RuleError
from regencies.models import Regency

MOST_ROWS = 600  # every region of the country fits
LONGEST_LIST = 60_000  # characters
SALT = "programs.award_recipients"


class RecipientsForm(forms.Form):
    """One award, its giver, and the regions: a cohort's, or those named, or both."""

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
    names = forms.CharField(
        label=gettext_lazy("Regions by name or code"),
        required=False,
        max_length=LONGEST_LIST,
        help_text=gettext_lazy(
            "One per line, in any spelling, for example: Kab. Grobogan, Pemkot Solo, 33.15."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
    )

    def __init__(self, data=None, *, event, user):
        super().__init__(data, initial={"awarding_body": event.organiser_id})
        self.user = user
        self.fields["category"].queryset = event.categories.select_related("event")
        self.fields["category"].label_from_instance = _category_label

    def clean_names(self):
        """What was typed stays as typed; the regions it means are kept beside it."""
        text = self.cleaned_data["names"]
        self.named, problems = _resolved(text)
        if problems:
            raise forms.ValidationError(problems)
        return text

    def clean(self):
        found = {regency.pk: regency for regency in _participants(self.cleaned_data, self.user)}
        found |= {regency.pk: regency for regency in getattr(self, "named", [])}
        self.regencies = sorted(found.values(), key=lambda regency: regency.code)
        if not self.errors and not found:
            raise forms.ValidationError(_("Choose a cohort or name at least one region."))
        if len(found) > MOST_ROWS:
            raise forms.ValidationError(_too_many())
        return self.cleaned_data


class ShownForm(forms.Form):
    """The regions that the preview listed: these, and no others, are granted."""

    rows = forms.ModelMultipleChoiceField(Regency.objects.all(), widget=forms.MultipleHiddenInput)


def _too_many():
    return _("At most %(most)s regions go through at once.") % {"most": MOST_ROWS}


def _category_label(category):
    return f"{category.name} ({category.get_kind_display()})"


def _resolved(text):
    """The regions named line by line, and a sentence for every line that names none or many."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return [], []
    if len(lines) > MOST_ROWS:
        return [], [_too_many()]
    resolver, found, problems = Resolver.from_database(), [], []
    for number, line in lines:
        try:
            found.append(resolver.resolve(line))
        except RuleError as refusal:
            words = {"number": number, "refusal": refusal}
            problems.append(_("Line %(number)s: %(refusal)s") % words)
    return found, problems


def _participants(cleaned, user):
    if not (cohort := cleaned.get("cohort")):
        return []
    rows = Participation.objects.visible_to(user).filter(
        cohort=cohort, status=ParticipationStatus.ACTIVE
    )
    return [row.regency for row in rows.select_related("regency__province")]


def recipients_page(request, model_admin, event):
    """The form; with a filled one, the preview; with a confirmed one, what came of each row."""
    if not holds(request.user, Right.MANAGE):
        raise PermissionDenied
    if not event.categories.exists():
        text = _("Add a category to the event first.")
        model_admin.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:programs_awardevent_change", args=[event.pk]))
    is_sent = request.method == "POST"
    form = RecipientsForm(request.POST if is_sent else None, event=event, user=request.user)
    context = {"form": form, "event": event, "title": _("Add recipients")}
    if not is_sent or not form.is_valid() or "_edit" in request.POST:
        return _page(request, model_admin, "recipients", context)
    shown = ShownForm(request.POST)
    if "_confirm" not in request.POST or not shown.is_valid():
        return _page(request, model_admin, "preview", context | _preview(form))
    return _page(request, model_admin, "granted", context | _granted(request, form, shown))


def _preview(form):
    category = form.cleaned_data["category"]
    held = awards.held(category, form.regencies)
    rows = [(regency, regency.pk in held) for regency in form.regencies]
    return {"rows": rows, "category": category, "new": len(rows) - len(held)}


def _granted(request, form, shown):
    chosen = form.cleaned_data
    regencies = shown.cleaned_data["rows"].select_related("province").order_by("code")
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
