"""The lists of papers in and out: what is exported comes back unchanged, and rules speak."""

import pytest
from django.utils import timezone

from programs.imports.sheets.body import LocalBodySheet
from programs.imports.sheets.candidacy import CandidacySheet
from programs.imports.sheets.commitment import CommitmentSheet
from programs.imports.sheets.criterion import AssessmentCriterionSheet
from programs.imports.sheets.institution import InstitutionSheet, PartnershipSheet
from programs.imports.sheets.letter import LetterSheet
from programs.imports.sheets.memorandum import MemorandumSheet
from programs.models import Candidacy, Letter, Memorandum
from regencies.imports.sheets import reading, writing
from tests.nouns import papers
from tests.world import World

SHEETS = {
    "programs_institution": InstitutionSheet,
    "programs_partnership": PartnershipSheet,
    "programs_letter": LetterSheet,
    "programs_assessmentcriterion": AssessmentCriterionSheet,
    "programs_candidacy": CandidacySheet,
    "programs_memorandum": MemorandumSheet,
    "programs_localbody": LocalBodySheet,
    "programs_commitment": CommitmentSheet,
}


def load(sheet, user, text):
    return sheet(user).load(reading.read(text.encode()), write=True)


def counted(outcome):
    return len(outcome.new), len(outcome.changed), len(outcome.problems)


@pytest.mark.parametrize("noun", SHEETS)
def test_an_exported_list_comes_back_unchanged(noun, db):
    world = World()
    row = papers.rows(world)[noun]
    sheet = SHEETS[noun](world.ministry)
    found = sheet.with_related(type(row)._default_manager.all())
    content = writing.xlsx(sheet.columns, list(sheet.export(found)))

    outcome = SHEETS[noun](world.ministry).load(reading.read(content), write=True)

    assert (counted(outcome), outcome.counts["same"]) == ((0, 0, 0), 1)


def test_invited_regions_are_imported_without_any_decision(ministry, cohort, regency, elsewhere):
    papers.make_letter(number_as_printed="B-1")
    text = (
        "regency,cohort,progress,invited_on,letter\n"
        "33.15,2018,invited,2018-01-15,B-1\n"
        "Kabupaten Mojokerto,2018,assessed,,\n"
    )

    outcome = load(CandidacySheet, ministry, text)

    assert counted(outcome) == (2, 0, 0)
    assert set(Candidacy.objects.values_list("regency__code", "progress", "decision")) == {
        ("33.15", "invited", ""),
        ("35.16", "assessed", ""),
    }


def test_a_letter_without_a_number_is_known_by_everything_else(ministry):
    text = "number_as_printed,sender,kind,dated_on,regency,subject\n,Dirjen,result,2018-03-01,,A\n"

    first, again = load(LetterSheet, ministry, text), load(LetterSheet, ministry, text)
    changed = load(LetterSheet, ministry, text.replace(",A\n", ",B\n"))

    assert [counted(each) for each in (first, again, changed)] == [(1, 0, 0), (0, 0, 0), (0, 1, 0)]
    assert Letter.objects.get().subject == "B"


def test_signed_comes_by_import_only_where_both_sides_are_there(ministry, participation):
    regency = participation.regency.code
    text = (
        "regency,cohort,number_as_printed,state,signed_on\n"
        f"{regency},2018,027/17,{{}},2018-05-08\n"
    )

    refused = load(MemorandumSheet, ministry, text.format("signed"))
    taken = load(MemorandumSheet, ministry, text.format("reported"))
    row = Memorandum.objects.get()
    papers.make_signatory(row, side="ministry")
    papers.make_signatory(row, side="region")
    signed = load(MemorandumSheet, ministry, text.format("signed"))

    assert [counted(each) for each in (refused, taken, signed)] == [
        (0, 0, 1), (1, 0, 0), (0, 1, 0),
    ]  # fmt: skip
    assert refused.problems[0].column == "state"
    assert Memorandum.objects.get().state == "signed"


def test_published_criteria_take_no_import(ministry, cohort):
    papers.make_criterion(cohort)
    cohort.definitions_published_at = timezone.now()
    cohort.save()

    outcome = load(AssessmentCriterionSheet, ministry, "cohort,slug,title\n2018,baru,Baru\n")

    assert [problem.column for problem in outcome.problems] == ["cohort"]
    assert cohort.criteria.count() == 1
