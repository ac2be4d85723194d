import os

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")

CHARSETS = {"utf-8", "utf8", "us-ascii"}


def in_utf8(app):
    """Answer 400 to bodies announced in another charset.

    Django decodes even the query string with it, before any middleware: "hex" is an error 500.
    """

    def checked(environ, start_response):
        _kind, options = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if options.get("charset", "utf-8").lower() in CHARSETS:
            return app(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Kirim dalam UTF-8. / Please send UTF-8.\n"]

    return checked


application = in_utf8(get_wsgi_application())
