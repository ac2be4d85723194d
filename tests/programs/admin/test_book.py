import pytest
from django.urls import reverse

from programs.models import Book, BookDefinition, BookSection
from tests import factories
from tests.nouns import plans

ADD = reverse("admin:programs_book_add")


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


@pytest.fixture
def definition(cohort):
    return plans.make_definition(cohort, 1, "Kesiapan", "Kesenjangan")


def change(row):
    return reverse(f"admin:programs_{row._meta.model_name}_change", args=[row.pk])


def sections(*rows, initial=0, prefix="sections"):
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def test_a_new_book_leads_to_its_sections(client, ministry, plan, definition):
    client.force_login(ministry)

    response = client.post(ADD, {"masterplan": plan.pk, "definition": definition.pk})

    book = Book.objects.get()
    assert response.headers["Location"] == change(book)
    page = client.get(change(book))
    forms = page.context["inline_admin_formsets"][0].formset.forms
    assert [form.initial.get("definition") for form in forms] == [
        section.pk for section in definition.sections.all()
    ]


def test_only_sections_with_text_or_pages_are_stored(client, ministry, plan, definition):
    book = plans.make_book(plan, definition)
    first, second = definition.sections.all()
    client.force_login(ministry)

    response = client.post(
        change(book),
        sections({"definition": first.pk, "pages": "1-20"}, {"definition": second.pk}),
    )

    assert response.status_code == 302
    assert [(s.definition, s.pages) for s in BookSection.objects.all()] == [(first, "1-20")]


def test_an_officer_adds_no_book(client, officer, plan, definition):
    client.force_login(officer)

    sent = {"masterplan": plan.pk, "definition": definition.pk}
    assert client.post(ADD, sent).status_code == 403


def test_a_book_of_another_cohort_is_refused_in_words(client, ministry, plan):
    foreign = plans.make_definition(factories.make_cohort(2019), 1)
    client.force_login(ministry)

    response = client.post(ADD, {"masterplan": plan.pk, "definition": foreign.pk})

    assert set(response.context["adminform"].errors) == {"definition"}
    assert Book.objects.count() == 0


def test_coming_from_its_plan_only_the_cohorts_books_are_offered(
    client, ministry, plan, definition
):
    plans.make_definition(factories.make_cohort(2019), 1)
    client.force_login(ministry)

    form = client.get(ADD, {"masterplan": plan.pk}).context["adminform"].form

    assert list(form.fields["definition"].queryset) == [definition]
    assert client.get(ADD, {"masterplan": "9" * 30}).status_code == 200


def test_ministry_staff_adds_a_book_definition_with_sections(client, ministry, cohort):
    client.force_login(ministry)
    sent = {"cohort": cohort.pk, "number": 4, "title": "Profil Quick Win"}

    response = client.post(
        reverse("admin:programs_bookdefinition_add"),
        sent | sections({"title": "Profil", "position": 1, "is_mandatory": "on"}),
    )

    assert response.status_code == 302
    assert str(BookDefinition.objects.get()) == "Buku IV: Profil Quick Win"
    assert BookDefinition.objects.get().sections.get().title == "Profil"


def test_ministry_staff_adds_a_regulation_and_an_officer_does_not(client, ministry, officer, plan):
    address = reverse("admin:programs_legalinstrument_add")
    sent = {"masterplan": plan.pk, "form": "perda", "number_as_printed": "1 Tahun 2019"}

    client.force_login(officer)
    assert client.post(address, sent).status_code == 403
    client.force_login(ministry)
    assert client.post(address, sent).status_code == 302
    assert str(plan.legal_instruments.get()) == "Perda 1 Tahun 2019"


@pytest.mark.parametrize(
    ("noun", "queries"), [("book", 14), ("legalinstrument", 14), ("bookdefinition", 9)]
)
@pytest.mark.parametrize("count", [1, 20])
def test_the_lists_take_the_same_queries_however_long(
    count, noun, queries, client, ministry, cohort, definition, django_assert_num_queries
):
    for number in range(1, count + 1):
        row = factories.make_participation(factories.make_regency(f"33.{number:02}"), cohort)
        plan = plans.make_plan(row)
        plans.make_law(plan)
        plans.make_book(plan, definition)
    client.force_login(ministry)

    with django_assert_num_queries(queries):
        response = client.get(reverse(f"admin:programs_{noun}_changelist"))

    assert len(response.context["cl"].result_list) == (1 if noun == "bookdefinition" else count)
