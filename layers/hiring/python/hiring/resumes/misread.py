"""Text whose UTF-8 somebody read as Latin-1 or as Windows-1252: "â€“" is a dash again, "Ã©" an "é"."""

from __future__ import annotations

import re

_WINDOWS = {
    bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = "\x80-\xbf" + "".join(map(re.escape, _WINDOWS))
_MISREAD = re.compile(f"[ÂÃ][{_TAIL}]|[âï][{_TAIL}]{{2}}|ð[{_TAIL}]{{3}}")
_CUT_SIGN = re.compile(r"ï¼(?=\s|$)")
_CUT_BLANK = re.compile(r"Â(?=\s|$)")
"""What is left where the last byte was lost, being a control character or a blank to whoever wrote the file.

The sign was a fullwidth comma or dash, and a dash parts whatever either of them parts.
"""
_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)}


def repaired(text: str) -> str:
    """`text` with misread characters as they were meant, and fullwidth signs in their ordinary form."""
    if "ï" in text or "â" in text or "Ã" in text or "Â" in text or "ð" in text:
        text = _CUT_BLANK.sub(" ", _CUT_SIGN.sub("–", _MISREAD.sub(_meant, text)))
    return text.translate(_WIDE)


def _meant(match: re.Match[str]) -> str:
    codes = [_WINDOWS.get(letter, ord(letter)) for letter in match.group()]
    try:
        return bytes(codes).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return match.group()
