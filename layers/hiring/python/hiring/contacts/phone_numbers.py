"""Phone numbers, by how their digits are grouped and by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hiring.contacts.disguises import View
from hiring.contacts.spans import Found, SpanKind

_GROUPED = re.compile(
    r"(?<![^\W\d_])(?<!\d[.,:])(?<![$€£¥#])(?<!\w[-/_#])"
    r"\(?(?:\+ ?)?\(?\d+(?:[ \t.\-/()\[\]{}*~_]{1,3}\d+)*+"
)
_ONE_BY_ONE = re.compile(r"(?<![\w.,])(?<![$€£¥#])\+?\d(?:[ \t.,\-/*~_|;:']{1,3}\d){6,}+(?!\d)")
_RUN = re.compile(r"(?:\+ ?)?\d(?:[ \t.,\-/()*~_|;:']{0,3}\d)*+")
_EXTENSION = re.compile(r"\s?(?:x|ext\.?|extension|durchwahl|dw)\s?\d{1,6}\b")
_CALLS = re.compile(
    r"\b(?:tele?phone?|phone|tel|telefon\w*|mobile?|movil|mobil\w*|cell\w*|fax|whatsapp|wa|call(?: me)?(?: on|"
    r" at)?|ring|text|sms|"
    r"handy\w*|rufnummer|rufen? sie .{0,12}|ruf .{0,12}|anrufen|portable|appelez\S*|appeler|llama\S*|suna\S*|"
    r"signal|viber|dial)"
    r"(?:[\s-](?:no|number|nummer|numero|nr|number is|is|me|mich|an|at|on|le|al|la|unter|under|ist|:))*\W{0,4}$"
)
_OWN_NUMBER = re.compile(
    r"\b(?:my|mein\w*|mon|mi|meu|numarul|our|the direct)\s(?:\w+\s)?(?:number|nummer|numero|nr|line|"
    r"meu)?\s?(?:is|ist|est|es|e|este)?\W{0,3}$"
)
_OTHER_NUMBER = re.compile(
    r"(?:\bisbn(?:-1[03])?|\bissn|\bdoi|\bid|\bref(?:erence)?|\breq(?:uisition)?|\bjob|\bticket|\border|"
    r"\binvoice|\brechnung|\bbuild|"
    r"\bversion|\bv|\bcommit|\bport|\bpart|\bmodel|\bpasscode|\bpin|\bcode|\bkennzahl|\bcent(?:re|er)|\bkostenstelle|"
    r"\b(?:customer|order|invoice|ticket|reference|serial|part|job|item|account|kunden|stellen|rechnungs|"
    r"auftrags|matrikel|"
    r"personal|meeting|licen[cs]e|patent|case|policy)[\s-]?(?:number|nummer|no|nr|id)|\bfrom|\bseit|\bsince|"
    r"\bpi is|\bdate)"
    r"(?:[^\w\n]{0,3}(?:no|number|nr|is|ist|was)?)[^\w\n]{0,3}$"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[$€£¥]|\b(?:eur|usd|chf|gbp|lei|ron|pln|rs|inr|budget|revenue|salary|gehalt))[ \t:.]{0,2}$"
)
_AMOUNT_AFTER = re.compile(
    r"\s?(?:[$€£¥%°]|k\b|m\b|m2|km|eur|usd|chf|gbp|lei|ron|pln|zl\b|users|rows|requests|customers|people|records|"
    r"events|lines|million|mio|bytes|ms\b|hours|stunden|units|downloads|transactions)"
)
_END_OF_CLAUSE = re.compile(r"\s?(?:$|[.,;!?)\n])")
_COUNTRY_CODES = ("30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "91")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_phone_numbers(view: View) -> Iterator[Found]:
    """The phone numbers of a view; in the view in digits also those that were spelled."""
    lower = view.lower
    for match in _GROUPED.finditer(lower):
        if _is_phone(lower, *match.span()):
            extension = _EXTENSION.match(lower, match.end())
            yield SpanKind.PHONE, match.start(), extension.end() if extension else match.end()
    for match in _ONE_BY_ONE.finditer(lower):
        digits = re.sub(r"\D", "", match.group())
        alike = len({separator.strip() for separator in re.split(r"\d", match.group())[1:-1]}) == 1
        if 7 <= len(digits) <= 15 and alike and not _counts_up(digits):
            yield SpanKind.PHONE, *match.span()


def find_spelled_numbers(view: View) -> Iterator[Found]:
    """The phone numbers of which at least three digits stood there as words or keys."""
    for match in _RUN.finditer(view.text):
        digits = re.sub(r"\D", "", match.group())
        if not 7 <= len(digits) <= 17 or _counts_up(digits):
            continue
        spelled = sum(view.spelled(position) for position in range(*match.span()) if view.text[position].isdigit())
        if spelled >= 3:
            yield SpanKind.PHONE, *match.span()


def _is_phone(lower: str, start: int, end: int) -> bool:
    written = lower[start:end]
    following = lower[end : end + 12]
    if re.match(r"[^\W\d]|%|[.,:]\d", following) and not _EXTENSION.match(following):
        return False
    groups = re.findall(r"\d+", written)
    digits = "".join(groups)
    if not 6 <= len(digits) <= 15 or digits.startswith("000") or digits.endswith("00000") or _counts_up(digits):
        return False
    before = lower[max(0, start - 40) : start]
    called = _CALLS.search(before) is not None
    amount = _AMOUNT_AFTER.match(following) is not None
    if "+" in written:
        return len(digits) >= 8 and not amount
    if _is_date(groups, written) or (amount and not called) or _AMOUNT_BEFORE.search(before):
        return False
    separators = set(re.sub(r"\d", "", written))
    if called or _OWN_NUMBER.search(before):
        return not (separators == {"."} and _is_version(groups))
    ends = _END_OF_CLAUSE.match(following) is not None
    return _OTHER_NUMBER.search(before) is None and _grouped_as_phone(digits, groups, separators, ends=ends)


def _grouped_as_phone(digits: str, groups: list[str], separators: set[str], *, ends: bool) -> bool:
    lengths = [len(group) for group in groups]
    if lengths in ([3, 3, 4], [1, 3, 3, 4]):
        return groups[-3][0] in "23456789" or digits[0] == "0"
    if digits[0] == "0":
        return _with_trunk_prefix(digits, groups, separators)
    return _without_prefix(digits, groups, separators, ends=ends)


def _with_trunk_prefix(digits: str, groups: list[str], separators: set[str]) -> bool:
    """Whether digits that begin with 0 (or 00, for another country) are grouped as in Europe."""
    if separators == {"."} and len(groups[0]) < 3 and (_is_version(groups) or len(groups) == 2):
        return False
    if digits.startswith("00"):
        return 10 <= len(digits) <= 15 and len(groups[0]) > 1
    lengths = [len(group) for group in groups]
    whole = len(groups[0]) > 1 or (separators == {" "} and max(lengths) > 5)
    return 9 <= len(digits) <= 12 and whole and not _is_book(lengths, separators)


def _without_prefix(digits: str, groups: list[str], separators: set[str], *, ends: bool) -> bool:
    """Whether other digits are grouped as a phone number; `ends` where the clause ends behind them."""
    lengths = [len(group) for group in groups]
    if lengths == [1, 3, 3, 2, 2] and "(" in separators:
        return True
    if separators == {"."} and (_is_version(groups) or len(groups) == 2):
        return False
    if len(groups) == 1:
        return (len(digits) == 10 and digits[0] in "23456789") or (
            len(digits) in (11, 12) and digits.startswith(("1", *_COUNTRY_CODES))
        )
    if groups[0] in _COUNTRY_CODES and 10 <= len(digits) <= 12:
        return not all(length == 3 for length in lengths[1:])
    if lengths == [3, 4] and separators == {"-"}:
        return ends
    return len(digits) == 9 and digits[0] in "67" and lengths in ([3, 3, 3], [3, 2, 2, 2]) and ends


def _is_date(groups: list[str], written: str) -> bool:
    years = [bool(_YEAR.fullmatch(group)) for group in groups]
    if any(years) and all(year or len(group) <= 2 for year, group in zip(years, groups, strict=True)):
        return True
    # Two full dates without centuries, or a file number that begins with its year.
    return (years[0] and len(groups) > 1) or bool(re.fullmatch(r"\d\d([./-])\d\d\1\d\d\W+\d\d\1\d\d\1\d\d", written))


def _is_version(groups: list[str]) -> bool:
    internet = len(groups) == 4 and all(int(group) < 256 for group in groups)
    return internet or all(len(group) == 3 for group in groups[1:]) or min(map(len, groups)) == 1


def _is_book(lengths: list[int], separators: set[str]) -> bool:
    return separators == {"-"} and len(lengths) >= 4 and sum(lengths) == 10 and lengths[-1] == 1


def _counts_up(digits: str) -> bool:
    """Whether these are the numbers of a list: one after the other."""
    return all(int(second) - int(first) == 1 for first, second in pairwise(digits[: min(len(digits), 9)]))
