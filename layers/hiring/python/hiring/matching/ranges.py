"""How a count of people is told so that nobody is singled out, by one answer or by the difference of several.

What is told is a range about the count with noise on it, drawn from who the people are: the same people give the same
answer however often and in whatever way they are asked for, and one person more or less changes the chance of any
answer at most by a factor of e^EPSILON. The first range holds nobody and a few alike.
(Ghosh, Roughgarden, Sundararajan: Universally utility-maximizing privacy mechanisms, 2009, for the two-sided geometric
noise; drawn once for each set of people, as in Francis et al.: Diffix, 2017.)
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from math import floor, log

from hiring.matching.model import Extra, MoreRange

EPSILON = 0.5
"""The most that one person changes the logarithm of the chance of an answer."""
STEPS = (0, 5, 20, 100, 500)
"""Where the ranges begin."""
MANY = 2_000
"""From here on noise changes nothing that is told, so that nobody needs to be named."""


def told(extra: Extra, key: bytes) -> MoreRange:
    """The range that is told of a count. `key` is a secret of the deployment: without it the noise is unknown."""
    drawn = hmac.new(key, b"what-if\n" + extra.who.encode(), sha256).digest()
    noisy = extra.count + (0 if extra.count >= MANY else _noise(drawn))
    step = max(number for number, least in enumerate(STEPS) if noisy >= least or number == 0)
    return MoreRange(at_least=STEPS[step], at_most=STEPS[step + 1] - 1 if step + 1 < len(STEPS) else None)


def _noise(drawn: bytes) -> int:
    """Two-sided geometric noise from 16 even bytes: the difference of two draws that fall off by e^-EPSILON a step."""
    one, other = (int.from_bytes(half) / 2**64 for half in (drawn[:8], drawn[8:16]))
    return floor(log(1 - one) / -EPSILON) - floor(log(1 - other) / -EPSILON)
