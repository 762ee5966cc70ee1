"""Means of direct contact in a text: mail addresses, phone numbers, links, handles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MASK = "█"


class ContactKind(StrEnum):
    """By what means somebody could be reached."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Contact:
    """One means of contact: `text[start:end]`."""

    kind: ContactKind
    start: int
    end: int
    text: str


_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]+\s?@\s?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?![\w-])")
_DISGUISED_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*[\w-]+(?:(?:\s*[\[({<]\s*(?:dot|punkt|"
    r"\.)\s*[\])}>]\s*|\s+dot\s+|\.)[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)+",
    re.IGNORECASE,
)
_TOP_LEVEL = (
    "com|org|net|io|dev|edu|gov|me|co|ai|app|info|biz|name|eu|us|uk|de|fr|es|it|nl|ro|pt|at|ch|be|pl|se|no|"
    "dk|fi|ie|br|mx|"
    "ca|au|nz|in|cn|jp|kr|sg|hk|tech|design|page|blog|site|online|xyz|pro|work|cloud|digital|studio|link|bio|"
    "example|agency|ly|gg|tv"
)
_LINK = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>()\[\]{}\"'|]+[^\s<>()\[\]{}\"'|.,;:!?]"
    rf"|(?<![\w@.%+-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP_LEVEL})(?:/[^\s<>()\[\]{{}}\"'|"
    rf",;]*[^\s<>()\[\]{{}}\"'|.,;:!?])(?![\w@])"
    r"|(?<![\w@.%+/-])(?:linkedin|github|gitlab|twitter|facebook|instagram|medium|behance|dribbble|"
    r"stackoverflow|xing|t)\.(?:com|me)\b"
    r"(?:/[^\s<>()|,;]*[\w/])?",
    re.IGNORECASE,
)
_BARE_DOMAIN = re.compile(
    rf"(?<![\w@.%+/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP_LEVEL})(?![\w@-]|\.\w)", re.IGNORECASE
)
_PRODUCTS = re.compile(
    r"^(?:node|vue|next|nuxt|socket|asp|ado|vb|d3|three|express|backbone|ember|paper|draw|web|f)\.(?:js|net|io|ly)$",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./])@[a-z_][\w.]{2,30}(?!\w*@)", re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:linkedin|github|gitlab|twitter|instagram|facebook|skype|telegram|whatsapp|x|discord|medium|behance|"
    r"dribbble|xing|"
    r"stack\s?overflow|orcid)(?:\s?id|\s?handle)?\s*[:@/]\s*/?(?P<handle>(?!in\b)[\w][\w.-]{2,60})",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,/$€£#+-])(?:\+|00)?\(?\d[\d\s().\-/‐‑–]{5,22}\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w%])")
_DATE_LIKE = re.compile(
    r"(?:19|20)\d\d\s*[-–/. ]\s*(?:(?:19|20)\d\d|[01]?\d)\b|\b[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d\b|"
    r"\b[01]?\d[/.](?:19|20)\d\d"
)
_PHONE_LABEL = re.compile(
    r"\b(?:phone|tel|telefon|telefono|téléphone|mobile|mobil|cell|fax|whatsapp|call|handy|m|t|p)\W{0,4}$", re.IGNORECASE
)


def find(text: str) -> list[Contact]:
    """The means of contact in `text`, in order and without overlaps."""
    found: list[Contact] = []
    for kind, pattern in (
        (ContactKind.EMAIL, _EMAIL),
        (ContactKind.EMAIL, _DISGUISED_EMAIL),
        (ContactKind.LINK, _LINK),
        (ContactKind.LINK, _BARE_DOMAIN),
        (ContactKind.HANDLE, _LABELLED),
        (ContactKind.HANDLE, _HANDLE),
    ):
        for match in pattern.finditer(text):
            start, end = match.span("handle") if pattern is _LABELLED else match.span()
            if pattern is _BARE_DOMAIN and (_PRODUCTS.match(match.group()) or not _is_domain(match.group())):
                continue
            _add(found, Contact(kind, start, end, text[start:end]))
    for match in _PHONE.finditer(text):
        if _is_phone(match.group(), text[max(0, match.start() - 12) : match.start()]):
            _add(found, Contact(ContactKind.PHONE, match.start(), match.end(), match.group()))
    return sorted(found, key=lambda each: each.start)


def _add(found: list[Contact], contact: Contact) -> None:
    if not any(each.start < contact.end and contact.start < each.end for each in found):
        found.append(contact)


def _is_domain(name: str) -> bool:
    """Whether a bare name with dots is an address on the web and not a product or an abbreviation."""
    labels = name.split(".")
    return len(labels[-2]) > 2 and (name == name.lower() or name.lower().endswith((".com", ".org")))


def _is_phone(candidate: str, before: str) -> bool:
    body = re.split(r"\s?(?:x|ext)", candidate, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"\D", "", body)
    if not 7 <= len(digits) <= 15 or re.search(r"\s{3,}|\n\s*\n", body) or "\n" in body:
        return False
    international = candidate.startswith(("+", "00"))
    if not international and _DATE_LIKE.search(body):
        return False
    if international or _PHONE_LABEL.search(before):
        return True
    return _grouped_like_a_phone(digits, re.findall(r"\d+", body), set(re.sub(r"\d", "", body)))


def _grouped_like_a_phone(digits: str, groups: list[str], separators: set[str]) -> bool:
    """Whether digits without a country code are parted as in a phone number, and not as in another kind of number."""
    if len(digits) < 9:
        return len(groups) == 2 and len(groups[0]) == 3 and len(groups[1]) == 4 and separators == {"-"}
    if len(groups) == 1:
        return len(digits) in (10, 11) and not digits.startswith(("19", "20"))
    amount = separators <= {" "} and len(digits) <= 9 and all(len(group) == 3 for group in groups[1:])
    book = separators == {"-"} and len(digits) in (10, 13) and len(groups) >= 4
    internet = separators == {"."} and len(groups) == 4 and all(int(group) < 256 for group in groups)
    pay = len(groups) == 2 and all(len(group) >= 4 and group.endswith("00") for group in groups)
    if amount or book or internet or pay:
        return False
    return len(groups) <= 6 and 3 <= max(map(len, groups)) <= 8


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` of the same length with every character of `spans` as █; line ends stay."""
    letters = list(text)
    for start, end in spans:
        for position in range(max(0, start), min(len(letters), end)):
            if letters[position] not in "\n\t":
                letters[position] = MASK
    return "".join(letters)
