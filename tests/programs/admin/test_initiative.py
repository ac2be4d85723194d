import datetime as dt

import pytest
from django.urls import reverse

from programs.models import Initiative
from tests import factories
from tests.nouns import plans

ADD = reverse("admin:programs_initiative_add")
LIST = reverse("admin:programs_initiative_changelist")


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


@pytest.fixture
def initiative(plan):
    return plans.make_initiative(plan)


def change(row):
    return reverse("admin:programs_initiative_change", args=[row.pk])


def rows_of(prefix, *rows):
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def form_of(plan, *years, support=(), **fields):
    given = {"masterplan": plan.pk, "name": "Bank Sampah", "pillar": plans.make_pillar().pk}
    years = [{"year": year, "fund_source": "apbd", "planned": "250000000"} for year in years]
    helping = [{"agency": agency.pk} for agency in support]
    return given | rows_of("years", *years) | rows_of("support", *helping) | fields


def errors(response):
    assert response.status_code == 200
    found = set(response.context["adminform"].errors)
    for inline in response.context["inline_admin_formsets"]:
        found |= {name for form in inline.formset.errors for name in form}
        found |= {inline.formset.prefix} if inline.formset.non_form_errors() else set()
    return found


def test_ministry_staff_adds_an_initiative_with_years_and_helpers(client, ministry, plan, regency):
    leads, helps = factories.make_agency(regency, "DLH"), factories.make_agency(regency, "Bappeda")
    client.force_login(ministry)

    response = client.post(
        ADD, form_of(plan, 2019, 2020, support=[helps], lead_agency=leads.pk, is_quick_win="on")
    )

    assert response.status_code == 302
    row = Initiative.objects.complete().get()
    assert (row.lead_agency, row.is_quick_win, row.state) == (leads, True, "planned")
    assert [year.year for year in row.years.all()] == [2019, 2020]
    assert [helper.agency for helper in row.support.all()] == [helps]


def test_an_officer_adds_none_here(client, officer, plan):
    client.force_login(officer)

    assert client.post(ADD, form_of(plan, 2019)).status_code == 403
    assert Initiative.objects.count() == 0


def test_a_pillar_is_known_by_its_words_and_a_seventh_is_refused(client, ministry, plan):
    plans.make_pillars()
    client.force_login(ministry)

    refused = client.post(ADD, form_of(plan, pillar="Smart Mobility"))
    assert errors(refused) == {"pillar"}
    assert "Smart Governance, Smart Branding" in refused.content.decode()
    assert client.post(ADD, form_of(plan, pillar="smart living")).status_code == 302
    assert Initiative.objects.get().pillar.slug == "living"


def test_what_belongs_elsewhere_is_told_beside_its_field(client, ministry, plan, elsewhere):
    theirs = factories.make_agency(elsewhere)
    part = plans.make_part(plans.make_pillar("living", 4))
    client.force_login(ministry)

    response = client.post(
        ADD, form_of(plan, support=[theirs], lead_agency=theirs.pk, sub_dimension=part.pk)
    )

    assert errors(response) == {"lead_agency", "sub_dimension", "agency"}
    response = client.post(ADD, form_of(plan, support=[theirs]))
    assert errors(response) == {"agency"}


def test_who_leads_does_not_help_as_well(client, ministry, plan, regency):
    agency = factories.make_agency(regency)
    client.force_login(ministry)

    response = client.post(ADD, form_of(plan, support=[agency], lead_agency=agency.pk))

    assert errors(response) == {"agency"}


def test_a_quick_win_outside_the_period_is_refused_until_it_is_explained(client, ministry, plan):
    client.force_login(ministry)
    sent = form_of(plan, 2019, 2024, is_quick_win="on")

    refused = client.post(ADD, sent)
    assert errors(refused) == {"years"}
    assert "2018–2023" in refused.content.decode()
    assert client.post(ADD, sent | {"outside_period_reason": "Lanjutan."}).status_code == 302


def test_money_below_zero_is_refused_beside_its_field(client, ministry, plan):
    client.force_login(ministry)

    response = client.post(ADD, form_of(plan, 2019) | {"years-0-planned": "-1"})

    assert errors(response) == {"planned"}


