"""The links above a list: each leads to what it counts, and the open one is marked."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from regencies.admin.common_filters import CommonFilters
from regencies.models import Membership
from tests.factories import make_participation, make_user

DECLARED = [
    pytest.param(model, words, query, id=f"{model._meta.label} {query}")
    for model, model_admin in admin.site._registry.items()
    for words, query in getattr(model_admin, "common_filters", ())
]


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def links(response):
    """The filters of a page as drawn: (query, count, is it the open one)."""
    return [(f.query, f.count, f.is_current) for f in response.context["common_filters"]()]


def test_every_admin_can_declare_them():
    assert all(isinstance(found, CommonFilters) for found in admin.site._registry.values())
    assert len(DECLARED) > 15


@pytest.mark.parametrize(("model", "words", "query"), DECLARED)
def test_each_link_leads_to_as_many_rows_as_it_says(
    model, words, query, client, ministry, participation
):
    client.force_login(ministry)

    response = client.get(f"{list_of(model)}?{query}")

    assert response.status_code == 200
    (count,) = [count for found, count, is_open in links(response) if is_open]
    assert count == response.context["cl"].result_count
    assert f'<a href="?{query}"'.replace("&", "&amp;") in response.content.decode()


def test_no_link_is_marked_on_the_whole_list_and_one_on_its_own(client, ministry):
    make_user(role="officer", regency=make_participation().regency)
    client.force_login(ministry)
    address = list_of(Membership)

    whole = client.get(address)
    narrowed = client.get(f"{address}?role__exact=ministry&in_force=yes&o=1")

    assert [is_open for _query, _count, is_open in links(whole)] == [False] * 4
    assert [query for query, _count, is_open in links(narrowed) if is_open] == [
        "in_force=yes&role__exact=ministry"
    ]
    assert narrowed.content.decode().count('aria-current="page"') == 1
    assert dict(found[:2] for found in links(whole))["in_force=yes"] == 2


def test_a_role_that_ends_soon_is_counted(client, ministry, officer):
    officer.memberships.update(ends_on=timezone.localdate())
    client.force_login(ministry)

    response = client.get(f"{list_of(Membership)}?in_force=soon")

    assert [row.user for row in response.context["cl"].result_list] == [officer]
