"""What the database refuses is said in words by the admin's forms."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse

from programs.models import Participation, Requirement, StageDefinition
from regencies.models import Agency
from tests.factories import make_agency, make_cohort


def change(row):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def form_of(definition, **fields):
    return {
        "number": definition.number,
        "title": definition.title,
        "requirements-TOTAL_FORMS": 0,
        "requirements-INITIAL_FORMS": 0,
    } | fields


def test_a_trigger_that_a_form_trips_becomes_a_sentence(
    client, ministry, participation, elsewhere, monkeypatch
):
    model_admin = admin.site._registry[Participation]
    shown = [*model_admin.readonly_fields, "publication"]
    monkeypatch.setattr(model_admin, "get_readonly_fields", lambda *_: shown)
    client.force_login(ministry)
    sent = {
        "regency": elsewhere.pk,
        "cohort": participation.cohort_id,
        "entry": participation.entry,
        "assignments-TOTAL_FORMS": 0,
        "assignments-INITIAL_FORMS": 0,
    }

    response = client.post(change(participation), sent)

    assert response.headers["Location"] == change(participation)
    (said,) = get_messages(response.wsgi_request)
    assert said.level_tag == "error"
    assert Participation.objects.get().regency == participation.regency


def test_a_number_that_the_cohort_has_already_is_refused_beside_the_form(client, ministry, cohort):
    second = cohort.stage_definitions.get(number=2)
    client.force_login(ministry)

    response = client.post(change(second), form_of(second, number=1))

    assert response.status_code == 200
    assert response.context["adminform"].errors["__all__"]
    second.refresh_from_db()
    assert second.number == 2


def test_an_opened_stage_definition_keeps_number_and_cohort(client, ministry, participation):
    definition = participation.cohort.stage_definitions.get(number=1)
    other = make_cohort(2019)
    client.force_login(ministry)

    response = client.post(
        change(definition), form_of(definition, number=2, cohort=other.pk, title="Judul baru")
    )

    assert response.status_code == 302
    changed = StageDefinition.objects.get(pk=definition.pk)
    assert (changed.number, changed.cohort) == (1, participation.cohort)
    assert changed.title == "Judul baru"


@pytest.mark.parametrize("elsewhere_too", [False, True])
def test_a_requirement_that_outputs_answer_to_is_neither_deleted_nor_moved(
    elsewhere_too, client, ministry, participation
):
    definition = participation.cohort.stage_definitions.get(number=1)
    requirement = definition.requirements.get()
    moved_to = participation.cohort.stage_definitions.get(number=2)
    row = {
        "requirements-TOTAL_FORMS": 1,
        "requirements-INITIAL_FORMS": 1,
        "requirements-0-id": requirement.pk,
        "requirements-0-definition": moved_to.pk if elsewhere_too else definition.pk,
        "requirements-0-slug": requirement.slug,
        "requirements-0-title": requirement.title,
        "requirements-0-position": 1,
    }
    row |= {} if elsewhere_too else {"requirements-0-DELETE": "on"}
    client.force_login(ministry)

    response = client.post(change(definition), form_of(definition, **row))

    assert response.status_code == 200
    assert Requirement.objects.get(pk=requirement.pk).definition == definition


def test_an_agency_is_not_renamed_to_its_neighbour(client, ministry, regency):
    first, second = make_agency(regency), Agency.objects.create(regency=regency, name="Bappeda")
    client.force_login(ministry)

    response = client.post(change(second), {"name": first.name})

    assert response.status_code == 200
    assert response.context["adminform"].errors["__all__"]
    second.refresh_from_db()
    assert second.name == "Bappeda"
