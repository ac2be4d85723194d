"""Forms that are sent rows which cannot exist are drawn again with an error."""

import pytest
from django.urls import reverse

from tests.factories import make_source

SINGLE = {
    "regencies_membership": ["user", "regency", "agency", "province"],
    "regencies_agency": ["regency"],
    "regencies_officeterm": ["regency", "agency"],
    "programs_participation": ["regency", "cohort", "area", "replaced_by"],
    "programs_stagedefinition": ["cohort"],
    "programs_cohort": ["program"],
}
SEVERAL = {"programs_participation": ["sources"], "regencies_area": ["regencies"]}
EVERY = [
    (name, field)
    for rooms in (SINGLE, SEVERAL)
    for name, fields in rooms.items()
    for field in fields
    if field != "replaced_by"  # not asked when somebody joins
]
NO_ROWS = {
    f"{prefix}-{count}_FORMS": 0
    for prefix in ("requirements", "stage_definitions", "assignments", "memberships")
    for count in ("TOTAL", "INITIAL")
}
ODD = ["x", "\0", "-1", "9" * 30, "1.5", "٣", "[]"]


@pytest.mark.parametrize(("name", "field"), EVERY)
def test_a_row_that_cannot_exist_is_refused_beside_its_field(
    name, field, client, ministry, participation
):
    client.force_login(ministry)

    for text in ODD:
        response = client.post(reverse(f"admin:{name}_add"), NO_ROWS | {field: text})
        assert response.status_code == 200, text
        assert field in response.context["adminform"].errors, text


@pytest.mark.parametrize(("name", "field"), [(n, f) for n, fs in SEVERAL.items() for f in fs])
def test_one_odd_row_among_several_leaves_the_others_chosen(
    name, field, client, ministry, participation, source
):
    known = participation.regency if field == "regencies" else source
    client.force_login(ministry)

    response = client.post(reverse(f"admin:{name}_add"), NO_ROWS | {field: [known.pk, "x", "\0"]})

    assert field in response.context["adminform"].errors
    assert f'<option value="{known.pk}" selected>' in response.content.decode()


@pytest.mark.parametrize("field", ["role", "province", "regency", "agency"])
def test_a_role_on_a_persons_page_is_refused_in_words_too(field, client, ministry, nobody):
    client.force_login(ministry)
    row = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": "signer",
        "memberships-0-starts_on": "2026-01-05",
    }
    address = reverse("admin:regencies_user_change", args=[nobody.pk])

    for text in ODD:
        sent = {"email": nobody.email, "is_active": "on"} | row | {f"memberships-0-{field}": text}
        assert client.post(address, sent).status_code == 200, text
    assert not nobody.memberships.exists()


@pytest.fixture
def source(db):
    return make_source("https://example.org/1")
