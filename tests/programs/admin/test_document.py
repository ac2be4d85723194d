from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import Document
from tests.factories import PDF, pdf
from tests.nouns import papers

ADD = reverse("admin:programs_document_add")


def file_of(document):
    return reverse("admin:programs_document_file", args=[document.pk])


def test_the_ministry_uploads_a_paper(client, ministry, regency):
    client.force_login(ministry)

    response = client.post(ADD, {"title": "Surat", "regency": regency.pk, "upload": pdf()})

    assert response.status_code == 302
    document = Document.objects.get()
    assert (document.title, document.regency, document.uploaded_by) == (
        "Surat",
        regency,
        ministry,
    )


def test_an_officer_uploads_nothing_here(client, officer):
    client.force_login(officer)

    assert client.post(ADD, {"title": "Surat", "upload": pdf()}).status_code == 403
    assert not Document.objects.exists()


@pytest.mark.parametrize("upload", [None, SimpleUploadedFile("surat.pdf", b"MZ program")])
def test_a_refused_file_keeps_what_was_typed(upload, client, ministry, regency):
    client.force_login(ministry)
    sent = {"title": "Surat hasil", "regency": regency.pk}

    response = client.post(ADD, sent | ({"upload": upload} if upload else {}))

    form = response.context["adminform"].form
    assert response.status_code == 200
    assert list(form.errors) == ["upload"]
    assert form["title"].value() == "Surat hasil"
    assert str(form["regency"].value()) == str(regency.pk)
    assert not Document.objects.exists()


def test_the_plus_beside_a_scan_field_stores_and_chooses_the_paper(client, ministry):
    client.force_login(ministry)
    letter = client.get(reverse("admin:programs_letter_add"))
    assert f"{ADD}?_to_field=id&amp;_popup=1" in letter.content.decode()

    response = client.post(f"{ADD}?_popup=1", {"title": "S", "upload": pdf(), "_popup": "1"})

    assert response.templates[0].name.endswith("popup_response.html")
    assert f"&quot;value&quot;: &quot;{Document.objects.get().pk}&quot;" in (
        response.content.decode()
    )


def test_the_file_comes_as_an_attachment_to_the_ministry_alone(client, ministry, officer):
    document = papers.make_document(ministry)
    client.force_login(ministry)

    response = client.get(file_of(document))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"

    client.force_login(officer)
    assert client.get(file_of(document)).status_code == 403


def test_a_paper_whose_bytes_are_lost_is_not_found_and_the_log_says_so(client, ministry, caplog):
    document = papers.make_document(ministry)
    Path(document.file.path).unlink()
    client.force_login(ministry)

    assert client.get(file_of(document)).status_code == 404
    (record,) = [r for r in caplog.records if r.levelname == "ERROR"]
    assert document.file.name in record.getMessage()


@pytest.mark.parametrize("pk", [0, 9**30])
def test_a_paper_that_is_not_there_is_not_found(pk, client, ministry):
    client.force_login(ministry)

    assert client.get(f"/admin/programs/document/{pk}/file/").status_code == 404


def test_a_stored_paper_changes_its_title_but_never_its_file(client, ministry):
    document = papers.make_document(ministry)
    client.force_login(ministry)
    page = reverse("admin:programs_document_change", args=[document.pk])

    response = client.post(page, {"title": "Judul baru", "upload": pdf("x.pdf", b"%PDF-1.7 x")})

    assert response.status_code == 302
    stored = Document.objects.get()
    assert (stored.title, stored.sha256) == ("Judul baru", document.sha256)


def test_the_page_says_where_the_paper_is_used(client, ministry, participation):
    document = papers.make_document(ministry)
    papers.make_letter(number_as_printed="B-9", document=document)
    memorandum = papers.make_memorandum(participation, document=document)
    client.force_login(ministry)

    page = client.get(reverse("admin:programs_document_change", args=[document.pk]))

    shown = page.content.decode()
    assert ">B-9</a>" in shown
    assert reverse("admin:programs_memorandum_change", args=[memorandum.pk]) in shown


def test_a_paper_speaks_of_pdf_and_keeps_its_fingerprint_folded(client, ministry, regency):
    client.force_login(ministry)
    client.post(ADD, {"title": "Surat", "regency": regency.pk, "upload": pdf()})
    document = Document.objects.get()

    page = client.get(reverse("admin:programs_document_change", args=[document.pk]))
    text = page.content.decode()
    listed = client.get(reverse("admin:programs_document_changelist"), {"type": "PDF"})

    assert "application/pdf" not in text + listed.content.decode()
    assert text.index("<details") < text.index(document.sha256)
    assert list(listed.context["cl"].result_list) == [document]


def test_a_type_that_no_paper_has_finds_nothing(client, ministry, regency):
    client.force_login(ministry)
    client.post(ADD, {"title": "Surat", "regency": regency.pk, "upload": pdf()})

    listed = client.get(reverse("admin:programs_document_changelist"), {"type": "ODT"})

    assert list(listed.context["cl"].result_list) == []
