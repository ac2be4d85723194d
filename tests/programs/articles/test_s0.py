"""S0: the awards of Kabupaten Grobogan, 14 December 2018."""

import datetime as dt

from programs.models import (
    Award,
    AwardCategory,
    AwardEvent,
    Contradiction,
    Memorandum,
    Partnership,
    Program,
    Source,
)
from regencies.models import OfficeTerm

S0 = "s0-grobogan-2018"
PLACE = "Indonesia Convention Exhibition (ICE BSD City), Tangerang, Provinsi Banten"


def test_the_source(loaded):
    source = Source.objects.get(slug=S0)

    assert (source.address, source.also_at) == ("", "grobogan.go.id/info/berita-terbaru/1733-...")
    assert (source.published_on, source.event_on) == (None, dt.date(2018, 12, 14))


def test_the_ceremony(loaded, said):
    event = AwardEvent.objects.get()

    assert (event.held_on, event.place, event.cohort.year) == (dt.date(2018, 12, 14), PLACE, 2018)
    assert event.organiser is None
    assert said(event, S0) == {"held_on": "2018-12-14", "place": PLACE}


def test_two_awards_and_who_gave_and_received_them(loaded, said):
    given = "Samuel Abrijani Pangarepan, Dirjen Aplikasi Informatika Kemenkominfo"
    received = "Moh Sumarsono, Sekda Grobogan"
    awards = Award.objects.order_by("category__kind")

    assert [(a.category.kind, a.regency.code, a.awarding_body.slug) for a in awards] == [
        ("competition", "33.15", "kominfo"),
        ("programme", "33.15", "kominfo"),
    ]
    assert {(a.given_by, a.received_by) for a in awards} == {(given, received)}
    assert [said(award, S0) for award in awards] == [
        {"given_by": given, "received_by": received}
    ] * 2
    video = AwardCategory.objects.get(kind="competition")
    assert said(video, S0) == {"name": "Juara favorit lomba video smart city"}


def test_fifty_recipients_are_reported_and_not_invented(loaded, said):
    category = AwardCategory.objects.get(kind="programme")

    assert said(category, S0) == {"recipients": "50"}
    assert category.awards.count() == 1


def test_the_people(loaded, said):
    dirjen = OfficeTerm.objects.get(title="Dirjen Aplikasi Informatika")
    sekda = OfficeTerm.objects.get(person="Moh Sumarsono")

    assert dirjen.other_spellings == ["Samuel Abrijani Pangarepan"]
    assert (dirjen.starts_on, sekda.starts_on) == (None, None)
    assert (sekda.title, sekda.regency.code) == ("Sekda", "33.15")
    assert said(dirjen, S0)["person"] == "Samuel Abrijani Pangarepan"
    assert said(sekda, S0) == {"person": "Moh Sumarsono"}


def test_the_five_partners(loaded, said, participation_of):
    cohort = participation_of(2018, "33.15").cohort
    named = {
        partner.institution.slug: said(partner, S0)["institution"]
        for partner in Partnership.objects.filter(cohort=cohort)
        if said(partner, S0)
    }

    assert named == {
        "kominfo": "Kominfo",
        "kemendagri": "Kemendagri",
        "pupr": "Kementerian PUPR",
        "bappenas": "Bappenas",
        "ksp": "Kantor Staf Kepresidenan",
    }
    assert said(cohort, S0) == {"partners": "5"}


def test_purpose_law_and_horizon_of_the_programme(loaded, said):
    told = said(Program.objects.get(), S0, "")

    assert [text.split(":")[0] for text in told] == [
        "Tujuan",
        "Dasar hukum",
        "Jangka pendek, menengah, dan panjang",
    ]
    assert "UU 23/2014 pasal 386" in told[1]


def test_the_memorandum_without_number_and_date(participation_of, said):
    memorandum = Memorandum.objects.get(participation=participation_of(2018, "33.15"))

    assert (memorandum.state, memorandum.number_as_printed) == ("reported", "")
    assert memorandum.signed_on is None
    assert memorandum.title_as_printed == "Implementasi Menuju Gerakan 100 Smart City"
    assert [(s.side, s.name, s.office) for s in memorandum.signatories.order_by("side")] == [
        ("ministry", "", "Dirjen Aptika Kemkominfo"),
        ("region", "", "Bupati Grobogan"),
    ]
    assert said(memorandum, S0, "title_as_printed") == [memorandum.title_as_printed]
    assert "Kewajiban dari MoU: daerah menyelenggarakan Bimtek empat kali" in said(
        memorandum, S0, ""
    )


def test_the_outputs_over_four_stages(participation_of, said):
    told = said(participation_of(2018, "33.15"), S0, "")

    assert [text.partition(": ")[2] for text in told if text.startswith("Luaran")] == [
        "Analisis kesiapan menuju smart city",
        "Visi dan sasaran smart city",
        "Strategi pengembangan enam pilar",
        "Rencana aksi dan peta jalan jangka pendek, menengah, dan panjang",
    ]


def test_two_awards_or_three(participation_of, said):
    told = said(participation_of(2018, "33.15"), S0, "")

    assert {"Dua penghargaan diterima", "Selain itu masih satu penghargaan lagi"} <= set(told)
    assert Contradiction.objects.get(code="I6").statements.count() == 2


def test_the_pages_show_every_fact(participation_of, missing_on_pages):
    assert missing_on_pages(participation_of(2018, "33.15"), S0) == {"life": [], "article": []}
