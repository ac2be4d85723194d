"""Uploaded bytes: whole or not at all, once per content, gone when nobody has them."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programs.domain import files, outputs
from programs.models import OutputVersion
from programs.models.output import private_storage
from regencies.errors import RuleError
from tests.factories import PDF, pdf

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(**parts):
    given = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"} | parts
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in given.items():
            archive.writestr(name, text)
    return SimpleUploadedFile("Buku I.docx", target.getvalue())


def damaged(method, *, at=20):
    """A document whose part of types is packed by ``method`` and then overwritten."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 500, method)
        archive.writestr("word/document.xml", "<w/>")
    content = bytearray(target.getvalue())
    start = 30 + len("[Content_Types].xml")  # after the part's own header
    content[start + at : start + at + 12] = b"\xff" * 12
    return SimpleUploadedFile("Buku I.docx", bytes(content))


def stored(version):
    return Path(private_storage().path(version.file.name))


def test_the_type_is_read_from_the_content():
    assert files.inspect(docx()).content_type == DOCUMENT


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": "x"},
        {"[Content_Types].xml": '<Override ContentType="x.macroEnabled.main+xml"/>'},
        {f"a/{number}": "" for number in range(10_001)},
    ],
    ids=["macros", "macros under another name", "ten thousand parts"],
)
def test_a_document_with_surprises_is_refused(parts):
    with pytest.raises(RuleError, match="“Buku I"):
        files.inspect(docx(**parts))


@pytest.mark.parametrize("at", [0, 2, 4, 20])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_document_with_a_damaged_part_is_refused(method, at):
    with pytest.raises(RuleError, match="“Buku I"):
        files.inspect(damaged(method, at=at))


def test_a_half_written_file_at_the_address_is_replaced(stage, officer):
    version = outputs.attach(stage.outputs.get(), by=officer, upload=pdf())
    stored(version).write_bytes(PDF[:10])

    again = outputs.attach(stage.outputs.get(), by=officer, upload=pdf())

    assert stored(again).read_bytes() == PDF


def test_bytes_go_with_the_last_row_that_names_them(
    stage, officer, django_capture_on_commit_callbacks
):
    content = PDF + b"only here"
    first, second = (
        outputs.attach(stage.outputs.get(), by=officer, upload=pdf(content=content))
        for _ in range(2)
    )

    with django_capture_on_commit_callbacks(execute=True):
        outputs.remove(first, by=officer)
    assert stored(second).exists()
    with django_capture_on_commit_callbacks(execute=True):
        outputs.remove(second, by=officer)
    assert not stored(second).exists()
    assert not OutputVersion.objects.exists()
