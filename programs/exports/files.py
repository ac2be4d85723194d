"""Documents on their way out, the same from every door."""

from django.http import FileResponse


def file_response(kept):
    """The bytes of an ``OutputVersion`` or ``Document`` as an attachment.

    Who may have them, the door asks first. Never shown inline, never kept by a cache, and
    never compressed on the way: the length that is announced is the length of the document.
    """
    return FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=kept.original_name,
        content_type=kept.content_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Encoding": "identity",
            "X-Content-Type-Options": "nosniff",
        },
    )
