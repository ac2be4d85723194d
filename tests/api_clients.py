"""Programs that call the API, each with a person's token or with none."""

import datetime as dt

from rest_framework.test import APIClient

from regencies.models import ApiToken


def token_of(user, scope="write", days=30):
    """A token's row and its value."""
    return ApiToken.objects.create(
        user=user, expiry=dt.timedelta(days=days), name="uji", scope=scope
    )


def caller(user=None, scope="write"):
    """A client in English, with a token of ``user`` or anonymous."""
    client = APIClient(headers={"accept-language": "en"})
    if user:
        _, value = token_of(user, scope)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {value}")
    return client


def refusal(code, detail, attr=None, kind="client_error"):
    """The body of a refusal with one entry."""
    return {"type": kind, "errors": [{"code": code, "detail": detail, "attr": attr}]}
