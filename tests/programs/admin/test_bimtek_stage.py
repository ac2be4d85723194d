import datetime as dt

import pytest
from django.contrib import admin
from django.urls import reverse

from programs.domain import stages
from programs.models import BimtekStage
from tests.factories import make_cohort, make_participation, make_regency, stage_of

LIST = reverse("admin:programs_bimtekstage_changelist")


def page_of(stage):
    return reverse("admin:programs_bimtekstage_change", args=[stage.pk])


def listed(client, **query):
    response = client.get(LIST, query)
    return {row.pk for row in response.context["cl"].result_list}


def test_no_form_changes_a_stage_whatever_is_posted(client, ministry, boss, submitted):
    fields = {
        field.name: "1" for field in BimtekStage._meta.get_fields() if hasattr(field, "attname")
    } | {
        "status": "verified",
        "publication": "public",
        "due_on": "2030-01-01",
        "submitted_by": ministry.pk,
        "_save": "1",
    }
    before = BimtekStage.objects.filter(pk=submitted.pk).values().get()

    for person in (ministry, boss):
        client.force_login(person)
        assert client.post(page_of(submitted), fields).status_code == 403
        assert client.post(LIST, fields | {"form-TOTAL_FORMS": "1"}).status_code == 200
        assert client.post(reverse("admin:programs_bimtekstage_add"), fields).status_code == 403
        delete = reverse("admin:programs_bimtekstage_delete", args=[submitted.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403

    assert BimtekStage.objects.filter(pk=submitted.pk).values().get() == before
    assert BimtekStage.objects.count() == 4


def test_the_page_shows_all_that_a_decision_needs(client, ministry, submitted):
    stages.return_for_repair(submitted, by=ministry, reason="Lengkapi SWOT")
    signer = submitted.submitted_by
    stages.submit(submitted, by=signer)
    client.force_login(ministry)

    page = client.get(page_of(submitted)).content.decode()

    file = submitted.outputs.get().versions.get()
    for words in (
        "Pendopo Kabupaten",
        "Catatan untuk kementerian.",
        "Buku I.pdf",
        reverse("programs:output-file", args=[file.pk]),
        file.sha256,
        "Lengkapi SWOT",
        *[version.sha256 for version in submitted.versions.all()],
        reverse("admin:programs_bimtekstage_history", args=[submitted.pk]),
    ):
        assert words in page


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        ("draft", []),
        ("submitted", ["verify", "return"]),
        ("verified", ["publish"]),
        ("public", ["unpublish"]),
    ],
)
def test_the_page_offers_the_open_steps(status, verbs, client, ministry, stage, request):
    if status != "draft":
        stage = request.getfixturevalue("submitted" if status == "submitted" else "verified")
    if status == "public":
        stages.publish(stage, by=ministry)
    client.force_login(ministry)

    response = client.get(page_of(stage))

    assert [deed.verb for deed, _address in response.context["open_deeds"]] == verbs


def test_a_superuser_without_the_ministrys_role_is_offered_no_review(client, boss, submitted):
    client.force_login(boss)

    assert client.get(page_of(submitted)).context["open_deeds"] == []


def test_the_history_tells_ledger_and_edits(client, ministry, submitted):
    client.force_login(ministry)
    address = reverse("admin:programs_bimtekstage_history", args=[submitted.pk])

    page = client.get(address).content.decode()

    assert "Pendopo Kabupaten" in page
    assert str(submitted.submitted_by) in page
    assert client.post(address).status_code == 405


def test_the_newest_cohort_comes_first_by_region_and_stage(client, ministry, stage, elsewhere):
    make_participation(elsewhere, stage.participation.cohort)
    make_participation(make_regency("33.01"), make_cohort(2019))
    client.force_login(ministry)

    rows = client.get(LIST).context["cl"].result_list

    assert [
        (row.participation.cohort.year, row.participation.regency.code, row.definition.number)
        for row in rows
    ] == [
        (year, code, number)
        for year, code in ((2019, "33.01"), (2018, "33.15"), (2018, "35.16"))
        for number in (1, 2, 3, 4)
    ]


