"""S1: Bimtek IV of Kabupaten Grobogan, November 2018."""

import datetime as dt

import pytest

from programs.domain import statements
from programs.models import BimtekStage, Initiative, LocalBody, Masterplan, Memorandum, Source
from regencies.models import OfficeTerm

S1 = "s1-grobogan-2018"


@pytest.fixture
def grobogan(participation_of):
    return participation_of(2018, "33.15")


def stage(participation, number):
    return BimtekStage.objects.get(participation=participation, definition__number=number)


def test_the_source_carries_a_date_before_its_event(loaded):
    source = Source.objects.get(slug=S1)

    assert (source.published_on, source.event_on) == (dt.date(2018, 7, 7), dt.date(2018, 11, 7))
    assert (source.publisher, source.author) == (
        "Dinas Pertanian Kabupaten Grobogan",
        "Tim Pelaksana Smart City",
    )
    assert (source.address, source.also_at) == ("", "dispertan.grobogan.go.id/berita/...")


def test_both_weekdays_are_right_and_the_page_is_flagged_as_early(grobogan):
    session = stage(grobogan, 4).sessions.get()
    source = Source.objects.get(slug=S1)
    (day,) = statements.rivals(session, "starts_on")
    (printed,) = statements.rivals(source, "published_on")

    assert (day.stated, day.get_weekday_display()) == ("2018-11-07", "Rabu")
    assert [flag.kind.value for flag in day.flags] == ["early"]
    assert (printed.stated, printed.get_weekday_display()) == ("2018-07-07", "Sabtu")
    assert printed.flags == []
    assert {day.contradiction.code, printed.contradiction.code} == {"I1"}


def test_bimtek_iv_in_surakarta(grobogan, said):
    session = stage(grobogan, 4).sessions.get()

    assert (session.starts_on, session.ends_on) == (dt.date(2018, 11, 7), dt.date(2018, 11, 8))
    assert (session.venue, session.mode, session.attendance) == ("Surakarta", "", None)
    assert said(session, S1) == {
        "starts_on": "2018-11-07",
        "ends_on": "2018-11-08",
        "venue": "Surakarta",
    }


def test_the_stages_stay_drafts_and_three_are_reported_held(grobogan, said):
    assert {s.status for s in grobogan.stages.all()} == {"draft"}
    assert said(grobogan, S1, "stages_held") == ["3"]
    assert [stage(grobogan, number).sessions.count() for number in (1, 2, 3)] == [0, 0, 0]


def test_the_outputs_of_each_stage(grobogan, said):
    told = [" ".join(said(stage(grobogan, number), S1, "")) for number in (1, 2, 3, 4)]

    words = [
        ["program kerja", "analisis kesenjangan", "Buku I"],
        ["Buku II", "evaluasi program kerja", "kesiapan daerah", "masa depan"],
        ["quick win", "peta jalan", "53 program unggulan", "20 quick win"],
        ["visi misi", "strategi pembangunan", "rencana aksi daerah", "peta jalan", "Buku II"],
    ]
    assert [[w for w in few if w not in text] for few, text in zip(words, told, strict=True)] == [
        []
    ] * 4


def test_53_programmes_and_20_quick_wins_are_reported_and_no_row_is_invented(grobogan, said):
    plan = Masterplan.objects.get(participation=grobogan)

    assert said(plan, S1, "initiatives") == ["53"]
    assert said(plan, S1, "quick_wins") == ["20"]
    assert said(plan, S1, "books") == ["2"]
    assert Initiative.objects.count() == 0
    (total,) = statements.rivals(plan, "initiatives")
    assert [flag.kind.value for flag in total.flags] == ["absent"]  # no row is on record


def test_the_benefits(grobogan, said):
    told = said(Masterplan.objects.get(participation=grobogan), S1, "")

    assert [text.partition(": ")[2] for text in told if text.startswith("Manfaat")] == [
        "layanan publik",
        "perizinan",
        "promosi wisata dan budaya",
        "investasi",
        "pembangunan berkelanjutan",
    ]


def test_the_people_and_the_team(grobogan, said):
    bupati = OfficeTerm.objects.get(person="Sri Sumarni")
    head = OfficeTerm.objects.get(person="Wiku Handoyo")
    team = LocalBody.objects.get(participation=grobogan)

    assert (bupati.title, bupati.regency.code, bupati.starts_on) == ("Bupati", "33.15", None)
    assert (head.title, head.agency.name) == ("Kepala Diskominfo", "Diskominfo")
    assert said(bupati, S1) == {"person": "Sri Sumarni"}
    assert said(head, S1) == {"person": "Wiku Handoyo"}
    assert (team.kind, team.decree_number, team.members.count()) == ("team", "", 0)
    assert said(team, S1) == {"kind": "Tim Pelaksana Smart City"}


def test_what_the_agencies_are_asked(grobogan, said):
    told = said(grobogan, S1, "")

    assert [text for text in told if "satu inovasi" in text and "RPJMD 2016–2021" in text]
    (detail,) = [text for text in told if "wajib memuat" in text]
    for word in ("tahun pelaksanaan", "OPD penanggung jawab", "perkiraan kebutuhan anggaran"):
        assert word in detail


def test_the_memorandum_as_in_s0(grobogan, said):
    memorandum = Memorandum.objects.get(participation=grobogan)

    assert said(memorandum, S1, "title_as_printed") == [memorandum.title_as_printed]
    assert said(memorandum, S1, "") == [
        "Para pihak: Dirjen Aptika Kemkominfo dan Bupati Grobogan",
        "Kewajiban dari MoU: Bimtek empat kali",
    ]


def test_who_publishes_is_not_who_tells(loaded, said):
    source = Source.objects.get(slug=S1)

    assert said(source, S1, "publisher") == ["Dinas Pertanian Kabupaten Grobogan"]
    assert said(source, S1, "author") == ["Tim Pelaksana Smart City"]


def test_the_pages_show_every_fact(grobogan, missing_on_pages):
    assert missing_on_pages(grobogan, S1) == {"life": [], "article": []}
