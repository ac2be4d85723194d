"""Documents on their way out, the same from every door."""

import logging

from django.http import FileResponse, Http404

logger = logging.getLogger(__name__)


def file_response(kept):
    """The bytes of an ``OutputVersion`` or ``Document`` as an attachment.

    Who may have them, the door asks first. Never shown inline, never kept by a cache, and
    never compressed on the way: the length that is announced is the length of the document.
    Where the bytes are lost, the log says so, and there is nothing to be found (404).
    """
    return FileResponse(
        _bytes_of(kept),
        as_attachment=True,
        filename=kept.original_name,
        content_type=kept.content_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Encoding": "identity",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _bytes_of(kept):
    try:
        return kept.file.open("rb")
    except FileNotFoundError as error:
        logger.error("The bytes of %s %s are lost: %s", kept._meta.label, kept.pk, kept.file.name)
        raise Http404("The file is lost") from error
