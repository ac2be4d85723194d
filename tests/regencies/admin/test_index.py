"""The start of the admin: every list once, in the order of the work, with its rows counted."""

from django.contrib import admin
from django.urls import reverse

from programs.models import Participation


def test_every_list_stands_in_one_group():
    grouped = [model for _words, models in admin.site.contents for model in models]

    assert sorted(model._meta.label for model in grouped) == sorted(
        model._meta.label for model in admin.site._registry
    )


def test_the_start_page_counts_the_rows_of_every_list(client, ministry, participation):
    client.force_login(ministry)

    response = client.get(reverse("admin:index"))

    groups = response.context["groups"]
    assert [str(words) for words, _lists in groups] == [
        str(words) for words, _models in admin.site.contents
    ]
    counts = {entry["model"]: entry["count"] for _words, lists in groups for entry in lists}
    assert {model: model._default_manager.count() for model in counts} == counts
    assert counts[Participation] == 1


def test_the_start_page_takes_few_queries(client, ministry, django_assert_num_queries):
    client.force_login(ministry)

    with django_assert_num_queries(5):
        client.get(reverse("admin:index"))
