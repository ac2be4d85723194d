import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from programs.models import AssessmentCriterion, BookDefinition, Cohort, Program, SectionDefinition
from tests import factories

NEXT = reverse("admin:programs_cohort_next")
LIST = reverse("admin:programs_cohort_changelist")


@pytest.fixture
def whole(cohort):
    book = BookDefinition.objects.create(cohort=cohort, number=1, title="Analisis")
    SectionDefinition.objects.create(book=book, title="Kesiapan")
    AssessmentCriterion.objects.create(cohort=cohort, slug="visi", title="Visi", weight=100)
    return cohort


@pytest.fixture
def new(whole, client, ministry):
    """The cohort of 2019, begun on the path by the ministry, who stays signed in."""
    client.force_login(ministry)
    client.post(NEXT, first_page(whole))
    return Cohort.objects.get(year=2019)


def first_page(cohort, **fields):
    return {
        "program": cohort.program_id,
        "year": 2019,
        "phase": "Tahap III",
        "official_size": 25,
        "copied_from": cohort.pk,
    } | fields


def page(name, cohort):
    return reverse(f"admin:programs_cohort_{name}", args=[cohort.pk])


def said(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def test_the_list_leads_to_the_path_and_the_path_suggests_next_year(client, ministry, whole):
    client.force_login(ministry)

    assert f'href="{NEXT}"' in client.get(LIST).content.decode()
    form = client.get(NEXT).context["form"]
    assert (form.initial["year"], form.initial["copied_from"]) == (2019, whole)


def test_the_first_page_copies_and_leads_to_the_second(client, ministry, whole):
    client.force_login(ministry)

    response = client.post(NEXT, first_page(whole))

    new = Cohort.objects.get(year=2019)
    assert response.headers["Location"] == page("prepare", new)
    assert (new.publication, new.official_size, new.books.get().title) == (
        "internal",
        25,
        "Analisis",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"year": 2018}, "__all__"), ({"phase": ""}, "phase"), ({"year": "abc"}, "year")],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, ministry, whole, changes, field):
    client.force_login(ministry)

    response = client.post(NEXT, first_page(whole, official_size=47, **changes))

    assert list(response.context["errors"]) == [field]
    assert 'value="47"' in response.content.decode()
    assert Cohort.objects.count() == 1


def test_the_web_address_follows_the_year_also_beside_another_programme(client, new, whole):
    assert new.slug == "2019"
    other = Program.objects.create(slug="provinsi", name="Provinsi Cerdas")

    client.post(NEXT, first_page(whole, program=other.pk))

    assert Cohort.objects.get(program=other).slug == "provinsi-2019"


def test_a_cohort_without_dates_is_published_only_on_purpose(client, new):
    new.stage_definitions.filter(number=4).update(due_on=None)

    refused = client.post(page("publish", new))
    new.refresh_from_db()
    assert (list(refused.context["errors"]), new.definitions_published_at) == (
        ["without_dates"],
        None,
    )
    client.post(page("publish", new), {"without_dates": "on"})
    new.refresh_from_db()
    assert new.definitions_published_at is not None


def test_dates_and_weights_are_saved_on_one_page(client, new):
    stages, criterion = list(new.stage_definitions.all()), new.criteria.get()
    dates = {f"due-{stage.pk}": f"2019-0{stage.number}-15" for stage in stages}

    response = client.post(page("prepare", new), dates | {f"weight-{criterion.pk}": "87.5"})

    assert response.headers["Location"] == page("prepare", new)
    assert [stage.due_on for stage in new.stage_definitions.all()] == [
        dt.date(2019, number, 15) for number in range(1, 5)
    ]
    assert new.criteria.get().weight == Decimal("87.50")


def test_a_wrong_date_or_weight_is_said_beside_it_and_nothing_is_saved(client, new):
    stage, criterion = new.stage_definitions.first(), new.criteria.get()
    typed = {f"due-{stage.pk}": "31 Februari", f"weight-{criterion.pk}": "150"}

    response = client.post(page("prepare", new), typed)

    assert set(response.context["errors"]) == set(typed)
    assert 'value="31 Februari"' in response.content.decode()
    assert new.stage_definitions.first().due_on == dt.date(2019, 5, 10)


def test_publishing_is_offered_when_nothing_is_missing(client, new):
    link = f'href="{page("publish", new)}"'
    assert link in client.get(page("prepare", new)).content.decode()

    new.books.all().delete()
    text = client.get(page("prepare", new)).content.decode()
    assert (link in text, "Belum ada buku masterplan" in text) == (False, True)


def test_published_definitions_are_only_read(client, new):
    client.post(page("publish", new))
    new.refresh_from_db()
    assert new.definitions_published_at is not None

    guide = client.get(page("prepare", new))
    stage, book = new.stage_definitions.first(), new.books.get()
    for address in (
        reverse("admin:programs_stagedefinition_change", args=[stage.pk]),
        reverse("admin:programs_bookdefinition_change", args=[book.pk]),
        reverse("admin:programs_assessmentcriterion_change", args=[new.criteria.get().pk]),
    ):
        assert client.post(address, {"title": "Lain"}).status_code == 403, address
    assert guide.context["is_frozen"] is True
    assert 'type="date"' not in guide.content.decode()
    again = client.post(page("publish", new), follow=True)
    assert said(again) == [("error", "Ketentuan angkatan ini sudah diterbitkan.")]


def test_an_edited_definition_leads_back_to_the_path(client, new):
    stage = new.stage_definitions.first()
    path = page("prepare", new)
    form = reverse("admin:programs_stagedefinition_change", args=[stage.pk])
    form += "?" + urlencode({"_back": path})
    empty = {"requirements-TOTAL_FORMS": 0, "requirements-INITIAL_FORMS": 0}
    fields = {"number": 1, "title": "Konsolidasi", "due_on": "2019-05-10"}

    assert f'href="{form}"' in client.get(path).content.decode()
    response = client.post(form, fields | empty)

    assert response.headers["Location"] == path


def test_a_superuser_prepares_but_does_not_publish(client, new):
    user = factories.make_user("root@test.example")
    user.is_superuser = True
    user.save()
    client.force_login(user)

    assert client.get(page("prepare", new)).status_code == 200
    assert client.post(page("publish", new)).status_code == 403
    new.refresh_from_db()
    assert new.definitions_published_at is None


@pytest.mark.parametrize("name", ["prepare", "publish"])
def test_a_cohort_that_is_not_there_is_not_found(client, ministry, name):
    client.force_login(ministry)

    assert client.get(reverse(f"admin:programs_cohort_{name}", args=[9])).status_code == 404


def test_the_page_takes_the_same_queries_however_much_is_defined(
    client, new, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        client.get(page("prepare", new))
    for number in (2, 3, 4):
        BookDefinition.objects.create(cohort=new, number=number, title="Buku")
        AssessmentCriterion.objects.create(cohort=new, slug=f"k{number}", title="Kriteria")
    with django_assert_max_num_queries(16):
        client.get(page("prepare", new))


def test_a_cohort_of_the_past_says_that_its_stages_are_open(client, ministry, participation):
    client.force_login(ministry)

    text = client.get(page("prepare", participation.cohort)).content.decode()

    assert ("4 tahap sudah dibuka." in text, "Terbitkan dahulu ketentuannya." in text) == (
        True,
        False,
    )
