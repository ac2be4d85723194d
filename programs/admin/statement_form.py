"""The form of one statement, and the page on which its record is found first."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.domain import stated
from regencies.access import ScopedQuerySet
from regencies.admin.base import WholeRowForm, in_sight
from regencies.domain.searching import regencies_called

MOST_FOUND = 30
LARGEST_ID = 2**63 - 1


def kinds():
    """The content types of the nouns that sources speak of."""
    return ContentType.objects.get_for_models(*stated.NOUNS)


def record_of(data):
    """The record that an address or a form names by its kind and number, or None."""
    kind, pk = data.get("content_type", ""), data.get("object_id", "")
    model = next((m for m, ct in kinds().items() if str(ct.pk) == str(kind)), None)
    if model is None or not str(pk).isdecimal() or int(pk) > LARGEST_ID:
        return None
    return model._default_manager.filter(pk=pk).select_related().first()


def page_of(record):
    """The record's own page in the admin, or None: some are lines on another's page."""
    name = record._meta.label_lower.replace(".", "_")
    try:
        return reverse(f"admin:{name}_change", args=[record.pk])
    except NoReverseMatch:
        return None


def field_choices(model):
    """The fields and figures of a noun, for a select; the first means the record as a whole."""
    return [("", _("(the record as a whole)")), *stated.fields_of(model).items()]


class FindForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Which one"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "The region in any spelling, a name or a number; or paste the address of its page "
            "in the administration."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField", "type": "search"}),
    )

    def __init__(self, data=None):
        super().__init__(data)
        names = [(m._meta.model_name, capfirst(m._meta.verbose_name)) for m in stated.NOUNS]
        self.fields["kind"].choices = names
        self.fields["kind"].error_messages["invalid_choice"] = _("Choose a kind from the list.")

    def found(self, request, site):
        """The records that fit, the one whose address was pasted alone; None without a search."""
        text, kind = self.cleaned_data["text"].strip(), self.cleaned_data["kind"]
        if pasted := _pasted(text):
            return [pasted]
        if not text:
            return None
        model = next(m for m in stated.NOUNS if m._meta.model_name == (kind or "participation"))
        return list(_matching(request, site, model, text)[:MOST_FOUND])


def _pasted(text):
    """The record at the address of an admin page, with or without the host before it."""
    path = "/" + text.partition("://")[2].partition("/")[2] if "://" in text else text
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    names = {f"{m._meta.app_label}_{m._meta.model_name}_change": m for m in stated.NOUNS}
    model = names.get(match.url_name)
    if model is None or match.app_name != "admin":
        return None
    content_type = ContentType.objects.get_for_model(model)
    return record_of({"content_type": content_type.pk, "object_id": match.kwargs["object_id"]})


def _matching(request, site, model, text):
    """As the noun's own list searches; nouns without a list by their texts."""
    if model_admin := site._registry.get(model):
        rows = model_admin.get_queryset(request).select_related()
        return model_admin.get_search_results(request, rows, text)[0].distinct()
    rows = in_sight(model._default_manager.all(), request.user).select_related()
    texts = [field.name for field in model._meta.fields if stated.is_text(field)]
    found = rows.none()
    for name in texts:
        found |= rows.filter(**{f"{name}__icontains": text})
    return found | _of_regions(rows, text)


def _of_regions(rows, text):
    if not isinstance(rows, ScopedQuerySet):
        return rows.none()
    return rows.filter(**{f"{rows.regency_prefix}id__in": regencies_called(text).values("pk")})


class StatementForm(WholeRowForm):
    """Its record is chosen before and only carried along; a chosen statement keeps its words."""

    content_type = forms.ModelChoiceField(ContentType.objects.none(), widget=forms.HiddenInput)
    object_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID)
    field = forms.ChoiceField(
        label=gettext_lazy("Field"),
        required=False,
        help_text=gettext_lazy("What the source speaks of: a field, or a total that is counted."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["content_type"], self.fields["object_id"]
        else:
            ids = [kind.pk for kind in kinds().values()]
            self.fields["content_type"].queryset = ContentType.objects.filter(pk__in=ids)
        if self.instance.chosen_at:
            self.fields.pop("field", None)
        else:
            self._offer_fields()

    def _offer_fields(self):
        model = self._model()
        own = self.instance.field  # of a noun that is gone, its statements keep what they name
        choices = field_choices(model) if model else [(own, own or _("(the record as a whole)"))]
        self.fields["field"].choices = choices
        allowed = ", ".join(f"{label} ({name})" for name, label in choices if name)
        self.fields["field"].error_messages["invalid_choice"] = _(
            "“%%(value)s” is no field of this record. Choose one of: %(allowed)s."
        ) % {"allowed": allowed.replace("%", "%%")}

    def _model(self):
        if self.instance.pk:
            return stated.noun_of(self.instance)
        data = self.data if self.is_bound else self.initial
        chosen = str(data.get("content_type", ""))
        return next((m for m, kind in kinds().items() if str(kind.pk) == chosen), None)

    def clean(self):
        data = super().clean()
        if self.instance.pk is None and not self.errors and record_of(self.data) is None:
            self.add_error(None, _("This record is not there. Find it again."))
        return data
