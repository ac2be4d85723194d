"""The way back: an address names the page of the admin that led to it; saving returns there."""

from urllib.parse import urlencode

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

NAME = "_back"
LONGEST = 500  # characters; each page hands on at most the page before it


def way_back(request):
    """The page of this admin that ``_back`` names, or None: no other host, nothing outside."""
    address = request.POST.get(NAME) or request.GET.get(NAME) or ""
    return address if _is_own(address) else None


def as_query(back):
    """The part of an address that names ``back`` as the page to return to."""
    return urlencode({NAME: back}) if back and len(back) <= LONGEST else ""


def with_way_back(address, back):
    """``address``, naming ``back`` as the page to return to; unchanged where there is none."""
    query = as_query(back)
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def _is_own(address):
    if not address.startswith("/") or len(address) > LONGEST:
        return False
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    try:
        return resolve(address.partition("#")[0].partition("?")[0]).app_name == "admin"
    except Resolver404:
        return False
