"""S3: candidacy and MoU of Kabupaten Sragen, 2019."""

import datetime as dt

import pytest

from programs.domain import statements
from programs.models import (
    AssessmentCriterion,
    Candidacy,
    Letter,
    Memorandum,
    Partnership,
    Program,
    Source,
)
from regencies.models import OfficeTerm

S3 = "s3-sragen-2019"


@pytest.fixture
def sragen(participation_of):
    return participation_of(2019, "33.14")


@pytest.fixture
def candidacy(sragen):
    return Candidacy.objects.get()


def test_the_source(loaded):
    source = Source.objects.get(slug=S3)

    assert (source.address, source.event_on) == ("", dt.date(2019, 5, 15))
    assert source.author == "Mahfira Putri Maulani (penulis); m nur huda (penyunting)"


def test_the_memorandum(sragen, said):
    memorandum = Memorandum.objects.get(participation=sragen)
    (signatory,) = memorandum.signatories.all()

    assert (memorandum.state, memorandum.signed_on) == ("reported", dt.date(2019, 5, 15))
    assert memorandum.place == "Hotel Santika Hayam Wuruk, Jakarta"
    assert (signatory.side, signatory.name, signatory.office) == (
        "region",
        "Kusdinar Untung Yuni Sukowati",
        "Bupati Sragen",
    )
    assert said(memorandum, S3) == {"signed_on": "2019-05-15", "place": memorandum.place}
    assert said(signatory, S3) == {"name": signatory.name, "office": signatory.office}
    assert OfficeTerm.objects.get(person=signatory.name).title == "Bupati"


def test_the_candidacy_is_assessed_and_its_decision_told_but_not_dated(candidacy, sragen, said):
    assert (candidacy.regency, candidacy.cohort) == (sragen.regency, sragen.cohort)
    assert (candidacy.progress, candidacy.decision, candidacy.decided_at) == ("assessed", "", None)
    assert (candidacy.assessed_from, candidacy.letter) == (None, None)
    assert said(candidacy, S3)["decision"] == "Terpilih"


def test_107_invited_is_reported_beside_one_row(sragen):
    rivals = statements.rivals(sragen.cohort, "invited")

    assert {(s.source.slug, s.stated) for s in rivals} == {(S3, "107"), ("aptika-3114", "107")}
    assert [[flag.kind.value for flag in s.flags] for s in rivals] == [["count"], ["count"]]
    assert Candidacy.objects.filter(cohort=sragen.cohort).count() == 1
    assert {s.stated for s in statements.rivals(sragen.cohort, "assessed")} == {"117", "150"}


def test_the_time_of_the_assessment_stays_open(candidacy, said):
    assert said(candidacy, S3, "assessed_from") == ["awal Maret 2019"]
    assert said(candidacy, "aptika-3114", "assessed_from") == ["2019-02-21"]
    letter = Letter.objects.get()
    assert (letter.number_as_printed, letter.dated_on) == (
        "B.116/DJAI/AI.01.05/02/2019",
        dt.date(2019, 2, 28),
    )
    assert said(letter, "kanalaceh-2019")["dated_on"] == "2019-02-28"


def test_criteria_and_assessors(sragen, said):
    criteria = AssessmentCriterion.objects.filter(cohort=sragen.cohort)

    assert [said(criterion, S3)["title"] for criterion in criteria] == [
        "Infrastruktur",
        "Suprastruktur",
        "Visi pemimpin daerah",
    ]
    assert said(sragen.cohort, S3, "") == ["Penilai: praktisi dan akademisi gerakan ini"]


def test_25_signed_and_100_others_are_both_told(sragen, said):
    assert said(sragen.cohort, S3, "participations") == ["25"]
    assert sorted(said(sragen.cohort, S3, "memoranda")) == ["100", "25"]
    assert said(Program.objects.get(), S3, "regions") == ["100"]
    assert said(Program.objects.get(), "rtikjatim", "regions") == ["98", "146"]


def test_the_five_partners(sragen, said):
    partners = Partnership.objects.filter(cohort=sragen.cohort)

    assert {said(partner, S3)["institution"] for partner in partners} == {
        "Kemendagri",
        "Bappenas",
        "KemenPAN",
        "PUPR",
        "KSP",
    }
    assert said(sragen.cohort, S3, "partners") == ["5"]


def test_the_minister_is_quoted(loaded, said):
    assert said(OfficeTerm.objects.get(person="Rudiantara"), S3) == {"person": "Rudiantara"}


def test_the_pages_show_every_fact(sragen, missing_on_pages):
    assert missing_on_pages(sragen, S3) == {"life": [], "article": []}
