import pytest
from django.urls import reverse

from programs.models import BookSection, LegalInstrument, Masterplan
from tests import factories
from tests.nouns import plans

ADD = reverse("admin:programs_masterplan_add")
LIST = reverse("admin:programs_masterplan_changelist")


def form_of(*laws, **fields):
    given = {"title": "Masterplan", "version": 1, "first_year": 2018, "last_year": 2023}
    given |= {"legal_instruments-TOTAL_FORMS": len(laws), "legal_instruments-INITIAL_FORMS": 0}
    for number, law in enumerate(laws):
        given |= {f"legal_instruments-{number}-{name}": value for name, value in law.items()}
    return {name: value for name, value in (given | fields).items() if value is not None}


def change(plan):
    return reverse("admin:programs_masterplan_change", args=[plan.pk])


def errors(response):
    assert response.status_code == 200
    return set(response.context["adminform"].errors)


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


def test_ministry_staff_adds_a_plan_with_its_regulation(client, ministry, participation):
    client.force_login(ministry)
    law = {"form": "perbup", "number_as_printed": "91 Tahun 2018"}

    response = client.post(ADD, form_of(law, participation=participation.pk))

    assert response.status_code == 302
    assert Masterplan.objects.get().participation == participation
    assert str(LegalInstrument.objects.get()) == "Perbup 91 Tahun 2018"


def test_ministry_staff_adds_the_joint_plan_of_an_area(client, ministry, cohort):
    area = plans.make_joint_plan(cohort, version=1).area
    client.force_login(ministry)

    response = client.post(ADD, form_of(area=area.pk, cohort=cohort.pk, version=2))

    assert response.status_code == 302
    assert Masterplan.objects.get(version=2).definitions == cohort


def test_an_officer_adds_nothing(client, officer, participation):
    client.force_login(officer)

    assert client.post(ADD, form_of(participation=participation.pk)).status_code == 403
    assert Masterplan.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ([], "participation"),
        (["participation", "area"], "area"),
        (["participation", "cohort"], "cohort"),
        (["area"], "cohort"),
    ],
)
def test_a_plan_of_nobody_or_of_two_is_told_which_field(
    given, field, client, ministry, participation, cohort
):
    rows = {"participation": participation.pk, "cohort": cohort.pk}
    rows["area"] = plans.make_joint_plan(cohort).area.pk
    client.force_login(ministry)

    response = client.post(ADD, form_of(**{name: rows[name] for name in given}))

    assert field in errors(response)
    assert Masterplan.objects.count() == 1


def test_a_period_that_leaves_a_quick_win_outside_is_refused_by_its_name(client, ministry, plan):
    quick_win = plans.make_initiative(plan, "Bank Sampah", is_quick_win=True)
    plans.make_year(quick_win, 2018)
    client.force_login(ministry)

    response = client.post(change(plan), form_of(first_year=2020))

    assert errors(response) == {"last_year"}
    assert "Bank Sampah" in response.content.decode()
    plan.refresh_from_db()
    assert plan.first_year == 2018


def test_whose_plan_it_is_stays(client, ministry, plan, elsewhere):
    other = factories.make_participation(elsewhere, plan.definitions)
    client.force_login(ministry)

    response = client.post(change(plan), form_of(participation=other.pk, title="Baru"))

    assert response.status_code == 302
    before, plan = plan, Masterplan.objects.get()
    assert (plan.participation, plan.title) == (before.participation, "Baru")


def test_the_page_tells_what_the_plan_has(client, ministry, plan, cohort, regency):
    definition = plans.make_definition(cohort, 1, "Kesiapan", "Kesenjangan")
    plans.make_definition(cohort, 2)
    book = plans.make_book(plan, definition)
    BookSection.objects.create(book=book, definition=definition.sections.first(), text="Ada.")
    plans.make_law(plan)
    factories.make_agency(regency, "Dinas Kesehatan")
    leads = factories.make_agency(regency, "Dinas Lingkungan Hidup")
    plans.make_year(plans.make_initiative(plan, lead_agency=leads), planned="250000000.50")
    client.force_login(ministry)

    page = client.get(change(plan)).content.decode()

    for words in (
        "Perbup 91 Tahun 2018",
        reverse("admin:programs_book_change", args=[book.pk]),
        "Kesenjangan",
        f"{reverse('admin:programs_book_add')}?masterplan={plan.pk}&amp;definition=",
        "Dinas Kesehatan",
        "Rp 250.000.000,50",
    ):
        assert words in page
    assert "Dinas Lingkungan Hidup</li>" not in page


def listed(client, **query):
    return {row.pk for row in client.get(LIST, query).context["cl"].result_list}


def test_the_list_is_searched_and_filtered_by_region_and_area(
    client, ministry, plan, elsewhere, cohort
):
    joint = plans.make_joint_plan(factories.make_cohort(2021), elsewhere)
    plans.make_law(plan)
    client.force_login(ministry)

    assert listed(client, q="kab. grobogan") == {plan.pk}
    assert listed(client, q="kab. mojokerto") == {joint.pk}
    assert listed(client, q="danau") == {joint.pk}
    assert listed(client, cohort=cohort.pk) == {plan.pk}
    assert listed(client, cohort=joint.cohort_id) == {joint.pk}
    assert listed(client, province="35") == {joint.pk}
    assert listed(client, law="yes") == {plan.pk}
    assert listed(client, law="no") == {joint.pk}


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, cohort, django_assert_num_queries
):
    for number in range(1, count + 1):
        row = factories.make_participation(factories.make_regency(f"33.{number:02}"), cohort)
        plans.make_law(plans.make_plan(row))
    client.force_login(ministry)

    with django_assert_num_queries(18):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
