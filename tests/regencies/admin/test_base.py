import re

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from regencies.access import ScopedQuerySet
from regencies.admin.base import Scoped, ScopedAdmin
from regencies.models import Agency, Area, Membership, OfficeTerm, Regency, User
from tests.factories import make_agency

LISTS = [
    (model._meta.app_label, model._meta.model_name)
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label)
]

#: What is found by typing: the searched model, and a field that leads to it.
SEARCHED = {
    field.remote_field.model: (model, field.name)
    for model in apps.get_models()
    for field in model._meta.fields
    if field.is_relation
    and getattr(admin.site._registry.get(field.remote_field.model), "search_fields", ())
}


def asking(user, address="/admin/"):
    request = RequestFactory().get(address)
    request.user = user
    return request


def superuser(user):
    user.is_superuser = True
    user.save()
    return user


#: Edited on the page of the row above them; they have no list of their own.
PARTS = {
    "AssessorScore", "Assignment", "BodyMember", "BookSection", "CommitmentSignatory",
    "ComponentScore", "EvaluationComponent", "FollowUp", "FormerCode", "Output", "OutputVersion",
    "PillarAlias", "PillarScore", "RegencyAlias", "SectionDefinition", "Session", "Signatory",
    "SubDimension", "SupportingAgency",
}  # fmt: skip


def test_every_noun_has_a_list_or_is_a_part_and_no_other_package_has_one():
    nouns = {
        model
        for app in ("programs", "regencies")
        for model in apps.get_app_config(app).get_models()
        if not issubclass(model, pghistory.models.Event)
    }

    assert set(admin.site._registry) <= nouns
    assert {model.__name__ for model in nouns - set(admin.site._registry)} == PARTS


def test_every_admin_and_every_inline_is_scoped():
    doors = [
        (model_admin, inline)
        for model_admin in admin.site._registry.values()
        for inline in [None, *model_admin.inlines]
    ]
    assert all(isinstance(model_admin, ScopedAdmin) for model_admin, _ in doors)
    assert all(issubclass(inline, Scoped) for _, inline in doors if inline)


@pytest.mark.parametrize(("app", "name"), LISTS)
@pytest.mark.parametrize(
    "who", ["contributor", "officer", "signer", "observer", "expert", "stranger", "nobody"]
)
def test_nobody_without_the_right_to_manage_sees_a_list(app, name, who, client, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"admin:{app}_{name}_changelist")).status_code == 403


@pytest.mark.parametrize(("app", "name"), LISTS)
def test_the_ministry_and_a_superuser_open_every_list(app, name, client, ministry, nobody):
    address = reverse(f"admin:{app}_{name}_changelist")

    client.force_login(ministry)
    assert client.get(address).status_code == 200
    client.force_login(superuser(nobody))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("app", "name"), LISTS)
def test_no_page_carries_inline_script_or_style(app, name, client, ministry, participation):
    client.force_login(ministry)
    addresses = [reverse(f"admin:{app}_{name}_changelist")]
    if admin.site._registry[apps.get_model(app, name)].has_add_permission(asking(ministry)):
        addresses.append(reverse(f"admin:{app}_{name}_add"))

    for address in addresses:
        response = client.get(address)
        assert "style-src 'self'" in response.headers["Content-Security-Policy"]
        page = response.content.decode()
        assert re.findall(r"<style|<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=", page) == []


def test_a_visitor_is_sent_to_the_portals_own_sign_in(client, db):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_djangos_own_sign_in_form_takes_no_passwords(client, ministry):
    response = client.post(
        "/admin/login/", {"username": ministry.email, "password": "kata sandi untuk uji"}
    )

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("model", [Regency, Agency, OfficeTerm])
def test_lists_start_from_the_rows_in_sight(model, officer, regency, elsewhere):
    for place in (regency, elsewhere):
        OfficeTerm.objects.create(
            regency=place, agency=make_agency(place), person="Nama", title="Kepala"
        )
    model_admin = admin.site._registry[model]

    rows = model_admin.get_queryset(asking(officer))

    assert isinstance(rows, ScopedQuerySet)
    assert set(rows) == set(model.objects.visible_to(officer))
    assert 0 < rows.count() < model.objects.count()