def test_no_form_moves_plan_state_or_publication(client, ministry, initiative, plan):
    other = plans.make_plan(plan.participation, version=2)
    client.force_login(ministry)
    moved = {"state": "done", "stopped_on": "2020-01-01", "publication": "public"}

    response = client.post(change(initiative), form_of(other, **moved))

    assert response.status_code == 302
    initiative.refresh_from_db()
    assert (initiative.masterplan, initiative.state) == (plan, "planned")
    assert initiative.publication == "internal"


def act(client, verb, *rows, **answer):
    address = reverse("admin:programs_initiative_step", args=[verb])
    return client.post(address, {"rows": [row.pk for row in rows]} | answer)


def ask(client, verb, *rows):
    return client.post(LIST, {"action": verb, "_selected_action": [row.pk for row in rows]})


def test_a_stop_asks_for_day_and_reason_and_tells_what_came_of_each(client, ministry, plan):
    rows = [plans.make_initiative(plan, f"Program {number}") for number in range(2)]
    Initiative.objects.filter(pk=rows[1].pk).update(state="done")
    client.force_login(ministry)

    asked = ask(client, "stop", *rows)
    assert [bool(row.refusal) for row in asked.context["rows"]] == [False, True]
    empty = act(client, "stop", *rows, on="17.3.", reason=" ")
    assert set(empty.context["answer"].errors) == {"on", "reason"}
    done = act(client, "stop", *rows, on="17/03/2020", reason="Pandemi.")

    assert [result[:2] for result in done.context["results"]] == [
        (rows[0], True),
        (rows[1], False),
    ]
    rows[0].refresh_from_db()
    assert (rows[0].stopped_on, rows[0].stopped_reason) == (dt.date(2020, 3, 17), "Pandemi.")


def test_the_page_offers_the_steps_that_are_open(client, ministry, initiative):
    client.force_login(ministry)

    def offered():
        deeds = client.get(change(initiative)).context["open_deeds"]
        return [deed.verb for deed, _address in deeds]

    assert offered() == ["start", "finish", "stop"]
    act(client, "start", initiative)
    assert offered() == ["finish", "stop"]
    act(client, "finish", initiative)
    assert offered() == ["resume"]
    act(client, "resume", initiative)
    initiative.refresh_from_db()
    assert initiative.state == "running"


def listed(client, **query):
    return {row.name for row in client.get(LIST, query).context["cl"].result_list}


def test_the_list_is_filtered_by_what_is_missing_and_where_it_is(
    client, ministry, plan, regency, elsewhere
):
    whole = plans.make_initiative(plan, "Lengkap", lead_agency=factories.make_agency(regency))
    plans.make_year(whole)
    plans.make_initiative(plan, "Kurang", pillar=plans.make_pillar("living", 4), horizon="short")
    joint = plans.make_joint_plan(factories.make_cohort(2021), elsewhere)
    plans.make_initiative(joint, "Bersama", is_quick_win=True)
    client.force_login(ministry)

    assert listed(client, complete="yes") == {"Lengkap"}
    assert listed(client, complete="no") == {"Kurang", "Bersama"}
    assert listed(client, pillar__id__exact=plans.make_pillar("living", 4).pk) == {"Kurang"}
    assert listed(client, is_quick_win__exact=1) == {"Bersama"}
    assert listed(client, horizon__exact="short") == {"Kurang"}
    assert listed(client, cohort=joint.cohort_id) == {"Bersama"}
    assert listed(client, province="33") == {"Lengkap", "Kurang"}
    assert listed(client, plan=joint.pk) == {"Bersama"}
    assert listed(client, q="kab. mojokerto") == {"Bersama"}
    assert listed(client, q="grobogan") == {"Lengkap", "Kurang"}


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, plan, regency, django_assert_num_queries
):
    for number in range(count):
        agency = factories.make_agency(regency, f"Dinas {number}")
        plans.make_initiative(plan, f"Program {number}", lead_agency=agency)
    client.force_login(ministry)

    with django_assert_num_queries(23):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("kept", ["public", "claimed"])
def test_an_initiative_that_is_public_or_has_claims_is_not_deleted(
    kept, client, ministry, initiative
):
    if kept == "claimed":
        plans.make_claim(initiative)
    else:
        Initiative.objects.update(publication="public")
    client.force_login(ministry)
    delete = reverse("admin:programs_initiative_delete", args=[initiative.pk])

    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Initiative.objects.count() == 1
