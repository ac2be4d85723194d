import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from regencies.models import ApiToken

LIST = reverse("admin:regencies_apitoken_changelist")


@pytest.fixture
def token(officer):
    return ApiToken.objects.create(user=officer, name="Dasbor", expiry=dt.timedelta(days=30))[0]


def test_the_list_shows_no_digest(client, ministry, token):
    client.force_login(ministry)

    page = client.get(LIST).content.decode()

    assert "Dasbor" in page
    assert token.digest not in page
    assert token.token_key not in page


def test_a_token_has_no_page_of_its_own(client, ministry, token):
    client.force_login(ministry)
    address = reverse("admin:regencies_apitoken_change", args=[token.pk])

    assert client.get(address, follow=True).redirect_chain[-1][0] == "/admin/"


def test_revoking_asks_first_and_then_ends_the_token(client, ministry, token):
    client.force_login(ministry)
    address = reverse("admin:regencies_apitoken_revoke", args=[token.public_id])

    assert "Dasbor" in client.get(address).content.decode()
    token.refresh_from_db()
    assert token.expiry > timezone.now()

    assert client.post(address).status_code == 302
    assert not ApiToken.objects.exists()


def test_a_revoked_token_no_longer_opens_the_api(client, ministry, officer):
    _row, secret = ApiToken.objects.create(user=officer, name="x", expiry=dt.timedelta(days=1))
    address = reverse("admin:regencies_apitoken_revoke", args=[_row.public_id])
    header = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/regencies/", headers=header).status_code == 200

    client.force_login(ministry)
    client.post(address)
    client.logout()

    assert client.get("/api/v1/regencies/", headers=header).status_code == 401


@pytest.mark.parametrize("who", ["officer", "observer"])
def test_only_those_who_manage_revoke_here(who, client, token, request):
    client.force_login(request.getfixturevalue(who))
    address = reverse("admin:regencies_apitoken_revoke", args=[token.public_id])

    assert client.post(address).status_code == 403