def test_choices_of_a_foreign_key_are_the_rows_in_sight(officer, regency, elsewhere):
    model_admin = admin.site._registry[Agency]

    field = model_admin.formfield_for_foreignkey(
        Agency._meta.get_field("regency"), asking(officer)
    )
    several = admin.site._registry[Area].formfield_for_manytomany(
        Area._meta.get_field("regencies"), asking(officer)
    )

    assert list(field.queryset) == [regency]
    assert list(several.queryset) == [regency]


def autocomplete(client, model, field, term):
    return client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": field,
            "term": term,
        },
    )


def test_autocomplete_answers_those_who_manage_with_code_and_place(
    client, ministry, regency, elsewhere
):
    client.force_login(ministry)
    agency = make_agency(regency)

    places = autocomplete(client, Agency, "regency", "kab. grobogan").json()["results"]
    offices = autocomplete(client, Membership, "agency", "informatika").json()["results"]

    assert places == [{"id": str(regency.pk), "text": "Kabupaten Grobogan (33.15)"}]
    text = "Dinas Komunikasi dan Informatika (Kabupaten Grobogan)"
    assert offices == [{"id": str(agency.pk), "text": text}]


@pytest.mark.parametrize("who", ["signer", "observer", "expert", "nobody"])
def test_autocomplete_refuses_everybody_else(who, client, request):
    client.force_login(request.getfixturevalue(who))

    assert autocomplete(client, Agency, "regency", "grobogan").status_code == 403


@pytest.mark.parametrize("target", SEARCHED, ids=lambda model: model._meta.model_name)
def test_every_list_that_is_searched_by_typing_has_one_order(target, client, ministry):
    """Django warns of a list without an order, and a warning fails the test."""
    client.force_login(ministry)
    model, field = SEARCHED[target]

    assert autocomplete(client, model, field, "a").status_code == 200

    *_others, last = admin.site._registry[target].get_queryset(asking(ministry)).query.order_by
    assert last.endswith("pk") or target._meta.get_field(last).unique


def test_what_is_history_cannot_be_deleted():
    deletable = {
        model.__name__
        for model, model_admin in admin.site._registry.items()
        if model_admin.can_be_deleted
    }

    # Reference rows, and rows that nothing follows yet; each admin says when, the database last.
    assert deletable == {
        "Area", "AssessmentCriterion", "Award", "AwardCategory", "Book", "Contradiction",
        "EvaluationScheme", "Initiative", "LegalInstrument", "Partnership", "Recommendation",
        "Source", "Statement", "YearPlan",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["province", "regency", "agency", "user", "membership"])
def test_a_delete_address_typed_by_hand_is_refused(name, client, ministry, contributor):
    rows = {
        "province": Regency.objects.get(code="33.15").province,
        "regency": Regency.objects.get(code="33.15"),
        "agency": Agency.objects.get(),
        "user": contributor,
        "membership": contributor.memberships.get(),
    }
    client.force_login(ministry)
    address = reverse(f"admin:regencies_{name}_delete", args=[rows[name].pk])

    assert client.post(address, {"post": "yes"}).status_code == 403
    assert type(rows[name]).objects.filter(pk=rows[name].pk).exists()


def test_nothing_is_deleted_by_the_dozen(client, ministry, contributor):
    client.force_login(ministry)
    area = Area.objects.create(slug="toba", name="Danau Toba")

    client.post(
        reverse("admin:regencies_area_changelist"),
        {"action": "delete_selected", "_selected_action": [area.pk], "post": "yes"},
    )

    assert Area.objects.filter(pk=area.pk).exists()
    assert User.objects.filter(pk=contributor.pk).exists()
