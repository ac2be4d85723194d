"""The history page of every noun: what the database's triggers kept, in plain words."""

import pytest
from django.urls import reverse

from programs.domain import choices
from programs.models import PillarAlias
from regencies.audit import Channel, entering
from regencies.models import OfficeTerm
from tests.factories import make_submitted, make_user
from tests.nouns import honours, statements


def page(client, row):
    model = row._meta.label_lower.replace(".", "_")
    return client.get(reverse(f"admin:{model}_history", args=[row.pk]))


def entries(client, row):
    return list(page(client, row).context["page"])


@pytest.fixture
def term(regency):
    return OfficeTerm.objects.create(regency=regency, person="Sri Sumarni", title="Bupati")


def test_it_says_who_changed_what_through_which_door_newest_first(client, ministry, term):
    with entering(Channel.API, user_id=ministry.pk):
        term.person = "Sri Sumarni, S.H."
        term.save()
    client.force_login(ministry)

    newest, first = entries(client, term)

    assert (newest.who, newest.channel) == (str(ministry), "API")
    assert [(c.label, c.before, c.after) for c in newest.changes] == [
        ("Nama orang", "Sri Sumarni", "Sri Sumarni, S.H.")
    ]
    assert first.who == "sistem"
    assert ("", "Kabupaten Grobogan") in [(c.before, c.after) for c in first.changes]


def test_choosing_a_statement_is_told(client, ministry, participation):
    statement = statements.state(participation, "note", "Catatan")
    with entering(Channel.ADMIN, user_id=ministry.pk):
        choices.choose(statement, by=ministry, because="Surat aslinya.")
    client.force_login(ministry)

    newest = entries(client, statement)[0]

    assert newest.who == str(ministry)
    assert "Surat aslinya." in [change.after for change in newest.changes]


def test_the_field_that_a_statement_is_about_has_its_name_on_screen(
    client, ministry, participation
):
    statement = statements.state(participation, "status_since", "2018-05-15")
    client.force_login(ministry)

    told = [change.after for change in entries(client, statement)[0].changes]

    assert "status_since" not in told
    assert str(participation._meta.get_field("status_since").verbose_name) in map(str.lower, told)


def test_rows_below_the_row_are_told_too_even_when_gone(client, ministry):
    pillar = honours.make_pillar()
    alias = PillarAlias.objects.create(pillar=pillar, name="Sebutan Uji", key="sebutan uji")
    client.force_login(ministry)

    added = entries(client, pillar)[0]
    alias.delete()
    removed = entries(client, pillar)[0]

    assert [(c.before, c.after) for c in added.changes] == [("", "Sebutan Uji")]
    assert [(c.before, c.after) for c in removed.changes] == [("Sebutan Uji", "")]


def test_who_is_gone_does_not_break_the_page(client, ministry, term):
    gone = make_user(email="pergi@example.org")
    with entering(Channel.PAGE, user_id=gone.pk + 1000):
        term.person = "Lain"
        term.save()
    client.force_login(ministry)

    assert "Lain" in page(client, term).content.decode()


def test_a_long_history_comes_in_pages(client, ministry, term):
    for number in range(60):
        term.person = f"Nama {number}"
        term.save()
    client.force_login(ministry)

    first = page(client, term)
    second = client.get(f"{first.request['PATH_INFO']}?page=2")

    assert [len(first.context["page"]), len(second.context["page"])] == [50, 11]


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_queries_however_much_happened(
    count, client, ministry, term, django_assert_num_queries
):
    for number in range(count):
        with entering(Channel.PAGE, user_id=make_user(email=f"u{number}@example.org").pk):
            term.person = f"Nama {number}"
            term.save()
    client.force_login(ministry)

    with django_assert_num_queries(7):
        page(client, term)


def test_a_list_that_is_not_followed_says_so(client, ministry, stage):
    client.force_login(ministry)

    response = page(client, make_submitted(stage).versions.get())

    assert not response.context["is_tracked"]
    assert len(response.context["page"]) == 0