def test_filters_narrow_the_list(client, ministry, submitted, elsewhere):
    other = make_cohort(2019)
    abroad = make_participation(elsewhere, other)
    client.force_login(ministry)
    everything = set(BimtekStage.objects.values_list("pk", flat=True))

    assert listed(client) == everything
    assert listed(client, status__exact="submitted") == {submitted.pk}
    theirs = set(abroad.stages.values_list("pk", flat=True))
    assert listed(client, cohort=other.pk) == theirs
    assert listed(client, province="35") == theirs
    assert listed(client, definition__number__exact="4", province="35") == {stage_of(abroad, 4).pk}
    assert listed(client, late="no") == {submitted.pk}
    assert listed(client, late="yes") == everything - {submitted.pk}


def test_the_late_filter_agrees_with_the_task_lists(client, ministry, submitted):
    client.force_login(ministry)

    assert listed(client, late="yes") == set(
        BimtekStage.objects.late().values_list("pk", flat=True)
    )
    assert len(listed(client, late="yes")) == 3


@pytest.mark.parametrize(
    "query",
    [
        {"cohort": "x"},
        {"late": "perhaps"},
        {"province": "'"},
        {"q": "'; --"},
        {"status__exact": "x"},
    ],
)
def test_odd_filters_do_no_harm(query, client, ministry, submitted):
    client.force_login(ministry)

    assert client.get(LIST, query).status_code == 200


def test_every_choice_has_its_count(client, ministry, submitted):
    client.force_login(ministry)

    specs = client.get(LIST).context["cl"].filter_specs
    counts = {
        str(spec.title): [str(choice["display"]) for choice in spec.choices(client_list(client))]
        for spec in specs
    }

    assert all(choice.endswith(")") for choices in counts.values() for choice in choices[1:]), (
        counts
    )


def client_list(client):
    return client.get(LIST).context["cl"]


@pytest.mark.parametrize("text", ["kab. grobogan", "33.15", "Pemkab Grobogan"])
def test_the_list_is_searched_by_region(text, client, ministry, participation, elsewhere, cohort):
    make_participation(elsewhere, cohort)
    client.force_login(ministry)

    assert listed(client, q=text) == set(participation.stages.values_list("pk", flat=True))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, cohort, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_participation(make_regency(f"33.{number:02}"), cohort)
    client.force_login(ministry)

    with django_assert_num_queries(21):
        response = client.get(LIST, {"definition__number__exact": "1"})

    assert len(response.context["cl"].result_list) == count


def test_a_late_stage_says_so(client, ministry, submitted):
    client.force_login(ministry)

    page = client.get(LIST).content.decode()

    assert page.count("portal-tag--late") == 3
    assert submitted.due_on == dt.date(2018, 5, 10)


@pytest.mark.parametrize("name", ["transition", "stageversion"])
def test_ledger_and_versions_are_only_read(name, client, ministry, submitted):
    model = {"transition": submitted.transitions, "stageversion": submitted.versions}[name]
    row = model.get()
    client.force_login(ministry)
    change = reverse(f"admin:programs_{name}_change", args=[row.pk])

    assert client.get(reverse(f"admin:programs_{name}_changelist")).status_code == 200
    assert client.get(change).status_code == 200
    assert client.post(change, {"reason": "lain", "number": "9"}).status_code == 403
    assert client.post(reverse(f"admin:programs_{name}_add"), {}).status_code == 403
    delete = reverse(f"admin:programs_{name}_delete", args=[row.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_ledger_offers_no_action():
    for name in ("Transition", "StageVersion"):
        model_admin = next(a for m, a in admin.site._registry.items() if m.__name__ == name)
        assert list(model_admin.actions) == []
