import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse

from programs.domain import editing, stages
from programs.models import OutputVersion
from tests import factories
from tests.factories import PDF, SESSION, complete, make_submitted, pdf

TYPED = {
    "starts_on_day": "7",
    "starts_on_month": "Mei",
    "starts_on_year": "2018",
    "ends_on_day": "8",
    "ends_on_month": "5",
    "ends_on_year": "2018",
    "mode": "onsite",
    "venue": "Pendopo",
    "council_count": "12",
    "team_count": "30",
    "other_count": "",
    "notes": "",
}


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def as_signer(client, signer):
    client.force_login(signer)
    return client


def page(name, stage):
    return reverse(f"programs:stage-{name}", args=[stage.pk])


def test_a_draft_saves_what_was_typed(as_officer, stage):
    response = as_officer.post(page("edit", stage), TYPED | {"revision": 1})

    assert response.url == page("detail", stage)
    stage.refresh_from_db()
    assert editing.values(stage) == {
        "starts_on": dt.date(2018, 5, 7),
        "ends_on": dt.date(2018, 5, 8),
        "mode": "onsite",
        "venue": "Pendopo",
        "council_count": 12,
        "team_count": 30,
        "other_count": None,
        "notes": "",
    }


def test_an_empty_draft_saves(as_officer, stage):
    response = as_officer.post(page("edit", stage), {"revision": 1})

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("starts_on_day", "31", "Tanggal itu tidak ada"),
        ("council_count", "dua belas", "bilangan bulat"),
        ("council_count", "-1", "angka 0 atau lebih"),
        ("council_count", "999999999999", "100.000"),
        ("mode", "satelit", "satelit"),
        ("ends_on_year", "2017", "Hari terakhir mendahului hari pertama"),
    ],
)
def test_bad_input_comes_back_with_a_clear_error(as_officer, stage, field, typed, said):
    body = TYPED | {"revision": 1, "venue": "Pendopo <b>Agung</b>"} | {field: typed}
    if field == "starts_on_day":
        body["starts_on_month"] = "2"

    response = as_officer.post(page("edit", stage), body)

    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert f'value="{typed}"' in text or field == "mode"
    assert "Pendopo &lt;b&gt;Agung&lt;/b&gt;" in text
    assert stage.sessions.count() == 0


def test_a_stale_second_save_shows_both_values_and_loses_neither(as_officer, stage, signer):
    editing.edit(stage, by=signer, revision=1, venue="Hotel Surakarta")

    conflict = as_officer.post(page("edit", stage), TYPED | {"revision": 1})

    assert conflict.status_code == 409
    text = conflict.content.decode()
    assert "Hotel Surakarta" in text
    assert 'value="Pendopo"' in text
    assert stage.sessions.get().venue == "Hotel Surakarta"
    assert conflict.context["form"]["revision"].value() == 2

    as_officer.post(page("edit", stage), TYPED | {"revision": 2})
    assert stage.sessions.get().venue == "Pendopo"


def test_a_stage_closed_meanwhile_gives_the_typed_values_back(as_officer, stage, signer):
    make_submitted(stage, signer)

    response = as_officer.post(page("edit", stage), TYPED | {"revision": 1})

    assert response.status_code == 409
    assert 'value="Pendopo"' in response.content.decode()


def test_upload_shows_size_type_and_hash(as_officer, stage):
    output = stage.outputs.get()
    address = reverse("programs:output-upload", args=[output.pk])

    response = as_officer.post(address, {"file": pdf("../Buku I.exe"), "note": ""}, follow=True)

    version = OutputVersion.objects.get()
    assert (version.original_name, version.content_type) == ("Buku I.pdf", "application/pdf")
    text = response.content.decode()
    assert "PDF" in text
    assert version.sha256 in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00program", "tidak dapat dibaca sebagai PDF"),
        (b"<svg onload=alert(1)>", "tidak dapat dibaca sebagai PDF"),
        (b"PK\x03\x04 not really a zip", "tidak dapat dibaca sebagai PDF"),
    ],
)
def test_a_refused_file_says_why(as_officer, stage, content, said):
    address = reverse("programs:output-upload", args=[stage.outputs.get().pk])

    response = as_officer.post(address, {"file": pdf("Buku I.pdf", content), "note": "revisi"})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'value="revisi"' in response.content.decode()
    assert not OutputVersion.objects.exists()


def test_a_download_is_an_attachment_that_is_never_sniffed(as_officer, stage, signer):
    complete(stage, signer)
    version = OutputVersion.objects.get()

    response = as_officer.get(version.get_absolute_url())

    assert response["Content-Disposition"] == 'attachment; filename="Buku I.pdf"'
    assert b"".join(response.streaming_content) == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_a_download_whose_bytes_are_lost_is_a_page_that_is_not_found(as_officer, stage, signer):
    complete(stage, signer)
    version = OutputVersion.objects.get()
    Path(version.file.path).unlink()

    assert as_officer.get(version.get_absolute_url()).status_code == 404


