"""Zip archives that hold a document: DOCX or ODT. Inflated bytes are counted, entities are refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from hiring.resumes.layout import CannotRead, Layout
from hiring.resumes.model import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_INFLATED = 24_000_000
"""Bytes of XML that one document may inflate to."""
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_ENTITIES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)", re.IGNORECASE)


class Archive:
    """The parts of a zip file, each read once and within a common limit."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise CannotRead(Problem.UNREADABLE) from error
        self._left = MAX_INFLATED
        self.names = frozenset(self._zip.namelist())
        if len(self.names) > 5000:
            raise CannotRead(Problem.UNSAFE)

    def bytes_of(self, name: str) -> bytes:
        """One part; raises `CannotRead` for a broken, encrypted or bloated one."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise CannotRead(Problem.ENCRYPTED)
            with self._zip.open(info) as part:
                content = part.read(self._left + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise CannotRead(Problem.UNREADABLE) from error
        self._left -= len(content)
        if self._left < 0:
            raise CannotRead(Problem.UNSAFE)
        return content

    def xml_of(self, name: str) -> _Element:
        """The root of one part; raises `CannotRead` where it declares entities, nests too deep or is no XML."""
        from lxml import etree

        content = self.bytes_of(name)
        if _ENTITIES.search(content) or _WIDE_ENTITIES.search(content):
            raise CannotRead(Problem.UNSAFE)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error).lower() or "huge" in str(error).lower()
            raise CannotRead(Problem.UNSAFE if deep else Problem.UNREADABLE) from error


def read(data: bytes) -> Layout:
    """The layout of the document inside; raises `CannotRead`."""
    archive = Archive(data)
    if "word/document.xml" in archive.names:
        from hiring.resumes import word

        return word.read(archive)
    if "content.xml" in archive.names:
        from hiring.resumes import open_document

        return open_document.read(archive)
    raise CannotRead(Problem.UNREADABLE)
