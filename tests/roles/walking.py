"""The roles of the matrix, the routes it must cover, and signing in as one of them."""

from django.urls import URLPattern, get_resolver

ROLES = [
    "anonymous",
    "nobody",
    "contributor",
    "officer",
    "signer",
    "observer",
    "expert",
    "ministry",
]


def routes(resolver=None, namespace=""):
    """Every named route of the site; health probes have paths instead of names."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or str(pattern.pattern)}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)


def enter(client, role, request):
    """Sign in as ``role``; the expert is the one assigned to the site's own region."""
    client.logout()
    if role != "anonymous":
        client.force_login(request.getfixturevalue("expert_of_own" if role == "expert" else role))
