"""Links: with a scheme, with `www`, with a path, or the bare name of a host; dots and strokes in words too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hiring.contacts.disguises import View
from hiring.contacts.domains import CLEAR_ENDINGS, FILE_ENDINGS, is_host, leads_nowhere
from hiring.contacts.host_names import BRACKETED_DOT, WORD_DOT, HostName, host_at, label_before
from hiring.contacts.spans import Found, SpanKind

_SCHEME = re.compile(
    r"(?<![^\W_])(?:h\w\wps?|ftp)(?:\s?:\s?/\s?/\s?|\s(?:colon|doppelpunkt)\s(?:slash|schragstrich)\s(?:slash|schragstrich)\s)"
)
_WORLD_WIDE = re.compile(rf"(?<![^\W_])www(?:\.|\s\.\s?|{BRACKETED_DOT}|{WORD_DOT})")
_BARE = re.compile(r"(?<![\w@.%+$-])(?<![\w.]/)[^\W_](?:[^\W_]|-){0,62}(?:\.[^\W_](?:[^\W_]|-){0,62}){1,5}")
_HIDDEN_DOT = re.compile(rf"{BRACKETED_DOT}|{WORD_DOT}|\s\.\s?")
_WITHOUT_DOTS = re.compile(
    r"(?<![^\W_])www[\s.,;]{1,3}[\w-]{2,60}[\s.,;]{1,3}(?:com|net|org|info|io|de|at|ch|fr|es|ro|eu|uk)\b"
    r"|(?<![\w.@-])[a-z][\w-]{2,60}[,;](?:com|org)\b"
)
_GLUED = re.compile(r"(?<![^\W_])[A-Za-z0-9-]{2,60}[a-z0-9]DOT(?:com|net|org|io|de|at|fr|es|ro|eu)(?![^\W_])")
_MEMBER = re.compile(r"(?<![\w.])(?:linkedin)?/in/[\w-]{3,60}")
_PATH = re.compile(r"[/?#:][^\s<>\"'|]*[^\s<>\"'|.,;:!?)\]}]")
_SPOKEN_PATH = re.compile(r"(?:\s(?:slash|schragstrich|barra)\s[\w.-]*\w)+")
_ANYTHING = re.compile(r"[^\s<>\"'|]*[^\s<>\"'|.,;:!?)\]}]")
_PLACE_ON_THE_NET = re.compile(
    r"\b(?:web|website|webseite|homepage|site|page|seite|pagina|visit|visitez|besuchen|besuche|visita|url|link|domain|"
    r"internet|online|portal|adresse|address|go to|find us|see|siehe|check)\b"
)
_OTHER_SENSE = re.compile(
    r"\s{0,2}-?(?:era|bubble|boom|crash|bust|age|years|times|companies|company|startups?|start-ups?|stocks?|"
    r"developers?|engineers?|applications?|apps?|stack|framework|core|platform|projects?|experience|"
    r"de|of|von|del)\b"
)
_NO_NAME_TEXT = """
a acel acest an and any au auf black blue ce cette chaque cu das data dein dem den der dernier des die dieser din du e
each ein eine el erster ese esta este et every first for green her his in its jeder junior la las last le les letzter
los mein microsoft mon ms my next notre oder of one or otro our polka premier primer que red second senior si some son
that the their these this those ton two ultimo un und une using white with y your zweiter
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())
_COMMON_ENDINGS_TEXT = """
al am as at be de do es il in is it la live me my name net no pe pro so to un us work works
"""
_COMMON_ENDINGS = frozenset(_COMMON_ENDINGS_TEXT.split())


def find_links(view: View) -> Iterator[Found]:
    """The links of a view."""
    lower = view.lower
    for scheme in _SCHEME.finditer(lower):
        host = host_at(lower, scheme.end())
        rest = _ANYTHING.match(lower, scheme.end())
        end = max(_end_of_path(lower, host.end) if host else 0, rest.end() if rest else 0)
        if end:
            yield SpanKind.LINK, scheme.start(), end
    for www in _WORLD_WIDE.finditer(lower):
        host = host_at(lower, www.end())
        if host is not None:
            yield SpanKind.LINK, www.start(), _end_of_path(lower, host.end)
    for pattern, written in ((_MEMBER, lower), (_WITHOUT_DOTS, lower), (_GLUED, view.text)):
        for match in pattern.finditer(written):
            yield SpanKind.LINK, *match.span()
    yield from _bare(view)
    yield from _hidden(lower)


def _bare(view: View) -> Iterator[Found]:
    for match in _BARE.finditer(view.lower):
        host = host_at(view.lower, match.start())
        if host is None or not is_host(host.name):
            continue
        end = _end_of_path(view.lower, host.end)
        path = view.lower[host.end : host.end + 1] == "/" and end > host.end
        if view.lower[host.end : host.end + 1] in {"-", "_"}:
            continue
        if path or (
            _is_site(host.name, view.text[host.start : host.end]) and not _is_end_of_sentence(view.lower, host)
        ):
            yield SpanKind.LINK, match.start(), end


def _is_site(name: str, written: str) -> bool:
    """Whether a bare name without a path is a site, and not a product, a file, or two sentences without a space."""
    labels = name.split(".")
    if leads_nowhere(name) or len(labels[-2]) < 2 or labels[-1] in FILE_ENDINGS:
        return False
    if labels[-1] in CLEAR_ENDINGS:
        first = written.rsplit(".", maxsplit=1)[-1]
        return first.islower() or first.isupper() or labels[-1] in {"com", "org"}
    return written.islower() and not (set(labels[:-1]) & _NO_NAME)


def _is_end_of_sentence(lower: str, host: HostName) -> bool:
    """Whether the ending is rather the first word of the next sentence ("for students.to help")."""
    label, ending = host.name.split(".")[-2:]
    if ending not in _COMMON_ENDINGS or not label.isalpha() or host.name.startswith("www."):
        return False
    return bool(re.match(r"\s[^\W\d_]", lower[host.end : host.end + 2])) and not _on_the_net(lower, host.start)


def _on_the_net(lower: str, start: int) -> bool:
    return _PLACE_ON_THE_NET.search(lower[max(0, start - 40) : start]) is not None


def _hidden(lower: str) -> Iterator[Found]:
    done = 0
    for dot in _HIDDEN_DOT.finditer(lower):
        start = label_before(lower, dot.start())
        if start is None or start < done:
            continue
        host = host_at(lower, start)
        if host is None or not is_host(host.name):
            continue
        end = _end_of_path(lower, host.end)
        if _is_hidden_site(lower, host, end, spoken=dot.group().strip().isalpha(), spaced=dot.group().strip() == "."):
            done = end
            yield SpanKind.LINK, start, end


def _is_hidden_site(lower: str, host: HostName, end: int, *, spoken: bool, spaced: bool) -> bool:
    labels = host.name.split(".")
    if end > host.end or labels[0] == "www":
        return True
    if spaced:
        return len(labels[-2]) > 2 and labels[-1] in {"com", "org", "io", "info"}
    if not spoken:
        return len(labels[-2]) > 1
    if set(labels[:-1]) & _NO_NAME or _OTHER_SENSE.match(lower, end):
        return False
    if labels[-1] in _COMMON_ENDINGS:
        return _on_the_net(lower, host.start)
    return True


def _end_of_path(lower: str, end: int) -> int:
    path = _PATH.match(lower, end) or _SPOKEN_PATH.match(lower, end)
    return path.end() if path else end
