import datetime as dt

import pytest
from django.urls import reverse

from programs.models import Award, AwardCategory, AwardEvent, Participation
from tests import factories
from tests.nouns import honours


@pytest.fixture
def category(db):
    return honours.make_category()


@pytest.fixture
def page(category):
    return reverse("admin:programs_awardevent_recipients", args=[category.event.pk])


def filled(category, **fields):
    body = category.event.organiser.pk
    return {"category": category.pk, "awarding_body": body, "given_by": "Dirjen"} | fields


def confirmed(category, regencies, **fields):
    rows = [regency.pk for regency in regencies]
    return filled(category, rows=rows, _confirm="yes", **fields)


EVENT = {
    "name": "Expo 2019",
    "held_on": "2019-11-04",
    "place": "Balai Sudirman",
    "categories-TOTAL_FORMS": 2,
    "categories-INITIAL_FORMS": 0,
    "categories-0-name": "Best Smart Environment",
    "categories-0-kind": "programme",
    "categories-1-name": "Favorit lomba video",
    "categories-1-kind": "competition",
}


def test_an_event_is_added_with_its_categories_by_the_ministry_alone(client, ministry, officer):
    body = honours.make_institution()
    client.force_login(officer)
    assert client.post(honours.adding(AwardEvent), EVENT).status_code == 403

    client.force_login(ministry)
    response = client.post(honours.adding(AwardEvent), EVENT | {"organiser": body.pk})

    assert response.status_code == 302
    event = AwardEvent.objects.get()
    assert (event.held_on, event.organiser) == (dt.date(2019, 11, 4), body)
    kinds = event.categories.values_list("kind", flat=True)
    assert sorted(kinds) == ["competition", "programme"]


def test_a_category_is_added_alone_and_keeps_its_name_within_the_event(client, ministry, category):
    client.force_login(ministry)
    form = {"event": category.event.pk, "name": "Smart Living", "kind": "programme"}

    assert client.post(honours.adding(AwardCategory), form).status_code == 302
    again = client.post(honours.adding(AwardCategory), form)
    assert (again.status_code, AwardCategory.objects.count()) == (200, 2)
    assert again.context["adminform"].form.errors


def test_an_award_is_added_by_the_ministry_alone(client, ministry, officer, category, regency):
    form = {"category": category.pk, "regency": regency.pk}
    client.force_login(officer)
    assert client.post(honours.adding(Award), form).status_code == 403

    client.force_login(ministry)
    without = client.post(honours.adding(Award), form)
    assert list(without.context["adminform"].form.errors) == ["awarding_body"]
    body = category.event.organiser.pk
    assert client.post(honours.adding(Award), form | {"awarding_body": body}).status_code == 302
    assert Award.objects.get().regency == regency


def test_a_public_award_is_not_deleted_an_internal_one_may_be(client, ministry, regency, category):
    award = honours.make_award(regency, category, publication="public")
    address = reverse("admin:programs_award_delete", args=[award.pk])
    client.force_login(ministry)

    assert client.post(address, {"post": "yes"}).status_code == 403
    Award.objects.update(publication="internal")
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Award.objects.exists()


def test_fifty_are_honoured_in_one_go_after_a_look_at_every_row(
    client, ministry, category, cohort, page
):
    for number in range(1, 52):
        Participation.objects.create(
            regency=factories.make_regency(f"33.{number:02}"), cohort=cohort
        )
    last = Participation.objects.last()
    Participation.objects.filter(pk=last.pk).update(status="withdrawn", status_reason="Mundur.")
    client.force_login(ministry)

    asked = client.get(page)
    preview = client.post(page, filled(category, cohort=cohort.pk))
    assert not Award.objects.exists()
    rows = [regency for regency, _has_it in preview.context["rows"]]
    done = client.post(page, confirmed(category, rows, cohort=cohort.pk))

    assert asked.context["form"].initial["awarding_body"] == category.event.organiser_id
    assert (preview.context["new"], done.context["new"]) == (50, 50)
    assert [result.is_new for result in done.context["results"]] == [True] * 50
    awards = Award.objects.filter(category=category, given_by="Dirjen")
    assert awards.count() == 50
    assert not awards.filter(regency=last.regency).exists()


