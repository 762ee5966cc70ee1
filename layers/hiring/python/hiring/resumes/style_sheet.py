"""The part of CSS that says whether text can be seen: colours, grounds, and what is not shown at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_BLOCK = re.compile(r"@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+)*)", re.IGNORECASE)
_MAX = 200_000


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    marks: frozenset[str]
    whole: bool
    """Whether nothing but the element itself is asked for, and not where it stands."""
    declarations: dict[str, str]

    def fits(self, tag: str, marks: frozenset[str]) -> bool:
        return self.tag in ("", "*", tag) and self.marks <= marks


class StyleSheet:
    """The rules of a page, weakest first."""

    def __init__(self, texts: Iterable[str]) -> None:
        rules: list[tuple[int, int, _Rule]] = []
        for selectors, body in _RULE.findall(_AT_BLOCK.sub("", _COMMENT.sub("", "\n".join(texts)[:_MAX]))):
            declared = declarations(body)
            for selector in selectors.split(","):
                parts = re.split(r"[\s>+~]+", selector.strip())
                match = _SIMPLE.fullmatch(parts[-1])
                if match and parts[-1]:
                    marks = frozenset(re.findall(r"[.#][\w-]+", match["rest"]))
                    weight = sum(100 if mark[0] == "#" else 10 for mark in marks) + bool(match["tag"])
                    rule = _Rule((match["tag"] or "").lower(), marks, len(parts) == 1, declared)
                    rules.append((weight, len(rules), rule))
        self._rules = [rule for _, _, rule in sorted(rules, key=lambda each: each[:2])]

    def of(self, tag: str, identifier: str, classes: str, inline: str) -> dict[str, str]:
        """What is declared for an element; a ground that depends on where it stands is "unknown"."""
        marks = frozenset([*(f".{each}" for each in classes.split()), *([f"#{identifier}"] if identifier else [])])
        found: dict[str, str] = {}
        for rule in self._rules:
            if rule.fits(tag, marks):
                found |= rule.declarations if rule.whole else _unsure(rule.declarations)
        return found | declarations(inline)


def declarations(body: str) -> dict[str, str]:
    """The properties of a rule and their values, in lower case."""
    pairs = (each.partition(":") for each in body.split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip().lower() for name, sign, value in pairs if sign
    }


def _unsure(declared: dict[str, str]) -> dict[str, str]:
    return {name: "unknown" for name in declared if name in ("color", "background", "background-color")}
