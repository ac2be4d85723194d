"""Addresses and forms of lists that ask for more than the list offers."""

from itertools import product

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from regencies.admin.lookups import offered_lookups
from regencies.domain import tokens
from regencies.models import User
from tests.factories import make_submitted

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
DATED = [model for model in MODELS if admin.site._registry[model].date_hierarchy]
NINES = "9" * 30


@pytest.fixture
def submitted_row(stage, contributor):
    return make_submitted(stage)


def name_of(model):
    return model._meta.label_lower


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def asking(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def people_and_tokens(model):
    """Lookups from a row to the secrets of people: over its own fields, and over relations."""
    for field in model._meta.get_fields():
        if field.related_model is User:
            yield f"{field.name}__password__startswith"
            yield f"{field.name}__auth_token_set__digest__startswith"
        elif field.is_relation and field.related_model:
            yield f"{field.name}__pk__gt"
        else:
            yield from (f"{field.name}__{kind}" for kind in ("startswith", "regex", "gt", "in"))


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_list_refuses_every_lookup_it_does_not_offer(model, client, ministry, participation):
    client.force_login(ministry)
    lookups = [*people_and_tokens(model), "pk__in", "password", "digest", "x", "x__y"]

    answers = {
        name: client.get(list_of(model), {name: "1"}).headers.get("Location") for name in lookups
    }

    assert set(answers.values()) == {f"{list_of(model)}?e=1"}, answers


@pytest.mark.parametrize(
    ("name", "lookup"),
    [
        ("user", "password__startswith"),
        ("user", "password__regex"),
        ("user", "memberships__granted_by__password__startswith"),
        ("membership", "user__password__startswith"),
        ("apitoken", "digest__startswith"),
        ("apitoken", "token_key__startswith"),
        ("apitoken", "user__password__startswith"),
    ],
)
def test_a_right_guess_of_a_secret_is_answered_like_a_wrong_one(
    name, lookup, client, ministry, officer
):
    token, _value = tokens.make("Uji", by=officer, scope="read", days=30)
    client.force_login(ministry)
    address = reverse(f"admin:regencies_{name}_changelist")
    secret = getattr(token, lookup.partition("__")[0], officer.password)
    right = officer.password if "password" in lookup else secret[:4]

    answers = {
        (response.status_code, response.headers["Location"], response.content)
        for text in (right, "zzz", "[")
        for response in [client.get(address, {lookup: text})]
    }

    assert answers == {(302, f"{address}?e=1", b"")}


@pytest.mark.parametrize("name", ["name__regex", "email__regex", "name__contains"])
def test_a_broken_pattern_never_reaches_the_database(name, client, ministry):
    client.force_login(ministry)
    address = reverse("admin:regencies_user_changelist")

    assert client.get(address, {name: "["}).headers["Location"] == f"{address}?e=1"


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_choice_that_a_filter_offers_can_be_followed(
    model, client, ministry, submitted_row, elsewhere
):
    client.force_login(ministry)
    changelist = client.get(list_of(model)).context["cl"]
    links = [
        choice["query_string"]
        for spec in changelist.filter_specs
        for choice in spec.choices(changelist)
    ]

    assert {client.get(list_of(model) + link).status_code for link in links} <= {200}
    assert links or not admin.site._registry[model].list_filter


def test_the_offers_of_a_list_are_its_filters_and_dates(ministry):
    stages = next(model for model in MODELS if name_of(model) == "programs.bimtekstage")

    offered = offered_lookups(admin.site._registry[stages], asking(ministry))

    assert {"status__exact", "late", "cohort", "due_on__year", "due_on__day"} <= offered
    assert not {name for name in offered if "notes" in name or "submitted_by" in name}


def odd_dates(day, texts):
    for text in texts:
        for part in ("year", "month", "day"):
            alone = {f"{day}__{part}": text}
            yield alone
            yield {f"{day}__year": "2026", f"{day}__month": "1", f"{day}__day": "1"} | alone


def test_odd_dates_lead_back_to_the_list(client, ministry, submitted_row):
    client.force_login(ministry)
    texts = ["-1", "0", NINES, "-" + NINES, "9999", "1", "x", "", "1e5"]

    for query in odd_dates("due_on", texts):
        response = client.get(list_of(type(submitted_row)), query, follow=True)
        assert response.status_code == 200, query


@pytest.mark.parametrize("model", DATED, ids=name_of)
def test_odd_dates_lead_back_to_every_list_with_dates(model, client, ministry):
    client.force_login(ministry)
    day = admin.site._registry[model].date_hierarchy

    for query in odd_dates(day, [NINES, "x"]):
        assert client.get(list_of(model), query, follow=True).status_code == 200, query


def test_the_dates_a_list_offers_narrow_it(client, ministry, submitted_row):
    stages = type(submitted_row)
    client.force_login(ministry)
    day = submitted_row.due_on

    def shown(year):
        response = client.get(list_of(stages), {"due_on__year": year, "due_on__month": day.month})
        return submitted_row in response.context["cl"].result_list

    assert (shown(day.year), shown(day.year - 1)) == (True, False)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_an_action_on_rows_that_cannot_be_is_no_crash(model, client, ministry, submitted_row):
    client.force_login(ministry)
    actions = [*admin.site._registry[model].get_actions(asking(ministry)), "x\0", "x"]
    for action, row in product(actions, ["\0", "x", NINES, "-1", ""]):
        response = client.post(list_of(model), {"action": action, "_selected_action": row})
        assert response.status_code in (200, 302, 400), (action, row)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_list_refuses_null_bytes_in_what_is_sent_to_it(model, client, ministry):
    client.force_login(ministry)

    for name in ("action", "index", "_selected_action", "select_across", "x"):
        assert client.post(list_of(model), {name: "a\0"}).status_code == 400, name
