"""The skills that a short text states: of those that it most likely speaks of, the ones whose own words stand in it.

The linker alone always has an answer, and half of its first ones are wrong. That the words of a skill's label stand in
the text is the second witness: all of them, or, where the linker is surer, all but those that only say what one does
with a thing ("operate", "systems").
"""

from __future__ import annotations

import re
from functools import cache

from hiring.skills.linking import CERTAIN, Link, links
from hiring.skills.requirements import subject_of
from hiring.skills.words import FUNCTION_WORDS, stem, words

WHOLE = CERTAIN // 10
"""The least likelihood of a skill all of whose words are said."""
TELLING = CERTAIN * 4 // 10
"""The least likelihood of a skill whose telling words alone are said."""
CANDIDATES = 8
_FRAME = """
activities apply carry computer conduct coordinate create design develop ensure equipment execute follow handle have
implement lead maintain make manage management methods monitor operate oversee perform plan prepare principles
process processes programming provide regulations software standards supervise system systems techniques
tools use utilise work
"""
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


def stated_skills(text: str, k: int) -> list[Link]:
    """At most `k` skills that `text` states, the likeliest first; raises `ModelMissing` without the model data."""
    said = frozenset(stem(word) for word in subject_of(text))
    return [link for link in links(text, CANDIDATES) if link.likelihood >= _least(link.skill.label, said)][:k]


def _least(label: str, said: frozenset[str]) -> int:
    """How likely a skill must be, by how much of its label is said."""
    own = _stems(_BRACKETS.sub("", label))
    telling = own - _frame()
    if own and own <= said:
        return WHOLE
    return TELLING if telling and telling <= said else CERTAIN + 1


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.text) for word in words(text) if word.text not in FUNCTION_WORDS)


@cache
def _frame() -> frozenset[str]:
    return _stems(_FRAME)
