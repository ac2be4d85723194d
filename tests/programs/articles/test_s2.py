"""S2: the MoU of Kabupaten Blora, 8 May 2018."""

import datetime as dt

import pytest

from programs.models import AssessmentCriterion, Contradiction, Memorandum, Partnership, Source
from regencies.models import OfficeTerm

S2 = "s2-blora-2018"


@pytest.fixture
def blora(participation_of):
    return participation_of(2018, "33.16")


@pytest.fixture
def memorandum(blora):
    return Memorandum.objects.get(participation=blora)


def test_the_source_and_its_chain(loaded):
    source = Source.objects.get(slug=S2)

    assert (source.address, source.event_on) == ("", dt.date(2018, 5, 8))
    assert source.author == "Tim Berita Humas dan Protokol Setda Blora"
    assert "Dinkominfo" in source.note


def test_the_memorandum(memorandum, said):
    assert (memorandum.signed_on, memorandum.place) == (dt.date(2018, 5, 8), "Jakarta")
    assert memorandum.state == "reported"  # nobody tells who signed for the ministry
    assert memorandum.title_as_printed == "Implementasi Gerakan Menuju 100 Smart City"
    assert said(memorandum, S2, "signed_on") == ["2018-05-08"]
    assert said(memorandum, S2, "place") == ["Jakarta"]
    assert "Disebut nota kesepahaman" in said(memorandum, S2, "")
    assert said(memorandum, "infoblora-2018") == {
        "place": "REDTOP Hotel & Convention Center, Pecenongan"
    }


def test_the_deputy_signed_for_the_regent(memorandum, said):
    (signatory,) = memorandum.signatories.all()

    assert signatory.side == "region"
    assert (signatory.name, signatory.office) == ("H. Arief Rohman, M.Si", "Wakil Bupati Blora")
    assert signatory.on_behalf_of == "Bupati Blora Djoko Nugroho"
    assert said(signatory, S2) == {
        "name": signatory.name,
        "office": signatory.office,
        "on_behalf_of": signatory.on_behalf_of,
    }
    assert Contradiction.objects.get(code="I9").statements.count() == 3


def test_the_people(loaded, said):
    people = OfficeTerm.objects.filter(person__in=["Djoko Nugroho", "H. Arief Rohman, M.Si"])
    minister = OfficeTerm.objects.get(person="Rudiantara")

    assert {(p.title, p.regency.code, p.starts_on) for p in people} == {
        ("Bupati", "33.16", None),
        ("Wakil Bupati", "33.16", None),
    }
    assert minister.body == "Kementerian Komunikasi dan Informatika"
    assert [said(person, S2)["person"] for person in [*people, minister]] == [
        *(person.person for person in people),
        "Rudiantara",
    ]


def test_25_in_2017_and_50_in_2018(blora, participation_of, said):
    assert said(participation_of(2017, "14.08").cohort, S2) == {"participations": "25"}
    assert said(blora.cohort, S2)["participations"] == "50"


def test_the_eight_partners(blora, said):
    partners = Partnership.objects.filter(cohort=blora.cohort)
    named = [said(partner, S2)["institution"] for partner in partners if said(partner, S2)]

    assert sorted(named) == [
        "KSP",
        "KemenPANRB",
        "Kemendagri",
        "Kemenkeu",
        "Kemenko Perekonomian",
        "Kompas Gramedia",
        "PPN/Bappenas",
        "PUPR",
    ]
    assert said(blora.cohort, S2)["partners"] == "8"


def test_the_ministers_criteria(blora, said):
    criteria = AssessmentCriterion.objects.filter(cohort=blora.cohort)

    assert [said(criterion, S2)["title"] for criterion in criteria] == [
        "Kesiapan infrastruktur TIK",
        "Ruang dari APBD",
        "Pola pikir pemimpin daerah",
    ]


def test_praise_is_no_status(blora, said):
    told = said(blora, S2, "")

    assert "Segera setelah MoU: pendampingan penyusunan masterplan dan quick win" in told
    assert "Wawancara Rabu, 9 Mei 2018" in told
    assert blora.status == "active"
    assert {s.stated for s in Contradiction.objects.get(code="I8").statements.all()} <= set(told)


def test_the_pages_show_every_fact(blora, missing_on_pages):
    assert missing_on_pages(blora, S2) == {"life": [], "article": []}