def test_a_draft_file_can_be_removed_and_a_submitted_one_cannot(as_signer, stage, signer):
    complete(stage, signer)
    version = OutputVersion.objects.get()
    address = reverse("programs:output-remove", args=[version.pk])

    stages.submit(stage, by=signer)
    stages.withdraw(stage, by=signer)
    as_signer.post(address)
    assert OutputVersion.objects.filter(pk=version.pk).exists()

    as_signer.post(
        reverse("programs:output-upload", args=[version.output_id]),
        {"file": pdf(content=PDF + b"2"), "note": ""},
    )
    draft = OutputVersion.objects.get(number=2)
    as_signer.post(reverse("programs:output-remove", args=[draft.pk]))
    assert not OutputVersion.objects.filter(pk=draft.pk).exists()


def test_submit_and_withdraw_from_the_browser(as_signer, stage, signer):
    complete(stage, signer)

    receipt = as_signer.post(page("submit", stage), follow=True)
    assert "Bimtek I sudah terkirim" in receipt.content.decode()

    as_signer.post(page("withdraw", stage))
    stage.refresh_from_db()
    assert stage.status == "draft"


def test_an_incomplete_stage_stays_a_draft_and_says_what_is_missing(as_signer, stage):
    response = as_signer.post(page("submit", stage), follow=True)

    text = response.content.decode()
    assert "Lengkapi tahap ini sebelum mengirimnya." in text
    assert "Unggah “Buku 1”." in text


def test_a_returned_stage_shows_the_reason_on_top(as_officer, stage, signer, ministry):
    make_submitted(stage, signer)
    stages.return_for_repair(stage, by=ministry, reason="Analisis SWOT <b>belum</b> ada")

    for name in ("detail", "edit", "check"):
        text = as_officer.get(page(name, stage)).content.decode()
        assert "Analisis SWOT &lt;b&gt;belum&lt;/b&gt; ada" in text
        assert text.index("Analisis SWOT") < text.index("<h1")


def test_the_stage_page_tells_its_history(as_officer, stage, signer):
    editing.edit(stage, by=signer, revision=1, venue=SESSION["venue"])

    text = as_officer.get(page("detail", stage)).content.decode()

    assert "menyimpan perubahan" in text
    assert "Tempat: Pendopo Kabupaten" in text


def test_a_bad_body_is_nobody_elses_to_send(client, stage, observer):
    client.force_login(observer)

    assert client.post(page("edit", stage), {"council_count": "x"}).status_code == 403


def test_opening_a_closed_stage_leads_back_and_says_why(as_signer, stage, signer):
    make_submitted(stage, signer)

    for address in (page("edit", stage), stage.outputs.get().get_absolute_url()):
        response = as_signer.get(address, follow=True)
        assert response.redirect_chain == [(stage.get_absolute_url(), 302)]
        assert "berstatus “Terkirim”" in response.content.decode()


def test_a_form_sent_after_the_session_ended_says_that_it_was_not_saved(client, stage):
    response = client.post(page("edit", stage), TYPED | {"revision": 1}, follow=True)

    assert "belum tersimpan" in response.content.decode()


def test_submitting_again_after_signing_in_asks_to_check_first(as_signer, stage):
    response = as_signer.get(page("submit", stage), follow=True)

    assert response.redirect_chain[-1][0] == page("check", stage)
    assert "belum terkirim" in response.content.decode()


def test_an_officer_is_told_who_submits(as_officer, stage, signer):
    text = as_officer.get(page("check", stage)).content.decode()

    assert "signer@test.example" in text
    assert "Kirim untuk diverifikasi" not in text


def test_thousands_may_be_written_the_indonesian_way(as_officer, stage):
    as_officer.post(page("edit", stage), TYPED | {"revision": 1, "other_count": "1.200"})

    assert stage.sessions.get().other_count == 1200


@pytest.mark.parametrize(("status", "queries"), [("draft", 15), ("verified", 13)])
def test_a_stage_page_costs_the_same_for_one_file_and_for_many(
    client, stage, signer, officer, ministry, status, queries, django_assert_num_queries
):
    for number in range(5):
        factories.outputs.attach(
            stage.outputs.get(), by=signer, upload=pdf(content=PDF + bytes([number]))
        )
    if status == "verified":
        stages.verify(make_submitted(stage, signer), by=ministry)
    client.force_login(officer)

    with django_assert_num_queries(queries):
        client.get(page("detail", stage))
