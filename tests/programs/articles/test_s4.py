"""S4: Bimtek IV and commitment of Kabupaten Mojokerto, September 2022."""

import datetime as dt

import pytest

from programs.domain import statements
from programs.models import BimtekStage, Commitment, LocalBody, Masterplan, Program, Source
from regencies.models import Agency, OfficeTerm

S4 = "s4-mojokerto-2022"
OFFICES = [
    "Kepala Dinas Kominfo",
    "Staf ahli bidang hukum dan politik",
    "Asisten Perekonomian dan Pembangunan Setda",
    "Direktur RSUD dr. Soekandar",
    "Kepala DPUPR",
    "Kepala Dinas Kesehatan",
    "Kepala Satpol-PP",
    "Kepala Dinas Pangan dan Perikanan",
    "Kepala DLH",
]


@pytest.fixture
def mojokerto(participation_of):
    return participation_of(2022, "35.16")


@pytest.fixture
def commitment(mojokerto):
    return Commitment.objects.get(participation=mojokerto)


def test_the_source(loaded):
    source = Source.objects.get(slug=S4)

    assert (source.address, source.also_at) == ("", "majamojokerto.net/2022/09/30/...")
    assert (source.published_on, source.event_on) == (dt.date(2022, 9, 30), None)


def test_nine_signed_by_office_and_without_names(commitment, said):
    signatories = list(commitment.signatories.all())

    assert [(s.position, s.office, s.name) for s in signatories] == [
        (number, office, "") for number, office in enumerate(OFFICES, 1)
    ]
    assert [s.agency.name if s.agency else None for s in signatories] == [
        "Dinas Kominfo",
        None,
        None,
        "RSUD dr. Soekandar",
        "DPUPR",
        "Dinas Kesehatan",
        "Satpol-PP",
        "Dinas Pangan dan Perikanan",
        "DLH",
    ]
    assert [said(s, S4) for s in signatories] == [{"office": office} for office in OFFICES]
    assert said(commitment, S4, "signatories") == ["9"]
    assert Agency.objects.filter(regency__code="35.16").count() == 7


def test_the_day_stays_empty_between_two_statements(commitment):
    wrong, right = statements.rivals(commitment, "signed_on")

    assert commitment.signed_on is None
    assert [(s.stated, s.get_weekday_display()) for s in (wrong, right)] == [
        ("2022-09-29", "Jumat"),
        ("2022-09-30", "Jumat"),
    ]
    assert [flag.kind.value for flag in wrong.flags] == ["weekday", "rivals"]
    assert [flag.kind.value for flag in right.flags] == ["rivals"]
    assert {wrong.contradiction.code, right.contradiction.code} == {"I2"}


def test_the_commitment_and_what_contradicts_it(commitment, said):
    place = "Pendapa Graha Maja Tama (GMT)"

    assert (commitment.place, said(commitment, S4, "place")) == (place, [place])
    assert commitment.text == "Komitmen bersama untuk melaksanakan masterplan."
    assert said(commitment, S4, "") == [
        "Penandatanganan sudah menutup Bimtek",
        "Penandatanganan akan dilakukan",
        "Ditandatangani seluruh pemangku kepentingan, Dewan Smart City",
    ]


def test_bimtek_iv_and_the_four_months(mojokerto, said):
    stage = BimtekStage.objects.get(participation=mojokerto, definition__number=4)
    session = stage.sessions.get()

    assert (session.starts_on, session.ends_on) == (None, None)
    assert session.venue == "Pendapa Graha Maja Tama (GMT)"
    assert said(session, S4) == {"venue": session.venue}
    (closed,) = said(stage, S4, "")
    assert "ditutup" in closed
    assert "Bimtek I–IV berlangsung empat bulan" in said(mojokerto, S4, "")


def test_one_of_fifty_under_two_names(mojokerto, said):
    assert said(mojokerto.cohort, S4) == {"participations": "50"}
    assert said(Program.objects.get(), S4, "name") == [
        "Gerakan Menuju Kota Cerdas (Smart City) tahun 2022",
        "gerakan menuju 100 Smart City",
    ]


def test_the_people(loaded, said):
    head = OfficeTerm.objects.get(person="Ardi Sepdianto")
    expert = OfficeTerm.objects.get(person="Fitrah Rachmat Kautsar")

    assert (head.title, head.agency.name) == ("Kepala Dinas Kominfo", "Dinas Kominfo")
    assert (expert.title, expert.regency) == ("Ketua tim ahli", None)
    assert said(head, S4) == {"person": "Ardi Sepdianto"}
    assert said(expert, S4) == {
        "person": "Fitrah Rachmat Kautsar",
        "title": "Ketua tim ahli Kemenkominfo",
    }
    assert not OfficeTerm.objects.filter(regency__code="35.16", title="Bupati").exists()


def test_evaluation_advice_stakeholders_and_fibre(mojokerto, said):
    told = said(mojokerto, S4, "")
    plan = Masterplan.objects.get(participation=mojokerto)

    assert "Pemantauan dan evaluasi dilakukan setiap tahun" in told
    assert "Saran: beri insentif atas capaian yang ditemukan dalam evaluasi" in told
    assert [text.partition(": ")[2] for text in told if text.startswith("Pemangku")] == [
        "akademisi",
        "industri kreatif",
        "komunitas",
        "pendidikan",
    ]
    assert said(plan, S4, "") == ["Rencana infrastruktur: serat optik untuk seluruh kabupaten"]


def test_the_council(mojokerto, said):
    council = LocalBody.objects.get(participation=mojokerto)

    assert (council.kind, council.members.count()) == ("council", 0)
    assert said(council, S4) == {"kind": "Dewan Smart City"}


def test_the_pages_show_every_fact(mojokerto, missing_on_pages):
    assert missing_on_pages(mojokerto, S4) == {"life": [], "article": []}
