"""Damaged files made of honest ones: bytes flipped, cut, spliced, nested, outside and inside what is compressed."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

type Mutation = Callable[[bytes, bytes, random.Random], bytes]
"""A file, another file to take from, and the dice."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def flipped(data: bytes, _: bytes, dice: random.Random) -> bytes:
    """Up to 64 bytes have other values."""
    changed = bytearray(data)
    for _number in range(dice.randint(1, 64)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(data: bytes, _: bytes, dice: random.Random) -> bytes:
    """A stretch is missing: the end, the beginning or something between."""
    begin, end = sorted((dice.randrange(len(data)), dice.randrange(len(data) + 1)))
    return dice.choice((data[:begin], data[begin:], data[:begin] + data[end:])) or b"\0"


def spliced(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """A stretch of another file stands within."""
    begin, end = sorted((dice.randrange(len(other)), dice.randrange(len(other) + 1)))
    at = dice.randrange(len(data))
    return data[:at] + other[begin : min(end, begin + 20_000)] + data[at + dice.choice((0, end - begin)) :]


def nested(data: bytes, _: bytes, dice: random.Random) -> bytes:
    """A stretch repeats itself many times."""
    begin = dice.randrange(len(data))
    stretch = data[begin : begin + dice.choice((1, 2, 8, 40, 200))]
    return data[:begin] + stretch * dice.choice((3, 50, 2000)) + data[begin:]


OUTSIDE: dict[str, Mutation] = {"flipped": flipped, "cut": cut, "spliced": spliced, "nested": nested}


def mutated(data: bytes, other: bytes, dice: random.Random) -> tuple[str, bytes]:
    """A damaged `data` and the name of its damage; half of them are damaged inside their compressed parts."""
    name = dice.choice(sorted(OUTSIDE))
    change = OUTSIDE[name]
    if dice.random() < 0.5:
        if data.startswith(b"PK"):
            return f"{name} inside", _in_archive(data, change, dice)
        if data.startswith(b"%PDF") and _STREAM.search(data):
            return f"{name} inside", _in_stream(data, change, dice)
    return name, change(data, other, dice)


def _in_archive(data: bytes, change: Mutation, dice: random.Random) -> bytes:
    """One part of the archive is damaged; the archive itself is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        chosen = dice.choice([each for each in parts if each.endswith(("document.xml", "content.xml"))] + parts)
        other = archive.read(dice.choice(parts))
        for name in archive.namelist():
            part = archive.read(name)
            made.writestr(name, change(part, other, dice) if name == chosen and part else part)
    return out.getvalue()


def _in_stream(data: bytes, change: Mutation, dice: random.Random) -> bytes:
    """One stream of the PDF is damaged behind its compression; its length and the places of others may be wrong."""
    match = dice.choice(list(_STREAM.finditer(data)))
    try:
        content = zlib.decompress(match[1])
    except zlib.error:
        content = match[1]
    packed = zlib.compress(change(content, data, dice)) if content else b"\0"
    return data[: match.start(1)] + packed + data[match.end(1) :]
