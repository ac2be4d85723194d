import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from programs.domain import documents
from programs.models import Document
from regencies.errors import RuleError
from tests.factories import PDF, pdf


def test_a_paper_is_stored_by_its_content(ministry, regency):
    document = documents.store(pdf("Surat.docx"), by=ministry, title="Surat", regency=regency)

    document.refresh_from_db()
    stored = {
        "name": document.original_name,
        "type": document.content_type,
        "size": document.size,
        "by": document.uploaded_by,
        "region": document.regency,
        "publication": document.publication,
    }
    assert stored == {
        "name": "Surat.pdf",
        "type": "application/pdf",
        "size": len(PDF),
        "by": ministry,
        "region": regency,
        "publication": "internal",
    }
    assert document.file.name == f"documents/{document.sha256[:2]}/{document.sha256}"
    with document.file.open("rb") as file:
        assert file.read() == PDF


def test_the_same_bytes_twice_are_one_file(ministry):
    first = documents.store(pdf("Satu.pdf"), by=ministry, title="Satu")
    second = documents.store(pdf("Dua.pdf"), by=ministry, title="Dua")

    assert first.pk != second.pk
    assert first.file.name == second.file.name


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 program", b"<html></html>"])
def test_what_is_no_paper_is_refused_and_nothing_is_kept(content, ministry):
    with pytest.raises(RuleError) as refused:
        documents.store(SimpleUploadedFile("surat.pdf", content), by=ministry, title="Surat")

    assert refused.value.fields == ("file",)
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["nobody", "contributor", "officer", "signer", "observer"])
def test_only_the_ministry_stores_papers(role, request, regency):
    with pytest.raises(PermissionDenied):
        documents.store(pdf(), by=request.getfixturevalue(role), title="Surat", regency=regency)

    assert not Document.objects.exists()
