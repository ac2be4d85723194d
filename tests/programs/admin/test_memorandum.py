import pytest
from django.db import connection
from django.urls import reverse

from programs.models import Memorandum
from tests import factories
from tests.nouns import papers

ADD = reverse("admin:programs_memorandum_add")
MINISTRY = {"side": "ministry", "office": "Dirjen Aptika"}
REGION = {"side": "region", "office": "Wakil Bupati Blora", "on_behalf_of": "Bupati Blora"}


def form_of(participation, *signatories, stored=0, **fields):
    data = {"participation": participation.pk, "state": "signed", "signed_on": "2018-05-08"}
    data |= {
        "signatories-TOTAL_FORMS": len(signatories),
        "signatories-INITIAL_FORMS": stored,
    }
    for number, signatory in enumerate(signatories):
        data |= {f"signatories-{number}-{name}": value for name, value in signatory.items()}
    return data | fields


def errors_of(response):
    assert response.status_code == 200
    return {name: len(found) for name, found in response.context["adminform"].form.errors.items()}


def test_the_ministry_adds_a_signed_mou_with_both_sides(client, ministry, participation):
    client.force_login(ministry)

    response = client.post(ADD, form_of(participation, MINISTRY, REGION))

    assert response.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    row = Memorandum.objects.get()
    assert (row.state, row.publication) == ("signed", "internal")
    assert set(row.signatories.values_list("side", "on_behalf_of")) == {
        ("ministry", ""),
        ("region", "Bupati Blora"),
    }


def test_an_officer_adds_none(client, officer, participation):
    client.force_login(officer)

    assert client.post(ADD, form_of(participation, MINISTRY, REGION)).status_code == 403
    assert not Memorandum.objects.exists()


@pytest.mark.parametrize(
    ("signatories", "fields"),
    [
        ([], {}),
        ([MINISTRY], {}),
        ([REGION], {}),
        ([MINISTRY, REGION | {"DELETE": "on"}], {}),
        ([MINISTRY, REGION], {"signed_on": ""}),
    ],
)
def test_signed_without_date_or_side_is_refused_at_the_state(
    signatories, fields, client, ministry, participation
):
    client.force_login(ministry)

    response = client.post(ADD, form_of(participation, *signatories, place="Santika", **fields))

    assert errors_of(response) == {"state": 1}
    assert response.context["adminform"].form["place"].value() == "Santika"
    assert not Memorandum.objects.exists()


def test_a_draft_or_reported_one_needs_neither(client, ministry, participation):
    client.force_login(ministry)

    for state in ("draft", "reported"):
        client.post(ADD, form_of(participation, state=state, signed_on=""))

    assert set(Memorandum.objects.values_list("state", flat=True)) == {"draft", "reported"}


def test_taking_a_side_from_a_signed_mou_is_refused(client, ministry, participation):
    row = papers.make_memorandum(participation, state="signed")
    stored = [
        {"id": s.pk, "memorandum": row.pk, "side": s.side, "office": s.office}
        for s in row.signatories.all()
    ]
    stored[1]["DELETE"] = "on"
    client.force_login(ministry)

    address = reverse("admin:programs_memorandum_change", args=[row.pk])
    response = client.post(address, form_of(participation, *stored, stored=2))

    assert errors_of(response) == {"state": 1}
    assert row.signatories.count() == 2


def test_an_amendment_is_of_the_same_participation(client, ministry, participation, elsewhere):
    other = papers.make_memorandum(factories.make_participation(elsewhere))
    own = papers.make_memorandum(participation, number_as_printed="027/17")
    client.force_login(ministry)

    refused = client.post(ADD, form_of(participation, state="draft", amends=other.pk))
    taken = client.post(ADD, form_of(participation, state="draft", amends=own.pk))
    page = client.get(reverse("admin:programs_memorandum_change", args=[own.pk]))

    assert errors_of(refused) == {"amends": 1}
    assert taken.status_code == 302
    amendment = own.amendments.get()
    assert reverse("admin:programs_memorandum_change", args=[amendment.pk]) in (
        page.content.decode()
    )
