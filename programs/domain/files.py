"""What an uploaded file really is: type by content, never by its name."""

import hashlib
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from regencies.errors import RuleError

CONTENT_TYPES = "[Content_Types].xml"
END_RECORD = 22 + 65_535  # the record that ends a zip, with its longest comment
MOST_ENTRIES, LARGEST_DIRECTORY = 10_000, 2 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_PARTS = {
    "word/document.xml": OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": OFFICE + "presentationml.presentation",
}
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
#: What ``zipfile`` and the decompressors raise at a damaged or hostile archive.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    OFFICE_PARTS["word/document.xml"]: ".docx",
    OFFICE_PARTS["xl/workbook.xml"]: ".xlsx",
    OFFICE_PARTS["ppt/presentation.xml"]: ".pptx",
}


@dataclass(frozen=True)
class FileFacts:
    """A file's safe name, its type by content, its size in bytes and its SHA-256."""

    name: str
    content_type: str
    size: int
    sha256: str


def inspect(upload: Any) -> FileFacts:
    """Look at an uploaded file before it is stored. Raises ``RuleError`` for field ``file``."""
    if upload.size == 0:
        raise _refusal(_("“%s” is empty. Choose another file.") % upload.name)
    if upload.size > settings.MAX_UPLOAD_BYTES:
        sizes = [filesizeformat(size) for size in (upload.size, settings.MAX_UPLOAD_BYTES)]
        raise _refusal(
            _("“%(name)s” has %(size)s; at most %(limit)s are possible. Make it smaller.")
            % {"name": upload.name, "size": sizes[0], "limit": sizes[1]}
        )
    content_type = _content_type(upload)
    if content_type is None:
        raise _refusal(
            _(
                "“%s” cannot be read as PDF, Word, Excel, PowerPoint (without macros), JPG or "
                "PNG. Save it again in one of these, then upload it."
            )
            % upload.name
        )
    return FileFacts(
        name=safe_name(upload.name, content_type),
        content_type=content_type,
        size=upload.size,
        sha256=_sha256(upload),
    )


def safe_name(name: str, content_type: str) -> str:
    """The person's own file name without path or control characters, ending as its type does."""
    base = PurePath(name.replace("\\", "/")).name
    stem = "".join(c for c in PurePath(base).stem if c.isprintable() and c not in '<>:"|?*/')
    return (stem.strip(" .")[:150] or "berkas") + EXTENSIONS[content_type]


def _content_type(upload: Any) -> str | None:
    upload.seek(0)
    head = upload.read(8)
    if head.startswith(b"PK"):
        return _office_type(upload)
    return next((kind for sign, kind in SIGNATURES.items() if head.startswith(sign)), None)


def _office_type(upload: Any) -> str | None:
    """The Office type of a zip, by the part every such document has; None with macros inside."""
    try:
        if not _has_modest_directory(upload):
            return None
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
            types = _content_types(archive) if CONTENT_TYPES in names else b"macro"
    except DAMAGED:
        return None
    if b"macro" in types or any("vbaproject" in name.lower() for name in names):
        return None
    return next((kind for part, kind in OFFICE_PARTS.items() if part in names), None)


def _has_modest_directory(upload: Any) -> bool:
    """Whether the zip's table of contents is small, before anything reads it whole."""
    upload.seek(max(0, upload.size - END_RECORD))
    tail = upload.read(END_RECORD)
    start = tail.rfind(b"PK\x05\x06")
    if start < 0 or len(tail) - start < 20:
        return False
    entries, directory = struct.unpack("<10xHI", tail[start : start + 16])
    upload.seek(0)
    return entries <= MOST_ENTRIES and directory <= LARGEST_DIRECTORY


def _content_types(archive: zipfile.ZipFile) -> bytes:
    with archive.open(CONTENT_TYPES) as part:
        return part.read(LARGEST_DIRECTORY).lower()


def _sha256(upload: Any) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _refusal(text: str) -> RuleError:
    return RuleError(text, fields=["file"])
