"""Making rows public, and taking them back, from a list."""

import pytest
from django.urls import reverse

from programs.domain import publishing
from programs.models import Letter
from tests import factories
from tests.nouns import papers

LIST = reverse("admin:programs_letter_changelist")


def step(verb):
    return reverse("admin:programs_letter_step", args=[verb])


def send(client, verb, *rows):
    return client.post(step(verb), {"rows": [row.pk for row in rows]})


def public():
    return set(Letter.objects.filter(publication="public").values_list("sender", flat=True))


@pytest.fixture
def letters(db):
    return [papers.make_letter(sender=name) for name in ("A", "B")]


def test_the_list_asks_first_and_shows_each_row(client, ministry, letters):
    client.force_login(ministry)
    publishing.publish(letters[1], by=ministry)

    chosen = [row.pk for row in letters]
    page = client.post(LIST, {"action": "make_public", "_selected_action": chosen})

    shown = {row: bool(row.refusal) for row in page.context["rows"]}
    assert shown == {letters[0]: False, letters[1]: True}
    assert public() == {"B"}


def test_a_yes_does_it_and_tells_of_every_row(client, ministry, letters):
    client.force_login(ministry)
    publishing.publish(letters[1], by=ministry)

    page = send(client, "make_public", *letters)

    assert {row: done for row, done, _w in page.context["results"]} == {
        letters[0]: True,
        letters[1]: False,
    }
    assert public() == {"A", "B"}

    send(client, "make_internal", letters[0])
    assert public() == {"B"}


def test_a_row_that_the_filter_leaves_out_meanwhile_is_told_of(client, ministry, letters):
    client.force_login(ministry)
    narrowed = f"{LIST}?publication__exact=internal"
    chosen = [row.pk for row in letters]

    asked = client.post(narrowed, {"action": "make_public", "_selected_action": chosen})
    publishing.publish(letters[0], by=ministry)
    page = client.post(asked.context["address"], {"rows": chosen})

    assert asked.context["back"] == page.context["back"] == narrowed
    results = {row.sender: done for row, done, _words in page.context["results"]}
    assert results == {"A": False, "B": True}


def test_example_data_is_not_made_public(client, ministry):
    example = factories.make_cohort(2099, publication="internal", is_example=True)
    row = papers.make_letter(cohort=example)
    client.force_login(ministry)

    page = send(client, "make_public", row)

    assert [done for _row, done, _words in page.context["results"]] == [False]
    assert public() == set()


def test_a_superuser_is_not_offered_the_actions_and_cannot_send_them(client, boss, letters):
    client.force_login(boss)

    page = client.get(LIST)
    send(client, "make_public", *letters)

    assert page.status_code == 200
    assert page.context["action_form"] is None
    assert public() == set()


def test_an_officer_is_refused(client, officer, letters):
    client.force_login(officer)

    assert send(client, "make_public", *letters).status_code == 403
    assert public() == set()


def test_the_form_only_shows_the_publication(client, ministry, letters):
    client.force_login(ministry)
    address = reverse("admin:programs_letter_change", args=[letters[0].pk])

    client.post(address, {"kind": "other", "sender": "C", "publication": "public"})

    letters[0].refresh_from_db()
    assert (letters[0].sender, letters[0].publication) == ("C", "internal")


def test_too_many_rows_at_once_do_nothing(client, ministry, monkeypatch, letters):
    monkeypatch.setattr("regencies.admin.deeds.MOST_ROWS", 1)
    client.force_login(ministry)

    assert send(client, "make_public", *letters).status_code == 302
    assert public() == set()
