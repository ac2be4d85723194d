"""A word in shape and colour, as the public pages have them."""

from django.utils.html import format_html

GOOD, WAITING, BAD = "verified", "not_started", "late"


def mark(kind, words):
    return format_html('<strong class="portal-tag portal-tag--{}">{}</strong>', kind, words)
