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


def test_every_address_of_an_app_leads_to_the_one_start_page(client, ministry):
    client.force_login(ministry)

    for app in ("programs", "regencies"):
        response = client.get(reverse("admin:app_list", args=[app]))
        assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_no_page_names_an_app_in_its_breadcrumbs(client, ministry, participation):
    client.force_login(ministry)
    name = "admin:programs_participation"
    for address in (
        reverse(f"{name}_changelist"),
        reverse(f"{name}_add"),
        reverse(f"{name}_change", args=[participation.pk]),
        reverse(f"{name}_history", args=[participation.pk]),
    ):
        assert 'href="/admin/programs/"' not in client.get(address).content.decode()


def test_the_start_page_looks_for_a_region_in_any_spelling(client, ministry, participation):
    client.force_login(ministry)
    start = client.get(reverse("admin:index")).content.decode()
    address = reverse("admin:programs_participation_changelist")

    found = client.get(address, {"q": "kab grobogan"}).context["cl"].result_list

    assert f'action="{address}" role="search"' in start
    assert 'name="q"' in start
    assert list(found) == [participation]


def test_the_language_switch_comes_back_to_the_page(client, ministry):
    client.force_login(ministry)
    address = reverse("admin:programs_participation_changelist") + "?status__exact=active"
    page = client.get(address).content.decode()

    assert f'name="next" value="{address}"' in page
    client.post(reverse("set_language"), {"language": "en", "next": address})
    assert '<html lang="en"' in client.get(address).content.decode()
