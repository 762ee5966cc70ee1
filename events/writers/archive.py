"""Zip files that come out the same every time."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


def without_clock(archive: bytes) -> bytes:
    """`archive` with the same members in the same order, all of one date and from one system."""
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(file, "w") as target:
        for name in source.namelist():
            member = ZipInfo(name, date_time=(2026, 10, 1, 9, 0, 0))
            member.create_system = 3
            # OpenDocument wants its first member stored, so that the type can be told from the first bytes.
            member.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return file.getvalue()
