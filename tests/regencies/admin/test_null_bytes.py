"""Text the database cannot read: refused in words, never a crash."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.test import RequestFactory
from django.urls import reverse

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
NULL, ODD = "ab\0", ["'", "x", "99999999999999999999", "-1", "٣", "🏛"]


def name_of(model):
    return model._meta.label_lower


def address(model, room, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{room}", args=args)


def own_filters(model):
    """The names under which the list's own filters stand in addresses."""
    filters = (
        choice[-1] if isinstance(choice, tuple) else choice
        for choice in admin.site._registry[model].list_filter
    )
    return [
        choice.parameter_name
        for choice in filters
        if isinstance(choice, type) and issubclass(choice, SimpleListFilter)
    ]


def names_in(model):
    """Everything a list's address may carry: its own filters, Django's, and made-up lookups."""
    plain = [f for f in admin.site._registry[model].list_filter if isinstance(f, str)]
    return [*own_filters(model), *plain, *(f"{name}__exact" for name in plain), "q", "o", "p", "x"]


FIRST_WITH = {name: model for model in reversed(MODELS) for name in names_in(model)}


def asking(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_list_refuses_null_bytes_wherever_they_stand(model, client, ministry, participation):
    client.force_login(ministry)
    url = address(model, "changelist")

    answers = {name: client.get(url, {name: NULL}).status_code for name in names_in(model)}

    assert set(answers.values()) == {400}, answers
    assert client.get(url, {NULL: "x"}).status_code == 400


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_list_makes_the_best_of_nonsense(model, client, ministry, participation):
    client.force_login(ministry)
    url = address(model, "changelist")

    # Every odd text where a name stands for the first time, one of them wherever else it stands.
    answers = {
        (name, text): client.get(url, {name: text}, follow=True).status_code
        for name in names_in(model)
        for text in (ODD if FIRST_WITH[name] is model else ODD[2:3])
    }

    assert set(answers.values()) == {200}, answers


def test_the_walk_meets_filters_of_our_own():
    found = {name for model in MODELS for name in own_filters(model)}

    assert {"cohort", "province", "late", "in_force", "role", "flag"} <= found


@pytest.mark.parametrize("name", ["term", "app_label", "model_name", "field_name"])
def test_search_as_you_type_refuses_null_bytes(name, client, ministry):
    client.force_login(ministry)
    query = {"app_label": "regencies", "model_name": "agency", "field_name": "regency"}

    response = client.get(reverse("admin:autocomplete"), query | {"term": "x", name: NULL})

    assert response.status_code == 400


@pytest.mark.parametrize("room", ["programs_bimtekstage_step", "programs_cohort_open"])
def test_the_steps_refuse_null_bytes_among_their_rows(room, client, ministry):
    client.force_login(ministry)
    url = reverse(f"admin:{room}", args=["verify"] if room.endswith("step") else [])

    assert client.get(url, {"rows": NULL}).status_code == 400
    assert client.post(url, {"rows": NULL}).status_code == 302


def fields_with_text(form):
    """The text fields of a page's form, by the names they are sent under."""
    return [
        form.add_prefix(name)
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and not field.disabled
    ]


def filled(response):
    """The page's form and its inlines, as a browser would send them back."""
    groups = [response.context["adminform"].form]
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    groups += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    data = {
        bound.html_name: "" if bound.value() is None else bound.value()
        for form in groups
        for bound in form
    }
    texts = [name for form in groups for name in fields_with_text(form)]
    return data, texts


def rooms_with_forms(model, user):
    """The add page, and the page of the newest row: the ministry's own role is not editable."""
    model_admin = admin.site._registry[model]
    if model_admin.has_add_permission(asking(user)):
        yield address(model, "add")
    if model_admin.has_change_permission(asking(user)):
        yield from (address(model, "change", row.pk) for row in model.objects.order_by("-pk")[:1])


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_the_text_fields_of_every_form_refuse_null_bytes(
    model, client, ministry, participation, contributor
):
    client.force_login(ministry)

    for url in rooms_with_forms(model, ministry):
        if "adminform" not in client.get(url).context:
            continue  # a page that first asks what the form is to be about
        data, texts = filled(client.get(url))
        before = list(model.objects.order_by("pk").values())
        for name in texts:
            response = client.post(url, data | {name: NULL})
            assert response.status_code == 200, (url, name)
            assert response.context["errors"], (url, name)
        assert list(model.objects.order_by("pk").values()) == before
        if "change" in url:  # so it was the null byte that was refused
            assert client.post(url, data).status_code == 302, (url, data)


def test_a_reason_with_a_null_byte_is_asked_for_again(client, ministry, stage):
    client.force_login(ministry)
    url = reverse("admin:programs_bimtekstage_step", args=["return"])

    response = client.post(url, {"rows": [stage.pk], "reason": NULL})

    assert response.status_code == 200
    assert list(response.context["answer"].errors) == ["reason"]
