import datetime as dt

import pytest
from django.utils import timezone

from regencies.domain import tokens
from regencies.models import ApiToken
from tests.api_clients import caller, refusal, token_of

INVALID = refusal("authentication_failed", "The token is not valid: unknown, expired or revoked.")
READ_ONLY = refusal("token_scope", "This token may only read.")


def answer(response):
    return response.status_code, response.json()


def with_header(value):
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=value)
    return client


def test_a_token_costs_one_query_and_notes_its_use_once_a_day(officer, django_assert_num_queries):
    token, value = token_of(officer)
    old, _ = token_of(officer)
    ApiToken.objects.filter(pk=old.pk).update(expiry=timezone.now() - dt.timedelta(days=1))
    client = with_header(f"Bearer {value}")

    with django_assert_num_queries(3):  # token with user, note of its use, the province
        client.get("/api/v1/provinces/33/")
    with django_assert_num_queries(2):  # token with user, the province
        client.get("/api/v1/provinces/33/")

    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    assert ApiToken.objects.filter(pk=old.pk).exists()  # nothing is cleaned up on the way


def test_the_token_is_stored_only_as_a_hash(officer):
    token, value = token_of(officer)

    stored = " ".join(str(column) for column in ApiToken.objects.values_list().get(pk=token.pk))

    assert value.startswith("sc_")
    assert len(value) == 67
    assert value not in stored
    assert value[15:] not in stored


def expire(token, value):
    ApiToken.objects.filter(pk=token.pk).update(expiry=timezone.now())
    return value


def revoke(token, value):
    tokens.revoke(token, by=token.user)
    return value


def deactivate(token, value):
    token.user.is_active = False
    token.user.save()
    return value


def alter(token, value):
    return value[:-1] + ("0" if value[-1] != "0" else "1")


def shorten(token, value):
    return value[:15]


@pytest.mark.parametrize("spoil", [expire, revoke, deactivate, alter, shorten])
@pytest.mark.parametrize("method", ["get", "patch"])
def test_a_spoiled_token_opens_nothing_not_even_what_is_public(spoil, method, officer, stage):
    value = spoil(*token_of(officer))

    response = getattr(with_header(f"Bearer {value}"), method)(f"/api/v1/stages/{stage.pk}/")

    assert answer(response) == (401, INVALID)
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_example_account_has_no_token_in_production(officer, settings):
    officer.is_example = True
    officer.save()
    _, value = token_of(officer)
    assert with_header(f"Bearer {value}").get("/api/v1/provinces/").status_code == 200

    settings.EXAMPLE_SITE = False

    assert answer(with_header(f"Bearer {value}").get("/api/v1/provinces/")) == (401, INVALID)


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer \xff\xfe", "Bearer nul\x00", "bearer sc_x"]
)
def test_a_malformed_header_is_401(header, db):
    response = with_header(header).get("/api/v1/provinces/")

    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "authentication_failed"


@pytest.mark.parametrize("verb", ["", "submit/", "withdraw/", "return/", "verify/", "publish/"])
def test_a_token_for_reading_never_writes(verb, stage, signer):
    client = caller(signer, scope="read")

    assert client.get(f"/api/v1/stages/{stage.pk}/").status_code == 200
    write = client.post if verb else client.patch
    assert answer(write(f"/api/v1/stages/{stage.pk}/{verb}", {})) == (403, READ_ONLY)


def test_a_session_reads_internal_rows_too(client, officer, stage):
    client.force_login(officer)

    assert client.get(f"/api/v1/stages/{stage.pk}/").status_code == 200
