import re

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import BimtekStage, Cohort, Participation, Requirement
from tests.factories import make_cohort, make_participation, make_regency

LIST = reverse("admin:programs_cohort_changelist")
OPEN = reverse("admin:programs_cohort_open")


def form_of(cohort, **fields):
    rows = list(cohort.stage_definitions.all())
    data = {
        "program": cohort.program_id,
        "year": cohort.year,
        "slug": cohort.slug,
        "phase": cohort.phase,
        "publication": cohort.publication,
        "stage_definitions-TOTAL_FORMS": len(rows),
        "stage_definitions-INITIAL_FORMS": len(rows),
    }
    for number, row in enumerate(rows):
        data |= {
            f"stage_definitions-{number}-id": row.pk,
            f"stage_definitions-{number}-cohort": cohort.pk,
            f"stage_definitions-{number}-number": row.number,
            f"stage_definitions-{number}-title": row.title,
        }
    return data | fields


def page_of(cohort):
    return reverse("admin:programs_cohort_change", args=[cohort.pk])


@pytest.fixture
def unopened(cohort, regency):
    """A cohort with one active and one withdrawn participant, nothing opened yet."""
    Participation.objects.create(regency=regency, cohort=cohort)
    Participation.objects.create(
        regency=make_regency("33.16"), cohort=cohort, status="withdrawn", status_reason="Mundur."
    )
    return cohort


def publish(cohort):
    Cohort.objects.filter(pk=cohort.pk).update(definitions_published_at=timezone.now())


def test_opening_asks_first_from_the_list_and_from_the_page(client, ministry, unopened):
    client.force_login(ministry)

    from_list = client.post(LIST, {"action": "open_stages", "_selected_action": [unopened.pk]})
    from_page = client.get(OPEN, {"rows": unopened.slug})

    definitions = list(unopened.stage_definitions.all())
    asked = [(unopened, 1, definitions)]
    assert from_list.context["cohorts"] == from_page.context["cohorts"] == asked
    assert not BimtekStage.objects.exists()


def test_nothing_opens_before_the_definitions_are_published(client, ministry, unopened):
    client.force_login(ministry)

    page = client.get(OPEN, {"rows": unopened.slug}).content.decode()
    said = client.post(OPEN, {"rows": [unopened.slug]}, follow=True).context["messages"]

    guide = reverse("admin:programs_cohort_prepare", args=[unopened.pk])
    assert (f'href="{guide}"' in page, f'action="{OPEN}"' in page) == (True, False)
    assert [message.level_tag for message in said] == ["error"]
    assert not BimtekStage.objects.exists()


def test_opening_adds_what_is_owed_and_says_how_much(client, ministry, unopened):
    publish(unopened)
    client.force_login(ministry)

    first = client.post(OPEN, {"rows": [unopened.slug]}, follow=True)
    again = client.post(OPEN, {"rows": [unopened.slug]}, follow=True)

    assert BimtekStage.objects.count() == 4
    (said,) = first.context["messages"]
    assert ("4" in str(said), said.level_tag) == (True, "success")
    assert "0" in str(next(iter(again.context["messages"])))


def test_opening_needs_a_cohort_and_the_right_to_manage(client, ministry, unopened, officer):
    client.force_login(ministry)
    assert client.post(OPEN, {"rows": ["none"]}).headers["Location"] == LIST

    client.force_login(officer)
    assert client.post(OPEN, {"rows": [unopened.slug]}).status_code == 403
    assert not BimtekStage.objects.exists()


def test_no_form_publishes_a_cohort(client, ministry, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(publication="internal")
    client.force_login(ministry)

    response = client.post(page_of(cohort), form_of(cohort, publication="public"))

    assert response.status_code == 302
    assert Cohort.objects.get().publication == "internal"


def test_a_cohort_is_made_public_by_a_deed_that_example_data_refuses(client, ministry, cohort):
    step = reverse("admin:programs_cohort_step", args=["make_public"])
    Cohort.objects.filter(pk=cohort.pk).update(is_example=True, publication="internal")
    client.force_login(ministry)

    client.post(step, {"rows": cohort.pk})
    assert Cohort.objects.get().publication == "internal"

    Cohort.objects.update(is_example=False)
    client.post(step, {"rows": cohort.pk})
    assert Cohort.objects.get().publication == "public"


def test_an_opened_stage_keeps_its_number_and_cannot_be_deleted(client, ministry, participation):
    cohort = participation.cohort
    client.force_login(ministry)

    client.post(page_of(cohort), form_of(cohort, **{"stage_definitions-0-number": "3"}))
    deleted = client.post(page_of(cohort), form_of(cohort, **{"stage_definitions-0-DELETE": "on"}))

    assert deleted.status_code == 200
    assert [d.number for d in cohort.stage_definitions.all()] == [1, 2, 3, 4]


def test_a_requirement_somebody_owes_keeps_its_short_name(client, ministry, participation):
    definition = participation.cohort.stage_definitions.first()
    requirement = definition.requirements.get()
    client.force_login(ministry)

    response = client.post(
        reverse("admin:programs_stagedefinition_change", args=[definition.pk]),
        {
            "number": 1,
            "title": definition.title,
            "requirements-TOTAL_FORMS": 1,
            "requirements-INITIAL_FORMS": 1,
            "requirements-0-id": requirement.pk,
            "requirements-0-definition": definition.pk,
            "requirements-0-slug": "lain",
            "requirements-0-title": "Buku Satu",
            "requirements-0-position": 1,
        },
    )

    assert response.status_code == 302
    changed = Requirement.objects.get(pk=requirement.pk)
    assert (changed.slug, changed.title) == ("buku-1", "Buku Satu")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, django_assert_num_queries
):
    for number in range(count):
        make_participation(cohort=make_cohort(2025 + number))
    client.force_login(ministry)

    with django_assert_num_queries(14):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count


def test_the_question_lists_dates_and_outputs_of_every_stage(client, ministry, unopened):
    first, second, *_rest = unopened.stage_definitions.all()
    type(first).objects.filter(pk=first.pk).update(due_on="2018-03-05")
    type(first).objects.filter(pk=second.pk).update(due_on=None)
    second.requirements.all().delete()
    publish(unopened)
    client.force_login(ministry)

    page = client.get(OPEN, {"rows": unopened.slug}).content.decode()

    items = [" ".join(item.split()) for item in re.findall(r"<li>(Bimtek .*?)</li>", page, re.S)]
    assert len(items) == 4
    assert "5 Mar 2018" in items[0]
    assert f" {first.requirements.count()} " in items[0]
    assert not re.search(r"[0-9]", items[1])  # words, where there is neither date nor output
    assert f'action="{OPEN}"' in page


def test_a_cohort_without_stage_definitions_is_not_opened_but_led_on(client, ministry, unopened):
    bare = make_cohort(2019)
    publish(unopened)
    bare.stage_definitions.all().delete()
    client.force_login(ministry)

    alone = client.get(OPEN, {"rows": bare.slug}).content.decode()
    together = client.get(OPEN, {"rows": [bare.slug, unopened.slug]}).content.decode()

    assert f'action="{OPEN}"' not in alone
    assert f'href="{page_of(bare)}"' in alone
    assert f'name="rows" value="{unopened.slug}"' in together
    assert f'name="rows" value="{bare.slug}"' not in together
