import datetime as dt
import shutil

import pghistory.models
import pytest
from django.core.management import CommandError, call_command

from regencies.domain.resolving import Resolver
from regencies.imports import reference
from regencies.imports.reader import ImportRefusedError
from regencies.models import Area, FormerCode, Province, Regency, RegencyAlias
from tests.regencies.reference import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, cut to a few rows."""
    for path in reference.FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    keep(tmp_path / "provinces.csv", "33,", "34,")
    keep(tmp_path / "regencies.csv", "33.15,", "33.16,")
    keep(tmp_path / "provincial_governments.csv", "34,")
    (tmp_path / "aliases.csv").write_text("name,code\nKab. Purwodadi,33.15\n")
    (tmp_path / "former_codes.csv").write_text("former_code,code,until\n13.15,33.15,1999-12-31\n")
    (tmp_path / "areas.csv").write_text("slug,name,code\ncepu,Cepu Raya,33.16\n")
    return tmp_path


def keep(path, *beginnings):
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(ln for ln in lines if ln.startswith(beginnings)))


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def history():
    return pghistory.models.Events.objects.count()


def test_the_shipped_files_load_whole_and_once(capsys):
    call_command("load_reference")
    call_command("load_reference")

    counts = "38 provinces, 516 regencies, 301 other spellings, 26 former codes, 7 areas"
    assert capsys.readouterr().out.splitlines() == [
        f"{counts}: 915 new, 0 changed",
        f"{counts}: 0 new, 0 changed",
    ]
    kinds = [Regency.objects.filter(kind=k).count() for k in ("kabupaten", "kota", "provinsi")]
    assert kinds == [416, 98, 2]
    assert FormerCode.objects.get(code="92.71").until == dt.date(2022, 12, 8)
    assert FormerCode.objects.get(code="91.01").until == dt.date(2022, 7, 25)
    assert Province.objects.get(code="65").zone == "Asia/Makassar"
    assert Area.objects.get(slug="danau-toba").regencies.count() == 8
    channels = pghistory.models.Events.objects.values_list("pgh_context__channel", flat=True)
    assert set(channels) == {"command"}
    resolver = Resolver.from_database()
    assert all(resolver.resolve(r["name"]).code == r["code"] for r in rows("aliases.csv"))


def test_a_second_load_writes_no_history(folder):
    reference.load(folder)
    before = history()

    loaded = reference.load(folder)

    assert (loaded.new, loaded.changed) == (0, 0)
    assert history() == before > 0


def test_the_file_wins_for_what_identifies_a_place(folder):
    reference.load(folder)
    Regency.objects.filter(code="33.15").update(name="Grobokan", official_name="Kab Grobokan")
    Province.objects.filter(code="33").update(zone="Asia/Makassar")

    loaded = reference.load(folder)

    assert (loaded.new, loaded.changed) == (0, 2)
    assert Regency.objects.get(code="33.15").official_name == "Kabupaten Grobogan"
    assert Province.objects.get(code="33").zone == "Asia/Jakarta"


def test_a_corrected_capital_or_point_stays_and_an_empty_one_is_filled(folder):
    reference.load(folder)
    Regency.objects.filter(code="33.15").update(capital="Purwodadi Kota", latitude="-7.100")
    Regency.objects.filter(code="33.16").update(capital="", latitude=None, longitude=None)

    reference.load(folder)

    grobogan, blora = Regency.objects.filter(code__in=["33.15", "33.16"])
    assert (grobogan.capital, str(grobogan.latitude)) == ("Purwodadi Kota", "-7.100")
    assert (blora.capital, blora.latitude is None) == ("Blora", False)


def test_what_the_files_do_not_mention_is_not_touched(folder):
    reference.load(folder)
    blora = Regency.objects.get(code="33.16")
    RegencyAlias.objects.create(regency=blora, name="Kota Sate", key="kotasate")
    Area.objects.get(slug="cepu").regencies.add(Regency.objects.get(code="33.15"))

    reference.load(folder)

    assert set(RegencyAlias.objects.values_list("key", flat=True)) == {"kotasate", "kabpurwodadi"}
    assert Area.objects.get(slug="cepu").regencies.count() == 2


def test_every_error_is_told_at_once_and_nothing_is_written(folder):
    replace(folder / "provinces.csv", "Asia/Jakarta", "Jakarta")
    replace(folder / "regencies.csv", "33.16,kabupaten", "33.16,kecamatan")
    (folder / "provincial_governments.csv").write_text(
        "code,name,official_name\n99,Atlantis,Provinsi Atlantis\n"
    )
    (folder / "aliases.csv").write_text("name,code\nPurwodadi,33.99\nPURWO DADI,33.15\n")
    replace(folder / "former_codes.csv", "1999-12-31", "31-12-1999")

    with pytest.raises(ImportRefusedError) as refusal:
        reference.load(folder)

    places = [(p.file, p.line, p.column) for p in refusal.value.problems]
    assert places == [
        ("provinces.csv", 2, "zone"),
        ("provinces.csv", 3, "zone"),
        ("provincial_governments.csv", 2, "code"),
        ("aliases.csv", 2, "code"),
        ("aliases.csv", 3, "name"),
    ]
    assert Province.objects.count() == Regency.objects.count() == 0


def test_a_broken_cell_names_its_file_line_and_column(folder):
    replace(folder / "regencies.csv", "33.16,kabupaten", "33.16,kecamatan")
    replace(folder / "regencies.csv", "Kabupaten Grobogan,33,0", "Kabupaten Grobogan,33,no")
    replace(folder / "former_codes.csv", "1999-12-31", "31-12-1999")

    with pytest.raises(ImportRefusedError) as refusal:
        reference.load(folder)

    places = [(p.file, p.line, p.column) for p in refusal.value.problems]
    assert places == [
        ("regencies.csv", 2, "is_administrative"),
        ("regencies.csv", 3, "kind"),
        ("former_codes.csv", 2, "until"),
    ]
    assert Province.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\nX\n", "aliases.csv, line 1, code: the file needs this column once"),
        ("name,code,x\nX,33.15,\n", "aliases.csv, line 1, x: is not a column of this file"),
        ("name,code\nX\n", "aliases.csv, line 2: has not 2 cells"),
        ("name,code\nX,33.15,Y\n", "aliases.csv, line 2: has not 2 cells"),
        ("name,code\nX,33.15\nX,33.16\n", "aliases.csv, line 3, name: X stands on line 2 already"),
        ('name,code\n"X,33.15\n', "aliases.csv, line 1: cannot be read: unexpected end of data"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_in_words(folder, text, problem):
    (folder / "aliases.csv").write_text(text)

    with pytest.raises(ImportRefusedError) as refusal:
        reference.load(folder)

    assert str(refusal.value) == problem
    assert Province.objects.count() == 0


def test_a_missing_file_is_refused_in_words(folder):
    (folder / "areas.csv").unlink()

    with pytest.raises(ImportRefusedError, match=r"^areas\.csv, line 1: cannot be read: "):
        reference.load(folder)


def test_the_command_says_that_nothing_was_loaded(folder, monkeypatch):
    (folder / "aliases.csv").write_text("name,code\nX,99.99\n")
    monkeypatch.setattr(reference.load.__wrapped__, "__defaults__", (folder,))

    with pytest.raises(CommandError) as refusal:
        call_command("load_reference")

    assert str(refusal.value) == (
        "Nothing was loaded.\naliases.csv, line 2, code: there is no regency 99.99"
    )
