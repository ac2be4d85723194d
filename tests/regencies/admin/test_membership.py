import datetime as dt

import pytest
from django.urls import reverse

from regencies.models import Membership

ADD = reverse("admin:regencies_membership_add")


def test_a_role_names_who_gave_it(client, ministry, nobody, regency):
    client.force_login(ministry)

    client.post(
        ADD,
        {
            "user": nobody.pk,
            "role": "officer",
            "regency": regency.pk,
            "starts_on": "2026-01-05",
            "granted_by": nobody.pk,
        },
    )

    membership = nobody.memberships.get()
    assert (membership.role, membership.granted_by) == ("officer", ministry)


@pytest.mark.parametrize("reach", [{}, {"province": True, "regency": True}])
def test_a_role_without_its_reach_is_refused_in_words(reach, client, ministry, nobody, regency):
    client.force_login(ministry)
    places = {"province": regency.province_id, "regency": regency.pk}

    response = client.post(
        ADD,
        {"user": nobody.pk, "role": "signer", "starts_on": "2026-01-05"}
        | {name: places[name] for name in reach},
    )

    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert not nobody.memberships.exists()


def test_nobody_gives_themselves_a_role_or_prolongs_one(client, ministry):
    client.force_login(ministry)
    own = ministry.memberships.get()

    added = client.post(ADD, {"user": ministry.pk, "role": "expert", "starts_on": "2026-01-05"})
    prolonged = client.post(
        reverse("admin:regencies_membership_change", args=[own.pk]),
        {"starts_on": "2017-01-01", "ends_on": "2099-12-31"},
    )

    assert (added.status_code, prolonged.status_code) == (200, 403)
    assert Membership.objects.get(user=ministry).ends_on is None


def test_a_role_once_given_only_changes_its_days(client, ministry, officer, elsewhere):
    client.force_login(ministry)
    row = officer.memberships.get()

    client.post(
        reverse("admin:regencies_membership_change", args=[row.pk]),
        {
            "user": ministry.pk,
            "role": "ministry",
            "regency": elsewhere.pk,
            "starts_on": "2017-01-01",
            "ends_on": "2026-06-30",
        },
    )

    changed = Membership.objects.get(pk=row.pk)
    assert (changed.user, changed.role, changed.regency) == (officer, "officer", row.regency)
    assert changed.ends_on == dt.date(2026, 6, 30)


@pytest.mark.parametrize(("in_force", "expected"), [("yes", 1), ("no", 1), ("", 2)])
def test_the_list_tells_roles_in_force_from_ended_ones(
    in_force, expected, client, ministry, nobody
):
    nobody.memberships.create(role="expert", starts_on="2017-01-01", ends_on="2018-01-01")
    client.force_login(ministry)

    response = client.get(reverse("admin:regencies_membership_changelist"), {"in_force": in_force})

    assert len(response.context["cl"].result_list) == expected
