"""Mail addresses, with the sign and the dots as such, in brackets, as other signs or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hiring.contacts.disguises import View
from hiring.contacts.domains import COMPANIES, MAIL_PROVIDERS, UNMISTAKABLE_PROVIDERS, provider
from hiring.contacts.host_names import BRACKETED_DOT, CLOSE, OPEN, HostName, host_at
from hiring.contacts.spans import Found, SpanKind

_FOREIGN_AT = "arroba|arobase|klammeraffe|affenschwanz|arond|chiocciola|malpa|at-sign|at sign|at symbol"
_AT = re.compile(
    r"(?P<sign>\s{0,2}@{1,3}\s{0,2})"
    rf"|(?P<bracketed>\s{{0,2}}{OPEN}\s?(?:@|a\s?t|{_FOREIGN_AT})\s?{CLOSE}\s{{0,2}}|\s{{0,2}}[(\[{{<]a[)\]}}>]\s{{0,2}})"
    rf"|(?P<foreign>\s{{1,2}}(?:{_FOREIGN_AT})\s{{1,2}})"
    r"|(?P<word>\s{1,2}at\s{1,2})"
    r"|(?P<vague>\s{1,2}(?:bei|chez|la|en|a|bij)\s{1,2})"
)
_WORD_SIGN = (
    r"\s(?:dot|punkt|punto|ponto|point|punct|period|underscore|unterstrich|dash|hyphen|minus|bindestrich|tiret|guion)\s"
)
_LOCAL = re.compile(rf"(?:[\w+-]+(?:{_WORD_SIGN}|{BRACKETED_DOT}|\.))*[\w+-]+\Z")
_GLUED = re.compile(r"(?<![^\W_])[a-z0-9._+-]{2,40}AT[a-z0-9-]{2,40}(?:DOT[a-z]{2,12}){1,3}(?![^\W_])")
_WELL_KNOWN = frozenset({"yahoo", "outlook", "aol", "yandex", "proton"})
_LABELLED = re.compile(
    rf"\b(?P<provider>{'|'.join(sorted(UNMISTAKABLE_PROVIDERS | _WELL_KNOWN))})"
    r"(?:\s(?:address|account|id|adresse|konto))?"
    r"\s{0,2}(?::|=|\bis\b|\bist\b|\bes\b|\beste\b|\be\b|\bc'est\b)\s{0,2}(?P<local>[\w.+-]*[\w+-])"
)
_NO_ACCOUNT_TEXT = """
a an analyst and are arrive arrived based be been better blocked consultant currently designer developer director dot
down engineer everybody everyone experience fine free good great head her here his intern is it its job lead live
lives look looked looking looks manager me meet met my not or our out people point pointed role staff stop team that
the their them there these this those time us used was were work worked working works years you your
"""
_NO_ACCOUNT = frozenset(_NO_ACCOUNT_TEXT.split())
_LONGEST_LOCAL = 64


def find_mail_addresses(view: View) -> Iterator[Found]:
    """The mail addresses of a view."""
    lower = view.lower
    for at in _AT.finditer(lower):
        host = host_at(lower, at.end())
        if host is None:
            continue
        start = _local_start(lower, at.start())
        # What stands before the sign after "//" is the user of a link.
        if start is None or lower[max(0, start - 2) : start] == "//":
            continue
        if _is_address(lower[start : at.start()], at.lastgroup or "", host):
            yield SpanKind.EMAIL, start, host.end
    for glued in _GLUED.finditer(view.text):
        yield SpanKind.EMAIL, *glued.span()
    for labelled in _LABELLED.finditer(lower):
        known = labelled["provider"] in UNMISTAKABLE_PROVIDERS or _unlike_a_word(labelled["local"])
        if known and labelled["local"] not in _NO_ACCOUNT:
            yield SpanKind.EMAIL, *labelled.span("local")


def _local_start(lower: str, end: int) -> int | None:
    first = max(0, end - _LONGEST_LOCAL)
    match = _LOCAL.search(lower[first:end])
    return None if match is None else first + match.start()


def _is_address(local: str, at: str, host: HostName) -> bool:
    complete = "." in host.name
    if at == "vague":
        return complete and host.hidden and provider(host.name) in MAIL_PROVIDERS and local not in _NO_ACCOUNT
    if at != "word":
        return complete or provider(host.name) in MAIL_PROVIDERS
    if local in _NO_ACCOUNT or host.name.split(".")[0] in _NO_ACCOUNT:
        return False
    if not complete:
        return host.name in UNMISTAKABLE_PROVIDERS or (host.name in _WELL_KNOWN and _unlike_a_word(local))
    if provider(host.name) in MAIL_PROVIDERS or host.hidden:
        return True
    return host.name not in COMPANIES and _unlike_a_word(local)


def _unlike_a_word(local: str) -> bool:
    return any(letter in "._+" or letter.isdigit() for letter in local) and any(map(str.isalpha, local))
