"""Lists of awards, evaluations and recommendations: out and in again, and what is refused."""

import pytest

from programs.domain import recommendations
from programs.imports.sheets.award import AwardCategorySheet, AwardEventSheet, AwardSheet
from programs.imports.sheets.evaluation import (
    EvaluationRoundSheet,
    EvaluationSchemeSheet,
    EvaluationSheet,
    RecommendationSheet,
)
from programs.models import (
    Award,
    Evaluation,
    EvaluationScheme,
    Letter,
    Recommendation,
)
from regencies.imports.sheets import reading, writing
from tests import factories
from tests.nouns import honours
from tests.regencies.imports.workbooks import book

SHEETS = {
    AwardEventSheet: honours.make_event,
    AwardCategorySheet: honours.make_category,
    AwardSheet: honours.make_award,
    EvaluationSchemeSheet: honours.make_scheme,
    EvaluationRoundSheet: honours.make_round,
    EvaluationSheet: honours.make_evaluation,
    RecommendationSheet: honours.make_recommendation,
}
EVENT = ["event", "held_on", "category", "regency", "awarding_body"]
ADVICE = ["regency", "year", "phase", "position", "text", "agency"]


def load(sheet, by, head, *rows):
    return sheet(by).load(reading.read(book(head, *rows)), write=True)


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_goes_out_comes_in_without_a_change(sheet, db, ministry):
    SHEETS[sheet]()
    own = sheet(ministry)
    rows = own.with_related(own._meta.model.objects.all())
    written = writing.xlsx(own.columns, list(own.export(rows)))

    outcome = sheet(ministry).load(reading.read(written), write=True)

    assert outcome.problems == []
    assert outcome.counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}


def test_a_winner_list_is_taken_in_by_any_spelling(ministry, regency, elsewhere):
    honours.make_category()
    row = ["Penghargaan 2018", "2018-12-14", "Masterplan terbaik"]

    outcome = load(
        AwardSheet,
        ministry,
        EVENT,
        [*row, "Kab. Grobogan", "kominfo"],
        [*row, "35.16", "Kementerian Komunikasi dan Informatika"],
    )

    assert outcome.counts["new"] == 2
    assert set(Award.objects.values_list("regency__code", flat=True)) == {"33.15", "35.16"}


def test_an_award_without_its_giver_is_refused(ministry, regency):
    honours.make_category()

    row = ["Penghargaan 2018", "2018-12-14", "Masterplan terbaik", "33.15", ""]
    outcome = load(AwardSheet, ministry, EVENT, row)

    assert [problem.column for problem in outcome.problems] == ["awarding_body"]
    assert not Award.objects.exists()


def test_a_published_scheme_is_not_changed_by_a_file(ministry):
    honours.make_published_scheme()

    outcome = load(EvaluationSchemeSheet, ministry, ["slug", "name"], ["2021", "Lain"])

    assert len(outcome.problems) == 1
    assert EvaluationScheme.objects.get().name == "Pedoman 2021"


def test_a_scored_round_keeps_its_scheme_but_takes_other_news(ministry):
    evaluation = honours.make_evaluation()
    honours.score(evaluation, "3")
    honours.make_published_scheme("2019")
    head = ["year", "phase", "scheme", "place"]

    refused = load(EvaluationRoundSheet, ministry, head, [2022, "once", "2019", "Daring"])
    taken = load(EvaluationRoundSheet, ministry, head, [2022, "once", "2021", "Daring"])

    assert [problem.column for problem in refused.problems] == ["scheme"]
    assert taken.counts["changed"] == 1


def test_results_of_a_round_come_with_the_letter_that_tells_them(ministry, regency):
    honours.make_round()
    letter = Letter.objects.create(
        kind="evaluation_result", number_as_printed="B-1003/DJAI", sender="Dirjen"
    )
    head = ["regency", "year", "phase", "published_index", "national_rank", "letter"]

    outcome = load(
        EvaluationSheet, ministry, head, ["33.15", 2022, "once", "3.31", 22, "B-1003/DJAI"]
    )

    assert outcome.problems == []
    row = Evaluation.objects.get()
    assert (str(row.published_index), row.national_rank, row.letter) == ("3.310", 22, letter)


def test_advice_names_agencies_of_its_own_region(ministry, regency, elsewhere):
    honours.make_evaluation(regency)
    factories.make_agency(regency, "Bappeda")
    factories.make_agency(elsewhere, "Dinas Pariwisata")

    refused = load(
        RecommendationSheet, ministry, ADVICE,
        ["33.15", 2022, "once", 1, "Bentuk forum.", "Dinas Pariwisata"],
    )  # fmt: skip
    taken = load(
        RecommendationSheet, ministry, ADVICE,
        ["33.15", 2022, "once", 1, "Bentuk forum.", "Bappeda"],
    )  # fmt: skip

    assert [problem.column for problem in refused.problems] == ["agency"]
    assert taken.counts["new"] == 1
    assert Recommendation.objects.get().agency.name == "Bappeda"


def test_a_closed_recommendation_is_not_changed_by_a_file(ministry, regency):
    row = honours.make_recommendation(honours.make_evaluation(regency))
    recommendations.close(row, by=ministry, note="Selesai.")

    outcome = load(
        RecommendationSheet, ministry, ADVICE, ["33.15", 2022, "once", 1, "Lain.", None]
    )

    assert len(outcome.problems) == 1
    assert Recommendation.objects.get().text == "Lengkapi data dukung."
