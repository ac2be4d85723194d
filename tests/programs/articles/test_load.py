"""Loading the articles: twice, over what staff changed, and with mistakes in the files."""

import shutil

import pghistory.models
import pytest
from django.core.management import CommandError, call_command

from programs.domain import statements
from programs.imports import articles
from programs.imports.articles.load import ARTICLES
from programs.imports.articles.nouns import NOUNS
from programs.models import (
    Cohort,
    Commitment,
    Contradiction,
    Memorandum,
    Partnership,
    Publication,
    Source,
    Statement,
)
from regencies.imports.reader import ImportRefusedError

CODES = [f"I{n}" for n in range(1, 11)] + [f"X{n}" for n in range(1, 12)]


@pytest.fixture
def loaded(in_a_savepoint, places):
    """Loaded for one test, so that the others begin without."""
    articles.load()


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ARTICLES, tmp_path / "articles")
    return tmp_path / "articles"


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def counts():
    return [noun.model.objects.count() for noun in NOUNS] + [Statement.objects.count()]


def problems_of(folder):
    with pytest.raises(ImportRefusedError) as refusal:
        articles.load(folder)
    return [(p.file, p.line, p.column) for p in refusal.value.problems]


def test_a_second_load_writes_nothing(places, capsys):
    call_command("load_articles")
    before, history = counts(), pghistory.models.Events.objects.count()
    call_command("load_articles")

    first, second = capsys.readouterr().out.splitlines()
    assert first != second == "founding articles: 0 rows new"
    assert counts() == before
    assert pghistory.models.Events.objects.count() == history


def test_everything_loaded_is_internal(loaded):
    public = [
        noun.file
        for noun in NOUNS
        if hasattr(noun.model, "publication")
        and noun.model.objects.exclude(publication=Publication.INTERNAL).exists()
    ]

    assert public == []


def test_nothing_loaded_is_chosen_or_without_source(loaded):
    assert Statement.objects.filter(chosen_at__isnull=False).count() == 0
    assert Statement.objects.filter(source=None).count() == 0


def test_what_staff_changed_stays_and_is_told(loaded):
    Memorandum.objects.filter(participation__regency__code="33.16").update(place="Hotel")
    Commitment.objects.update(signed_on="2022-09-30")
    Statement.objects.filter(stated="2022-09-29").update(note="Diperiksa.")
    before = counts()

    again = articles.load()

    assert again.new == 0
    assert [line.split(": here")[0] for line in again.differences] == [
        "memoranda.csv, line 3, place",
        "commitments.csv, line 2, signed_on",
        next(line.split(": here")[0] for line in again.differences if "statements" in line),
    ]
    assert counts() == before


def test_what_staff_took_out_or_renamed_does_not_come_back(loaded):
    Statement.objects.filter(stated="107").delete()
    Statement.objects.filter(stated="Rudiantara").update(stated="Rudiantara, Menteri")
    partner = Partnership.objects.get(institution__slug="kompas-gramedia")
    Statement.objects.filter(stated="Kompas Gramedia").delete()
    partner.delete()
    before = counts()

    again = articles.load()

    assert again.new == 0
    assert len(again.differences) == 2 + 2 + 1  # the partner's statement points at nothing
    assert counts() == before


def test_every_error_is_told_at_once_and_nothing_is_written(places, folder):
    replace(folder / "memoranda.csv", "2018-05-08", "8 Mei 2018")
    replace(folder / "bodies.csv", "participation:2018:33.15", "participation:2018:99.99")
    replace(folder / "sessions.csv", "stage:2018:33.15:4", "stage:2018")
    replace(folder / "statements.csv", "komitmen-mojokerto,signed_on", "komitmen-mojokerto,signed")
    replace(folder / "statements.csv", ",Rabu,I1,", ",Rebo,I1,")

    found = problems_of(folder)

    assert {(file, column) for file, _line, column in found} == {
        ("memoranda.csv", "signed_on"),
        ("bodies.csv", "participation"),
        ("sessions.csv", "stage"),
        ("statements.csv", "field"),
        ("statements.csv", "weekday"),
    }
    assert Statement.objects.count() == Source.objects.filter(slug__startswith="s0").count() == 0


def test_without_its_cohort_the_command_says_so_and_loads_nothing(places):
    Cohort.objects.filter(year=2018).update(year=2031)
    before = counts()

    with pytest.raises(CommandError, match=r"there is no cohort:2018"):
        call_command("load_articles")

    assert counts() == before


def test_a_source_that_another_load_brought_is_used_and_kept(places, folder):
    address = "https://aptika.kominfo.go.id/?p=3114"
    there = Source.objects.create(publisher="Aptika", address=address)

    articles.load(folder)

    there.refresh_from_db()
    assert (there.publisher, there.slug) == ("Aptika", "")
    assert there.statements.count() == 2


def test_all_contradictions_are_on_the_comparing_page_with_their_rivals(loaded, admin_page):
    text = admin_page("programs_contradiction_compare")

    conflicts = [c for c in statements.contradictions() if c.contradiction]
    assert [c.contradiction.code for c in conflicts] == CODES
    assert [c.contradiction.code for c in conflicts if len(c.statements) < 2] == []
    for code in CODES:
        row = Contradiction.objects.get(code=code)
        assert f'id="{code}"' in text
        assert row.reading
    assert "2022-09-29" in text
    assert "2022-09-30" in text
