"""Bank accounts, cards, and the numbers by which tax offices and states know somebody: nobody asks for them here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hiring.contacts.disguises import View
from hiring.contacts.spans import Found, SpanKind

_GAP = r"[ \-.]?"
_IBAN = re.compile(rf"(?<![^\W_])[a-z]{{2}}{_GAP}\d{_GAP}\d(?:{_GAP}[a-z0-9]){{11,30}}(?![^\W_])")
_CARD = re.compile(
    r"(?<![\w/.#-])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?!\w|[.,]\d)|(?<![\w/.#-])3\d{3}[ -]?\d{6}[ -]?\d{5}(?!\w)"
)
# A part with a digit, and further ones; a last single letter is a check.
_PARTS = (
    r"(?:[a-z]{1,3} )?[a-z]{0,4}\d[a-z0-9]{0,17}(?:[ .\-/]{1,2}[a-z]{0,2}\d[a-z0-9]{0,11}){0,7}"
    r"(?:[ -][a-z])?(?![a-z0-9])"
)
_VALUE = r"(?:\s(?:no|nr|number|nummer|numero|id|code))?\.?\s{0,2}(?:is|ist|est|es|e|este|lautet|:|=|#)?\s{0,2}"
_PAYMENT_LABELLED = re.compile(
    r"\b(?:acc(?:ount|t)? (?:no|number|nr)\b|acc(?:ount|t)?(?=:)|acc|carte bancaire|kontonummer|konto-?nr|"
    r"sort code|routing (?:no|number)|aba (?:no|number)|bankleitzahl|blz|"
    r"bic|swift(?: code)?|iban|numero de compte|numero de cuenta|cont bancar|card number|kartennummer|cvv|cvc)"
    rf"\.?{_VALUE}(?P<value>{_PARTS}|[a-z]{{6}}[a-z0-9]{{2}}(?:[a-z0-9]{{3}})?\b)",
)
_IDENTITY_LABELLED = re.compile(
    r"\b(?P<label>ssn|social security(?: number)?|itin|ein|tin|steuer-?id(?:entifikationsnummer)?|steuernummer|"
    r"st\.?-?nr|ust-?id(?:-?nr)?|uid|"
    r"vat(?: id| number| no)?|national insurance|ni number|nino|passport|reisepass\w*|pass-?nr|"
    r"personalausweis\w*|ausweis(?:nummer|-?nr)|"
    r"identity card|id card|driver'?s licen[cs]e|fuhrerschein\w*|sozialversicherungsnummer|sv-?(?:nummer|nr)|"
    r"svnr|ahv(?:-?(?:nummer|nr))?|"
    r"cnp|cif|cui|dni|nie|nif|codice fiscale|partita iva|numero de securite sociale|nir|siret|siren|pesel|nip|"
    r"bsn|aadhaar|pan|tax (?:id|number|no))"
    rf"\.?{_VALUE}(?P<value>{_PARTS})"
)
_WORDS_TOO = frozenset({"ein", "tin", "nie", "pan", "uid", "nip", "cif", "nir", "nif", "cui"})
"""Names of such numbers that are words as well: in capitals only."""
_SOCIAL_SECURITY = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])")
_INSURANCE = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_SPANISH = re.compile(r"(?<![\w-])[XYZ]?\d{7,8}-?[A-Z](?!\w)")
_SWISS = re.compile(r"(?<!\w)756\.\d{4}\.\d{4}\.\d\d(?!\w)")
_VALUE_ADDED = re.compile(
    r"(?<!\w)(?:ATU\d{8}|DE\d{9}|FR[A-Z\d]{2}\d{9}|IT\d{11}|ES[A-Z]\d{7}[A-Z\d]|GB\d{9}|RO\d{8,10})(?!\w)"
)
_ROMANIAN = re.compile(r"(?<![\w.,-])[1-8]\d{12}(?!\w)")
_ITALIAN = re.compile(r"(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)")
_INDIAN = re.compile(r"(?<!\w)[A-Z]{3}[PCHFATBLJG][A-Z]\d{4}[A-Z](?!\w)")


def find_payment_data(view: View) -> Iterator[Found]:
    """Accounts and cards with a valid check, and what a text calls an account number."""
    for match in _IBAN.finditer(view.lower):
        end = _end_of_iban(match)
        if end:
            yield SpanKind.PAYMENT_DATA, match.start(), end
    for match in _CARD.finditer(view.text):
        if _luhn(re.sub(r"\D", "", match.group())):
            yield SpanKind.PAYMENT_DATA, *match.span()
    for match in _PAYMENT_LABELLED.finditer(view.lower):
        if sum(map(str.isdigit, match["value"])) >= 6 or view.text[slice(*match.span("value"))].isupper():
            yield SpanKind.PAYMENT_DATA, *match.span("value")


def find_identity_data(view: View) -> Iterator[Found]:
    """Numbers of persons and taxpayers, by their form and check or by what the text calls them."""
    for match in _IDENTITY_LABELLED.finditer(view.lower):
        word = match["label"] in _WORDS_TOO and not view.text[slice(*match.span("label"))].isupper()
        if not word and sum(map(str.isdigit, match["value"])) >= 5:
            yield SpanKind.IDENTITY_DATA, *match.span("value")
    for pattern in (_SOCIAL_SECURITY, _INSURANCE, _SWISS, _VALUE_ADDED, _ITALIAN, _INDIAN):
        for match in pattern.finditer(view.text):
            yield SpanKind.IDENTITY_DATA, *match.span()
    for match in _SPANISH.finditer(view.text):
        if _spanish_letter(match.group()):
            yield SpanKind.IDENTITY_DATA, *match.span()
    for match in _ROMANIAN.finditer(view.text):
        if _romanian_check(match.group()):
            yield SpanKind.IDENTITY_DATA, *match.span()


def _end_of_iban(match: re.Match[str]) -> int | None:
    """Where the account ends, if its first 15 to 34 letters pass the check (ISO 13616, modulo 97)."""
    compact, ends = "", []
    for offset, letter in enumerate(match.group()):
        if letter.isalnum():
            compact += letter
            ends.append(match.start() + offset + 1)
    length = _IBAN_LENGTHS.get(compact[:2], 0)
    if not length or len(compact) < length or not compact[:length].isascii():
        return None
    turned = compact[4:length] + compact[:4]
    return ends[length - 1] if int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1 else None


_IBAN_LENGTHS = {
    **dict.fromkeys(("no",), 15),
    **dict.fromkeys(("be",), 16),
    **dict.fromkeys(("dk", "fi", "nl", "fo", "gl"), 18),
    **dict.fromkeys(("mk", "si"), 19),
    **dict.fromkeys(("at", "ba", "ee", "kz", "lt", "lu", "xk"), 20),
    **dict.fromkeys(("ch", "cr", "hr", "li", "lv"), 21),
    **dict.fromkeys(("bg", "bh", "de", "gb", "ge", "ie", "me", "rs", "va"), 22),
    **dict.fromkeys(("ae", "gi", "il", "iq", "tl"), 23),
    **dict.fromkeys(("ad", "cz", "es", "md", "pk", "ro", "sa", "se", "sk", "tn", "vg"), 24),
    **dict.fromkeys(("pt", "st"), 25),
    **dict.fromkeys(("is", "tr"), 26),
    **dict.fromkeys(("fr", "gr", "it", "mc", "sm"), 27),
    **dict.fromkeys(("al", "az", "by", "cy", "do", "gt", "hu", "lb", "pl", "sv"), 28),
    **dict.fromkeys(("br", "eg", "ps", "qa", "ua"), 29),
    **dict.fromkeys(("jo", "kw", "mu"), 30),
    **dict.fromkeys(("mt", "sc"), 31),
    "lc": 32,
}


def _luhn(digits: str) -> bool:
    """The check of card numbers (ISO/IEC 7812-1)."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _spanish_letter(written: str) -> bool:
    digits = written[:-1].strip("-").translate(str.maketrans("XYZ", "012"))
    return len(digits) == 8 and "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == written[-1]


def _romanian_check(digits: str) -> bool:
    total = sum(int(digit) * int(weight) for digit, weight in zip(digits, "279146358279", strict=False))
    date = 1 <= int(digits[3:5]) <= 12 and 1 <= int(digits[5:7]) <= 31
    return date and (total % 11) % 10 == int(digits[12])
