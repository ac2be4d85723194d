"""The bytes of the documents over the API."""

from pathlib import Path

import pytest

from tests import factories
from tests.api_clients import caller, refusal

IN_SIGHT = ["officer", "signer", "contributor", "observer", "expert", "ministry"]
OUTSIDE = ["stranger", "nobody", None]


@pytest.fixture
def version(published):
    return published.outputs.get().latest


def address(version):
    return f"/api/v1/files/{version.pk}/"


def content_of(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("who", IN_SIGHT)
def test_a_token_fetches_the_file_at_the_address_in_the_row(who, published, request):
    client = caller(request.getfixturevalue(who), scope="read")

    row = client.get(f"/api/v1/stages/{published.pk}/").json()
    response = client.get(row["outputs"][0]["file"]["address"])

    assert content_of(response) == factories.PDF


def test_a_session_fetches_it_too(client, officer, version):
    client.force_login(officer)

    assert content_of(client.get(address(version))) == factories.PDF


@pytest.mark.parametrize("who", OUTSIDE)
def test_for_others_there_is_no_file_even_when_its_stage_is_public(who, version, request):
    response = caller(who and request.getfixturevalue(who)).get(address(version))

    assert (response.status_code, response.json()) == (404, refusal("not_found", "Not found."))


def test_a_spoiled_token_is_told_so(version):
    client = caller()
    client.credentials(HTTP_AUTHORIZATION="Bearer sc_nothing")

    assert client.get(address(version)).status_code == 401


@pytest.mark.parametrize("accept", ["*/*", "application/pdf", "application/json"])
def test_the_file_is_an_attachment_that_nobody_keeps_or_compresses(accept, officer, version):
    headers = {"accept": accept, "accept-encoding": "gzip, br"}

    response = caller(officer).get(address(version), headers=headers)

    assert content_of(response) == factories.PDF
    told = ["Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition",
            "Cache-Control", "X-Content-Type-Options"]  # fmt: skip
    assert [response[name] for name in told] == [
        "application/pdf",
        str(len(factories.PDF)),
        "identity",
        'attachment; filename="Buku I.pdf"',
        "private, no-store",
        "nosniff",
    ]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_files_are_only_read_here(method, signer, version):
    assert getattr(caller(), method)(address(version), {}).status_code == 401
    assert getattr(caller(signer), method)(address(version), {}).status_code == 405


def test_a_file_takes_no_parameter(officer, version):
    response = caller(officer).get(f"{address(version)}?inline=1")

    text = "Unknown parameter. Known here: –."
    expected = refusal("unknown_parameter", text, "inline", "validation_error")
    assert (response.status_code, response.json()) == (400, expected)


def test_a_file_whose_bytes_are_lost_is_not_found_and_the_log_says_so(officer, version, caplog):
    Path(version.file.path).unlink()

    response = caller(officer).get(address(version))

    assert (response.status_code, response.json()) == (404, refusal("not_found", "Not found."))
    (record,) = [r for r in caplog.records if r.levelname == "ERROR"]
    assert version.file.name in record.getMessage()


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "-1", "x", "1%0A"])
def test_what_is_no_file_is_not_found(number, ministry):
    assert caller(ministry).get(f"/api/v1/files/{number}/").status_code == 404
