"""Statements as they are read: what is doubtful first, in words, where it concerns."""

import pytest
from django.urls import reverse

from programs.domain import statements
from programs.domain.documents import store
from programs.models import Cohort, Commitment, Contradiction
from tests.factories import pdf, stage_of
from tests.nouns import plans
from tests.nouns.statements import make_contradiction, state


@pytest.fixture
def desk(client, ministry):
    client.force_login(ministry)
    return client


@pytest.fixture
def commitment(participation):
    return Commitment.objects.create(participation=participation, title="Komitmen bersama")


def life(desk, participation):
    return desk.get(reverse("admin:programs_participation_life", args=[participation.pk]))


def section(response, slug):
    (found,) = [s for s in response.context["life"].sections if s.slug == slug]
    return found


def test_a_step_tells_what_only_sources_know_of_it(desk, participation):
    plan = plans.make_plan(participation)
    programmes = state(plan, "initiatives", "53")
    stage = stage_of(participation, 3)
    brought = state(stage, "", "Peta jalan")
    state(participation, "", "Dua penghargaan")

    response = life(desk, participation)

    assert section(response, "initiatives").told == [programmes]
    assert [row.told for row in section(response, "stages").rows] == [[], [], [brought], []]
    assert (
        "Peta jalan"
        in response.content.decode().partition('id="stages"')[2].partition('id="masterplans"')[0]
    )


def test_a_stage_of_the_past_without_files_says_so(desk, participation):
    past = life(desk, participation).content.decode().count("Tidak ada berkas di portal")
    Cohort.objects.update(definitions_published_at="2026-01-01T00:00Z")
    now = life(desk, participation).content.decode()

    assert past == 4
    assert "Tidak ada berkas di portal" not in now


def test_what_is_doubtful_is_counted_and_missing_rows_are_not(desk, participation, commitment):
    total = state(participation, "quick_wins", "6")
    odd = state(commitment, "signed_on", "2022-09-29", contradiction=make_contradiction())

    found = section(life(desk, participation), "sources")

    (told,) = [line for line in found.rows if line.record == commitment]
    assert (found.contradicted, told.doubtful, told.plain) == (1, [odd], [])
    assert [flag.kind.value for flag in statements.flags([total])[total.pk]] == ["absent"]


def test_a_date_is_told_in_words_and_a_source_by_its_title(desk, participation, commitment):
    statement = state(commitment, "signed_on", "2022-09-29")
    type(statement.source).objects.update(title="Berita penandatanganan")

    page = life(desk, participation).content.decode()

    assert ">29 September 2022</a>" in page
    assert "Berita penandatanganan" in page


def test_a_scan_opens_from_the_life_page(desk, commitment, ministry):
    scan = store(pdf("surat.pdf"), title="Naskah", by=ministry)
    Commitment.objects.update(document=scan)

    page = life(desk, commitment.participation).content.decode()

    assert f'href="{reverse("admin:programs_document_file", args=[scan.pk])}"' in page


def test_of_two_rivals_the_second_is_refused_beforehand(desk, commitment):
    rows = [state(commitment, "signed_on", f"2022-09-{day}") for day in (29, 30)]

    asked = desk.get(
        reverse("admin:programs_statement_step", args=["choose"]),
        {"rows": [row.pk for row in rows]},
    )

    assert sorted(bool(row.refusal) for row in asked.context["rows"]) == [False, True]


def test_contradictions_are_listed_naturally_and_lead_to_the_comparison(desk):
    for code in ("X11", "I10", "X1", "I2"):
        make_contradiction(code)

    response = desk.get(reverse("admin:programs_contradiction_changelist"))

    rows = list(response.context["cl"].result_list)
    assert [row.code for row in rows] == ["I2", "I10", "X1", "X11"]
    compare = reverse("admin:programs_contradiction_compare")
    assert f'href="{compare}?code=I10"' in response.content.decode()
    assert Contradiction.objects.count() == 4


@pytest.mark.parametrize("count", [1, 6])
def test_a_search_takes_the_same_queries(count, desk, commitment, django_assert_max_num_queries):
    for number in range(count):
        state(commitment, "signed_on", f"2022-09-1{number}")
    address = reverse("admin:programs_statement_changelist") + "?q=grobogan"
    desk.get(address)

    with django_assert_max_num_queries(24):
        response = desk.get(address)

    assert len(response.context["cl"].result_list) == count
