"""Whether letters of one colour can be seen on a ground of another."""

from __future__ import annotations

import re

type Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each. None where a file does not say: nothing is hidden for what is not known."""

WHITE: Colour = (255, 255, 255)
_LEAST = 16
"""Of 255 steps: colours that differ by less in red, green and blue look the same."""
_NAMES: dict[str, Colour] = {
    "white": WHITE,
    "black": (0, 0, 0),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "yellow": (255, 255, 0),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
    "darkblue": (0, 0, 139),
    "darkgray": (169, 169, 169),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "darkcyan": (0, 139, 139),
    "darkgreen": (0, 100, 0),
    "darkred": (139, 0, 0),
}
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*(1(?:\.0+)?|100%)\s*)?\)")


def colour_of(text: str) -> Colour | None:
    """The colour that `text` writes in hexadecimal, as rgb() or by a common name; None for anything else."""
    text = text.strip().lower()
    if text in _NAMES:
        return _NAMES[text]
    if match := _RGB.fullmatch(text):
        red, green, blue = (min(255, int(part)) for part in match.groups()[:3])
        return red, green, blue
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9a-f]{6}", digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def is_hidden(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters of colour `ink` cannot be seen on `ground`."""
    if ink is None or ground is None:
        return False
    return max(abs(one - other) for one, other in zip(ink, ground, strict=True)) < _LEAST
