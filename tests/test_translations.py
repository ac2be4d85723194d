"""Every screen text has its Indonesian words; English is what the code says."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"


def words(entry):
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


def test_nothing_is_untranslated_or_in_doubt():
    entries = polib.pofile(str(CATALOGUE))

    missing = [entry.msgid for entry in entries if not all(words(entry))]
    doubtful = [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete]

    assert (missing, doubtful) == ([], [])


def test_the_compiled_catalogue_is_the_one_in_the_repository():
    spoken = {e.msgid: words(e) for e in polib.pofile(str(CATALOGUE))}
    compiled = {e.msgid: words(e) for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}

    assert compiled == spoken


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_every_text_of_the_code_is_in_the_catalogue(tmp_path):
    rooms = ["programs", "regencies", "smartcity", "templates"]
    for room in rooms:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("*.pyc"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "id", "--no-location"]

    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    found = polib.pofile(str(tmp_path / "locale/id/LC_MESSAGES/django.po"))
    assert {e.msgid for e in found} == {e.msgid for e in polib.pofile(str(CATALOGUE))}


def test_english_is_complete():
    with translation.override("en"):
        assert translation.gettext("Submit for verification") == "Submit for verification"
    with translation.override("id"):
        assert translation.gettext("Submit for verification") == "Kirim untuk diverifikasi"
