import datetime as dt
import shutil

import pghistory.models
import pytest
from django.core.management import CommandError, call_command

from programs.domain import queries
from programs.imports import cohorts
from programs.models import (
    BimtekStage,
    Cohort,
    Entry,
    Output,
    Participation,
    Program,
    Requirement,
    SectionDefinition,
    Source,
    StageDefinition,
)
from regencies.imports import reference
from regencies.imports.reader import ImportRefusedError, read
from regencies.models import Regency
from tests import factories
from tests.regencies.reference import resolver

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The shipped files, cut to two participations of 2017 and one of 2018."""
    for path in cohorts.FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    keep(tmp_path / "cohorts.csv", "gm100sc,2017", "gm100sc,2018")
    keep(tmp_path / "criteria.csv", "none")
    keep(tmp_path / "participations.csv", "2017,15.71", "2017,52.03", "2018,33.15")
    for code in ("15.71", "52.03", "33.15"):
        factories.make_regency(code)
    return tmp_path


def keep(path, *beginnings):
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(ln for ln in lines if ln.startswith(beginnings)))


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rows():
    """How many rows every table of the programme has."""
    models = (Program, Cohort, StageDefinition, Requirement, Source, Participation)
    return [model.objects.count() for model in (*models, BimtekStage, Output)]


def problems_of(folder):
    with pytest.raises(ImportRefusedError) as refusal:
        cohorts.load(folder)
    return [(p.file, p.line, p.column) for p in refusal.value.problems]


def test_the_shipped_cohorts_load_whole_count_right_and_load_only_once(capsys):
    reference.load()
    call_command("load_cohorts")
    before, history = rows(), pghistory.models.Events.objects.count()
    call_command("load_cohorts")

    assert capsys.readouterr().out.splitlines() == [
        "7 cohorts, 161 participations: 434 rows new; opened 644 stages, 1932 outputs",
        "7 cohorts, 161 participations: 0 rows new; opened 0 stages, 0 outputs",
    ]
    assert rows() == before
    assert pghistory.models.Events.objects.count() == history > 0
    lists = queries.movement_figures(last=2019)
    assert (lists.entries, lists.listed_regions, lists.late_entrants) == (100, 98, 1)
    whole = queries.movement_figures()
    assert (whole.entries + whole.late_entrants, whole.cohorts) == (161, 7)
    assert Participation.objects.filter(sources=None).count() == 0
    assert BimtekStage.objects.exclude(due_on=None).count() == 0
    late = Participation.objects.get(entry=Entry.LATE)
    assert (late.regency.code, late.cohort.year) == ("52.03", 2017)


def test_a_participation_comes_with_its_place_name_note_and_sources(folder):
    cohorts.load(folder)

    grobogan = Participation.objects.get(regency__code="33.15")
    assert grobogan.name_as_printed == "Kabupaten Grobogan"
    assert grobogan.publication == grobogan.cohort.publication == "public"
    assert [s.publisher for s in grobogan.sources.all()] == ["National Geographic Indonesia"]
    assert grobogan.cohort.memoranda_signed_on == dt.date(2018, 5, 8)
    assert [stage.status for stage in grobogan.stages.all()] == ["draft"] * 4
    jambi = Participation.objects.get(regency__code="15.71")
    assert sorted(jambi.sources.values_list("publisher", "published_on")) == [
        ("beritaintermezo.com", dt.date(2017, 5, 26)),
        ("rtikkediri.or.id", None),
    ]


def test_a_source_that_no_file_describes_is_named_by_its_host(folder):
    replace(
        folder / "participations.csv", "http://www.gardaasakota.com/", "https://www.x.example/"
    )

    cohorts.load(folder)

    assert Source.objects.get(address__contains="x.example").publisher == "x.example"


def test_every_printed_name_resolves_to_the_code_beside_it():
    participations = read(
        cohorts.FOLDER / "participations.csv",
        ("cohort", "code", "name_as_printed", "entry", "area", "note", "sources"),
        key=["cohort", "code"],
    )

    found = {
        r["name_as_printed"]: resolver().resolve(r["name_as_printed"]).code for r in participations
    }
    assert found == {r["name_as_printed"]: r["code"] for r in participations}


def test_what_staff_changed_stays_and_is_told(folder):
    cohorts.load(folder)
    Cohort.objects.filter(year=2018).update(note="Catatan kami.", publication="internal")
    Participation.objects.filter(regency__code="33.15").update(note="Sudah diperiksa.")
    StageDefinition.objects.filter(cohort__year=2018, number=1).update(title="Pembukaan")
    Source.objects.filter(publisher="rtikkediri.or.id").update(address="https://rtik.example/1")
    before, history = rows(), pghistory.models.Events.objects.count()

    loaded = cohorts.load(folder)

    assert loaded.new == 0
    assert [difference.split(": here")[0] for difference in loaded.differences] == [
        "cohorts.csv, line 3, note",
        "participations.csv, line 2, sources",
        "participations.csv, line 4, note",
    ]
    assert Cohort.objects.get(year=2018).note == "Catatan kami."
    assert rows() == before
    assert pghistory.models.Events.objects.count() == history


def test_a_stage_that_staff_took_out_of_a_cohort_does_not_come_back(folder):
    keep(folder / "participations.csv", "2017,")
    cohorts.load(folder)
    StageDefinition.objects.get(cohort__year=2018, number=4).delete()

    cohorts.load(folder)

    numbers = StageDefinition.objects.filter(cohort__year=2018).values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_a_participant_added_to_the_file_later_gets_stages(folder):
    keep(folder / "participations.csv", "2017,15.71", "2018,")
    cohorts.load(folder)
    shutil.copy(cohorts.FOLDER / "participations.csv", folder)
    keep(folder / "participations.csv", "2017,15.71", "2017,52.03", "2018,33.15")

    loaded = cohorts.load(folder)

    assert (loaded.stages, loaded.outputs) == (4, 12)
    assert BimtekStage.objects.filter(participation__regency__code="52.03").count() == 4


def test_every_error_is_told_at_once_and_nothing_is_written(folder):
    replace(folder / "cohorts.csv", "GM100SC tahap II,50", "GM100SC tahap II,many")
    replace(folder / "stages.csv", "\n4,", "\n5,")
    replace(folder / "participations.csv", "2017,52.03,Kabupaten", "2017,52.99,Kabupaten")
    replace(folder / "participations.csv", "Kota Jambi,listed", "Kota Jambi,invited")

    assert problems_of(folder) == [
        ("cohorts.csv", 3, "official_size"),
        ("requirements.csv", 10, "stage"),
        ("requirements.csv", 11, "stage"),
        ("requirements.csv", 12, "stage"),
        ("requirements.csv", 13, "stage"),
        ("stages.csv", 5, "number"),
        ("participations.csv", 2, "entry"),
        ("participations.csv", 3, "code"),
    ]
    assert rows() == [0] * 8


def test_an_error_that_every_cohort_repeats_is_told_once(folder):
    replace(folder / "cohorts.csv", "gm100sc,2018", "gm100,2018")
    replace(folder / "cohorts.csv", "tahap I,25,1", "tahap I,25,yes")
    replace(folder / "stages.csv", "4,Finalisasi", "4,Finalisasi" + " lagi" * 40)
    shipped = (cohorts.FOLDER / "cohorts.csv").read_text().splitlines(keepends=True)[4]
    with (folder / "cohorts.csv").open("a") as file:
        file.write(shipped)

    assert problems_of(folder) == [
        ("cohorts.csv", 2, "list_is_complete"),
        ("cohorts.csv", 3, "program"),
        ("stages.csv", 5, "title"),
        ("participations.csv", 4, "cohort"),
    ]
    assert rows() == [0] * 8


def test_a_participation_without_a_source_or_with_a_bad_one_is_refused(folder):
    (folder / "participations.csv").write_text(
        "cohort,code,name_as_printed,entry,area,note,sources\n"
        "2017,15.71,Kota Jambi,listed,,,\n"
        "2018,33.15,Kabupaten Grobogan,listed,danau-tuba,,seed 004\n"
    )

    assert problems_of(folder) == [
        ("participations.csv", 2, "sources"),
        ("participations.csv", 3, "area"),
        ("participations.csv", 3, "sources"),
    ]
    assert rows() == [0] * 8


def test_without_the_reference_the_command_says_so_and_loads_nothing():
    assert Regency.objects.count() == 0

    with pytest.raises(CommandError) as refusal:
        call_command("load_cohorts")

    lines = str(refusal.value).splitlines()
    assert lines[:2] == [
        "Nothing was loaded.",
        "participations.csv, line 2, code: there is no code 15.71",
    ]
    assert rows() == [0] * 8


def test_each_cohort_has_its_own_books_and_criteria():
    reference.load()
    cohorts.load()

    assert {
        cohort.year: (cohort.books.count(), cohort.criteria.count())
        for cohort in Cohort.objects.filter(year__in=[2018, 2022, 2024])
    } == {2018: (3, 3), 2022: (3, 0), 2024: (4, 0)}
    assert [
        section.title for section in SectionDefinition.objects.filter(book__cohort__year=2024)
    ][-1] == "Profil setiap quick win"


def test_a_criterion_of_no_cohort_is_refused(folder):
    replace(folder / "criteria.csv", "guidance\n", "guidance\n2015,x,1,Judul,\n")

    assert problems_of(folder) == [("criteria.csv", 2, "cohort")]