def test_names_in_any_spelling_join_the_cohort_and_who_has_it_is_said(
    client, ministry, category, regency, elsewhere, cohort, page
):
    Participation.objects.create(regency=regency, cohort=cohort)
    honours.make_award(elsewhere, category)
    client.force_login(ministry)

    preview = client.post(
        page, filled(category, cohort=cohort.pk, names="pemkab grobogan\n\nKab. Mojokerto\n")
    )

    assert preview.context["rows"] == [(regency, False), (elsewhere, True)]
    assert preview.context["new"] == 1


def test_lines_nobody_understands_are_named_and_stay(client, ministry, category, regency, page):
    factories.make_regency("35.76", name="Mojokerto", official_name="Kota Mojokerto")
    factories.make_regency("35.16", name="Mojokerto", official_name="Kabupaten Mojokerto")
    typed = "Grobogan\nMojokerto\nAtlantis"
    client.force_login(ministry)

    response = client.post(page, filled(category, names=typed))

    errors = response.context["form"].errors["names"]
    assert len(errors) == 2
    assert "2" in errors[0] and "35.16" in errors[0] and "35.76" in errors[0]  # noqa: PT018
    assert "Atlantis" in errors[1]
    assert typed in response.content.decode().replace("\r", "")
    assert not Award.objects.exists()


def test_nobody_named_or_no_awarding_body_is_said(client, ministry, category, page):
    client.force_login(ministry)

    nobody = client.post(page, filled(category)).context["form"].errors
    bodiless = client.post(page, filled(category, awarding_body="", names="33.15"))

    assert list(nobody) == ["__all__"]
    assert "awarding_body" in bodiless.context["form"].errors


def test_a_list_longer_than_the_country_is_refused_unread(client, ministry, category, page):
    client.force_login(ministry)

    response = client.post(page, filled(category, names="Atlantis\n" * 601))

    assert len(response.context["form"].errors["names"]) == 1


def test_one_can_go_back_to_what_was_typed(client, ministry, category, regency, page):
    client.force_login(ministry)

    response = client.post(page, filled(category, names="grobogan", rows=[regency.pk], _edit="x"))

    assert response.context["form"]["names"].value() == "grobogan"
    assert not Award.objects.exists()


def test_only_what_the_preview_showed_is_granted(client, ministry, category, regency, page):
    """Somebody joined the cohort after the preview: they are not honoured unseen."""
    participation = factories.make_participation(regency)
    client.force_login(ministry)
    sent = confirmed(category, [regency], cohort=participation.cohort.pk)
    factories.make_participation(factories.make_regency("33.16"), participation.cohort)

    client.post(page, sent)

    assert [award.regency for award in Award.objects.all()] == [regency]


def test_a_slip_is_taken_back_by_who_made_it(client, ministry, category, regency, page):
    client.force_login(ministry)
    done = client.post(page, confirmed(category, [regency], names="33.15"))
    back = reverse("admin:programs_awardevent_take_back", args=[category.event.pk])
    word = done.context["word"]

    client.force_login(factories.make_user(role="ministry"))
    client.post(back, {"word": word})
    assert Award.objects.count() == 1
    client.force_login(ministry)
    client.post(back, {"word": word[:-1]})
    assert Award.objects.count() == 1
    response = client.post(back, {"word": word})

    assert [row.refusal for row in response.context["results"]] == [""]
    assert not Award.objects.exists()


def test_an_event_without_categories_leads_to_its_page(client, ministry, page, category):
    AwardCategory.objects.all().delete()
    client.force_login(ministry)

    response = client.get(page)

    assert response.headers["Location"] == honours.page_of(category.event)
