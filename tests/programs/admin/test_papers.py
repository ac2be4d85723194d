"""Adding institutions, letters, criteria, local bodies and commitments in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.models import (
    AssessmentCriterion,
    BodyMember,
    Commitment,
    Institution,
    Letter,
    LocalBody,
    Partnership,
)
from tests import factories
from tests.nouns import papers


def add(noun):
    return reverse(f"admin:programs_{noun}_add")


def rows_of(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def inline_errors(response):
    assert response.status_code == 200
    (formset,) = response.context["inline_admin_formsets"]
    return [sorted(form.errors) for form in formset.formset.forms]


@pytest.fixture
def sent(participation):
    """A form of each noun, as the page sends it."""
    cohort, partner = participation.cohort, papers.make_institution("itb")
    body = {"participation": participation.pk, "kind": "team"}
    commitment = {"participation": participation.pk, "title": "Komitmen"}
    return {
        "institution": {"slug": "kompas", "name": "Kompas"} | rows_of(
            "partnerships", {"cohort": cohort.pk, "role": "media"}
        ),
        "partnership": {"cohort": cohort.pk, "institution": partner.pk},
        "letter": {"kind": "result", "sender": "Dirjen", "number_as_printed": "B..1//2019"},
        "assessmentcriterion": {
            "cohort": cohort.pk, "title": "Visi", "slug": "visi", "position": 1,
            "highest_score": 100,
        },
        "localbody": body | rows_of("members", {"role": "member", "office": "Kepala Dinas"}),
        "commitment": commitment | rows_of(
            "signatories", {"position": 1, "office": "Bupati"}, {"position": 2, "office": "Sekda"}
        ),
    }  # fmt: skip


NOUNS = {
    "institution": Institution,
    "partnership": Partnership,
    "letter": Letter,
    "assessmentcriterion": AssessmentCriterion,
    "localbody": LocalBody,
    "commitment": Commitment,
}


@pytest.mark.parametrize("noun", NOUNS)
def test_the_ministry_adds_a_row_and_an_officer_does_not(noun, sent, client, ministry, officer):
    before = NOUNS[noun].objects.count()
    client.force_login(officer)
    assert client.post(add(noun), sent[noun]).status_code == 403
    assert NOUNS[noun].objects.count() == before

    client.force_login(ministry)
    assert client.post(add(noun), sent[noun]).status_code == 302
    assert NOUNS[noun].objects.count() == before + 1


def test_a_malformed_number_stays_as_printed_and_the_letter_says_where_it_is_used(
    sent, client, ministry, regency, cohort
):
    client.force_login(ministry)
    client.post(add("letter"), sent["letter"])
    letter = Letter.objects.get()
    candidacy = papers.make_candidacy(regency, cohort, letter=letter)

    page = client.get(reverse("admin:programs_letter_change", args=[letter.pk]))

    assert letter.number_as_printed == "B..1//2019"
    assert reverse("admin:programs_candidacy_change", args=[candidacy.pk]) in (
        page.content.decode()
    )


def test_the_signatories_stand_in_their_order(sent, client, ministry):
    client.force_login(ministry)
    client.post(add("commitment"), sent["commitment"])

    offices = Commitment.objects.get().signatories.values_list("office", flat=True)
    assert list(offices) == ["Bupati", "Sekda"]


@pytest.mark.parametrize(("role", "has_pillar"), [("coordinator", False), ("member", True)])
def test_a_coordinator_and_nobody_else_has_a_pillar(
    role, has_pillar, client, ministry, participation
):
    member = {"role": role, "office": "Kepala Dinas"}
    if has_pillar:
        member["pillar"] = papers.a_pillar().pk
    client.force_login(ministry)
    body = {"participation": participation.pk, "kind": "team"}

    response = client.post(add("localbody"), body | rows_of("members", member))

    assert inline_errors(response) == [["pillar"]]
    assert not BodyMember.objects.exists()


def test_a_coordinator_with_pillar_and_own_agency_is_taken(
    client, ministry, participation, regency
):
    member = {
        "role": "coordinator",
        "office": "Kepala Dinas",
        "pillar": papers.a_pillar().pk,
        "agency": factories.make_agency(regency).pk,
    }
    client.force_login(ministry)
    body = {"participation": participation.pk, "kind": "team"}

    assert client.post(add("localbody"), body | rows_of("members", member)).status_code == 302
    assert BodyMember.objects.get().agency.regency == regency


@pytest.mark.parametrize(
    ("noun", "prefix"), [("localbody", "members"), ("commitment", "signatories")]
)
def test_an_agency_of_another_region_is_refused(
    noun, prefix, client, ministry, participation, elsewhere
):
    row = {
        "role": "member", "position": 1, "office": "Kepala Dinas",
        "agency": factories.make_agency(elsewhere).pk,
    }  # fmt: skip
    client.force_login(ministry)
    sent = {"participation": participation.pk, "kind": "team", "title": "x"}

    response = client.post(add(noun), sent | rows_of(prefix, row))

    assert inline_errors(response) == [["agency"]]
    assert not NOUNS[noun].objects.exists()


def test_a_published_cohort_keeps_its_criteria(sent, client, ministry, cohort):
    criterion = papers.make_criterion(cohort)
    cohort.definitions_published_at = timezone.now()
    cohort.save()
    client.force_login(ministry)

    added = client.post(add("assessmentcriterion"), sent["assessmentcriterion"])
    changed = client.post(
        reverse("admin:programs_assessmentcriterion_change", args=[criterion.pk]),
        {"title": "Lain", "slug": "lain", "position": 1, "highest_score": 5},
    )

    assert list(added.context["adminform"].form.errors) == ["cohort"]
    assert changed.status_code == 403
    assert AssessmentCriterion.objects.get().title == "Infrastruktur"


@pytest.mark.parametrize(
    ("noun", "make"),
    [
        ("document", lambda p, by: papers.make_document(by)),
        ("letter", lambda p, by: papers.make_letter(regency=p.regency, cohort=p.cohort)),
        ("candidacy", lambda p, by: papers.make_candidacy(p.regency, p.cohort)),
        ("memorandum", lambda p, by: papers.make_memorandum(p, state="signed")),
        ("localbody", lambda p, by: papers.make_member(papers.make_body(p))),
        ("commitment", lambda p, by: papers.make_commitment_signatory(papers.make_commitment(p))),
        ("assessmentcriterion", lambda p, by: papers.make_criterion(p.cohort, f"r{p.regency.pk}")),
        ("institution", lambda p, by: papers.make_institution(f"r{p.regency.pk}")),
    ],
)
def test_a_list_takes_the_same_queries_however_long(noun, make, client, ministry, cohort):
    client.force_login(ministry)
    address, counted = reverse(f"admin:programs_{noun}_changelist"), []

    for codes in (["33.01"], [f"33.0{n}" for n in range(2, 6)]):
        for code in codes:
            make(factories.make_participation(factories.make_regency(code), cohort), ministry)
        client.get(address)  # what is read once per process
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        counted.append((len(queries), len(page.context["cl"].result_list)))

    (few, one), (many, five) = counted
    assert (few, one, five) == (many, 1, 5)


@pytest.mark.parametrize("noun", ["letter", "candidacy", "memorandum", "localbody", "commitment"])
@pytest.mark.parametrize("searched", ["grobogan", "33.15", "Dr. Siti", "592"])
def test_a_row_is_found_once_by_region_or_by_its_own_words(
    noun, searched, client, ministry, participation
):
    place = {"regency": participation.regency, "cohort": participation.cohort}
    letter = papers.make_letter(number_as_printed="592", sender="Dr. Siti", **place)
    papers.make_candidacy(**place, letter=letter)
    memorandum = papers.make_memorandum(participation, number_as_printed="592")
    for side in ("ministry", "region"):
        papers.make_signatory(memorandum, side=side, name="Dr. Siti")
    body = papers.make_body(participation, decree_number="592")
    papers.make_member(body)
    papers.make_member(body, office="Sekda")
    commitment = papers.make_commitment(participation, title="592", place="Dr. Siti")
    papers.make_commitment_signatory(commitment)
    client.force_login(ministry)

    page = client.get(reverse(f"admin:programs_{noun}_changelist"), {"q": searched})

    expected = 0 if (noun, searched) in NOT_ITS_WORDS else 1
    assert len(page.context["cl"].result_list) == expected


NOT_ITS_WORDS = {("candidacy", "Dr. Siti"), ("localbody", "Dr. Siti")}
