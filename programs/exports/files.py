"""Documents on their way out, the same from every door."""

from django.http import FileResponse


def file_response(version):
    """The bytes of an ``OutputVersion`` as an attachment; who may have them, the door asks first.

    Never shown inline, never kept by a cache, and never compressed on the way: the length
    that is announced is the length of the document.
    """
    return FileResponse(
        version.file.open("rb"),
        as_attachment=True,
        filename=version.original_name,
        content_type=version.content_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Encoding": "identity",
            "X-Content-Type-Options": "nosniff",
        },
    )
