"""Archives (ZIP, and the office formats that are one) with the same bytes in every run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

#: The date of every part.
_NO_DATE = (1980, 1, 1, 0, 0, 0)

#: When a document was made and changed, by its own account.
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts, by their paths in it, in the order given.

    >>> zipped({"a.txt": b"one"}) == zipped({"a.txt": b"one"})
    True
    """
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, date_time=_NO_DATE)
            part.external_attr = 0o644 << 16
            archive.writestr(part, content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def undated(document: bytes) -> bytes:
    """An office document without the time at which it and its parts were written."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    core = parts["docProps/core.xml"]
    return zipped(parts | {"docProps/core.xml": _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", core)})
