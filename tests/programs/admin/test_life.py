"""The one page that shows the whole life of a participation."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode

from programs.models import Participation
from tests.factories import make_agency, make_cohort, make_participation, stage_of
from tests.nouns import plans
from tests.nouns.participations import live

IN_ORDER = [
    "candidacy",
    "memoranda",
    "bodies",
    "stages",
    "masterplans",
    "initiatives",
    "commitments",
    "awards",
    "evaluations",
    "sources",
]
LIST = reverse("admin:programs_participation_changelist")


def life_page(participation):
    return reverse("admin:programs_participation_life", args=[participation.pk])


def section(response, slug):
    (found,) = [s for s in response.context["life"].sections if s.slug == slug]
    return found


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_much_is_on_record(
    number, client, ministry, participation, django_assert_num_queries
):
    live(participation, number, ministry)
    client.force_login(ministry)
    client.get(life_page(participation))  # content types are read once in a process

    with django_assert_num_queries(36):
        response = client.get(life_page(participation))

    counts = {s.slug: s.count for s in response.context["life"].sections}
    assert [s.slug for s in response.context["life"].sections] == IN_ORDER
    assert counts == {
        "candidacy": 1,
        "memoranda": number,
        "bodies": number,
        "stages": 4,
        "masterplans": number,
        "initiatives": number**2,
        "commitments": number,
        "awards": number,
        "evaluations": number,
        "sources": number * 4,
    }


def test_every_record_has_an_edit_link_and_every_section_an_add_link(
    client, ministry, participation
):
    live(participation, 1, ministry)
    client.force_login(ministry)

    page = client.get(life_page(participation)).content.decode()

    back = urlencode({"_back": life_page(participation)})
    records = [
        participation.regency.candidacies.get(),
        participation.memoranda.get(),
        participation.bodies.get(),
        stage_of(participation, 3),
        participation.masterplans.get(),
        participation.masterplans.get().books.get(),
        participation.masterplans.get().initiatives.get(),
        participation.commitments.get(),
        participation.regency.awards.get(),
        participation.regency.evaluations.get(),
        participation.regency.evaluations.get().recommendations.get(),
        participation.sources.get(),
    ]
    for record in records:
        name = f"admin:programs_{record._meta.model_name}_change"
        assert f'href="{reverse(name, args=[record.pk])}?{back}"' in page
    own, region = f"participation={participation.pk}", f"regency={participation.regency_id}"
    kind = ContentType.objects.get_for_model(Participation)
    for model, query in {
        "letter": f"{region}&amp;cohort={participation.cohort_id}&amp;kind=result",
        "memorandum": own,
        "localbody": own,
        "masterplan": own,
        "initiative": f"masterplan={participation.masterplans.get().pk}",
        "book": f"masterplan={participation.masterplans.get().pk}",
        "commitment": own,
        "award": region,
        "evaluation": region,
        "recommendation": f"evaluation={participation.regency.evaluations.get().pk}",
        "statement": f"content_type={kind.pk}&amp;object_id={participation.pk}",
    }.items():
        assert f'href="{reverse(f"admin:programs_{model}_add")}?{query}&amp;{back}"' in page


@pytest.mark.parametrize(
    "noun", ["memorandum", "localbody", "masterplan", "commitment", "candidacy", "award"]
)
def test_an_added_record_is_filled_in_with_the_participation(
    noun, client, ministry, participation
):
    client.force_login(ministry)
    page = client.get(life_page(participation))
    adds = [add for s in page.context["life"].sections for add in s.adds if add.model == noun]

    (add,) = adds
    form = client.get(f"{reverse(add.route)}?{add.query}").context["adminform"].form

    assert {name: str(form.initial[name]) for name in add.fields} == {
        name: str(value) for name, value in add.fields.items()
    }


def test_an_empty_section_says_what_is_missing_and_whose_turn_it_is(
    client, ministry, participation
):
    client.force_login(ministry)

    response = client.get(life_page(participation))
    page = response.content.decode()

    empty = [s for s in response.context["life"].sections if not s.rows]
    assert {s.slug for s in empty} == set(IN_ORDER) - {"stages"}
    for missing in empty:
        assert escape(str(missing.missing)) in page
        assert escape(str(missing.turn)) in page


def test_an_ended_participation_has_no_turn(client, ministry, participation):
    Participation.objects.update(status="withdrawn", status_reason="Mundur.")
    client.force_login(ministry)

    response = client.get(life_page(participation))

    memoranda = section(response, "memoranda")
    assert str(memoranda.missing) in response.content.decode()
    assert str(memoranda.turn) not in response.content.decode()
    assert "Mundur." in response.content.decode()


def test_initiatives_come_with_their_gaps_quick_wins_first(client, ministry, participation):
    plan = plans.make_plan(participation)
    whole = plans.make_initiative(
        plan, "Zona Hijau", lead_agency=make_agency(participation.regency), is_quick_win=True
    )
    plans.make_year(whole, planned="1500000.00")
    plans.make_initiative(plan, "Aplikasi")
    idle = make_agency(participation.regency, "Dinas Pasar")
    client.force_login(ministry)

    response = client.get(life_page(participation))

    lines = section(response, "initiatives").rows
    assert [(line.initiative.name, [gap.field for gap in line.gaps]) for line in lines] == [
        ("Zona Hijau", []),
        ("Aplikasi", ["year", "lead_agency", "budget"]),
    ]
    figures = section(response, "initiatives").more["figures"]
    assert (figures.quick_wins, figures.incomplete) == (1, 1)
    assert figures.idle_agencies == [idle]
    page = response.content.decode()
    assert "1.500.000" in page
    assert "Dinas Pasar" in page


def test_the_joint_plan_of_the_area_is_there_and_marked(client, ministry, participation):
    joint = plans.make_joint_plan(participation.cohort, participation.regency)
    other = plans.make_joint_plan(make_cohort(2019), slug="lain", title="Kawasan lain")
    participation.area = joint.area
    participation.save()
    client.force_login(ministry)

    response = client.get(life_page(participation))

    assert section(response, "masterplans").rows == [joint]
    page = response.content.decode()
    assert "Rencana bersama" in page or "Joint plan" in page
    assert other.title not in page


def test_a_region_of_another_cohort_leads_there_and_back(client, ministry, participation):
    again = make_participation(participation.regency, make_cohort(2022))
    client.force_login(ministry)

    for here, there in ((participation, again), (again, participation)):
        for address in (
            life_page(here),
            reverse("admin:programs_participation_change", args=[here.pk]),
        ):
            assert f'href="{life_page(there)}"' in client.get(address).content.decode()


def test_list_form_life_and_history_lead_to_each_other(client, ministry, participation):
    client.force_login(ministry)
    form = reverse("admin:programs_participation_change", args=[participation.pk])
    past = reverse("admin:programs_participation_history", args=[participation.pk])

    def links(address):
        return client.get(address).content.decode()

    assert f'<a href="{life_page(participation)}">' in links(LIST)
    assert life_page(participation) in links(form)
    assert life_page(participation) in links(past)
    assert f'href="{form}?' in links(life_page(participation))
    assert past in links(life_page(participation))


def test_a_participation_that_is_not_there_is_not_found(client, ministry):
    client.force_login(ministry)

    assert client.get("/admin/programs/participation/999999/life/").status_code == 404
