"""What a job pays: "€ 72,000 – 92,000 a year", "ab 3.500 € brutto im Monat", "£45k", "$28 per hour"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from hiring.jobs.advertisement.headings import Part
from hiring.jobs.advertisement.model import Confidence, DraftPay, Found
from hiring.jobs.advertisement.sections import Placed
from hiring.jobs.advertisement.text import found, stripped
from hiring.shared.currencies import minor_digits
from hiring.shared.values import Money, PayPeriod

_SYMBOLS = {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "$": "USD",
    "us$": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "s$": "SGD",
    "sg$": "SGD",
    "hk$": "HKD",
    "r": "ZAR",
    "rs": "INR",
    "rs.": "INR",
    "₦": "NGN",
    "zl": "PLN",
    "zł": "PLN",
    "rm": "MYR",
    "kc": "CZK",
    "₹": "INR",
    "fr.": "CHF",
    "sfr": "CHF",
}
_CODES = ("eur", "usd", "gbp", "chf", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk",
    "huf", "ron", "jpy", "inr", "brl", "mxn", "zar", "sgd", "aed", "hkd", "ngn", "kes", "myr", "php", "thb", "ils",
    "bgn", "qar", "sar")  # fmt: skip
_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
"""What "$" means by the country of the work, where it is not the dollar of the United States."""
_SIGN = (
    r"(?:(?:us|ca?|au?|nz|sg?|hk)?\$|€|£|₹|₦|z[lł](?!\w)|euros?\b|fr\.|sfr\b|rs\.?(?=\s?\d)|(?<!\w)(?:r|rm)(?=\s?\d)|"
    r"kc\b|" + "|".join(rf"{code}\b" for code in _CODES) + ")"
)
_AMOUNT = r"\d{1,3}(?:[.,' ’\u00a0\u202f]\d{3})+(?:[.,]\d{2})?(?!\d)|\d+(?:[.,]\d{1,2})?"
_THOUSANDS = r"(?:\s?(?:k|tsd\.?|tausend|lpa|lakhs?|lacs?)\b)?"
_LAKH = frozenset({"lpa", "lakh", "lakhs", "lac", "lacs"})
"""A hundred thousand rupees, where said of pay a year's."""
_RANGE = re.compile(
    rf"(?:(?P<most>\b(?:up to|bis zu|jusqu'a|hasta|max(?:imum|\.)?)\s+)|(?P<least>\b(?:from|starting (?:at|"
    rf"from)|ab|mindestens|a partir de|desde|at least|min(?:imum|\.)?|over)\s+))?"
    rf"(?P<sign1>{_SIGN})?\s?(?P<low>{_AMOUNT})(?P<k1>{_THOUSANDS})(?:,--?|,–|\.[-–—])?\s?(?P<sign2>{_SIGN})?"
    rf"(?P<upper>(?:\s?(?:/|per |an? |p\.?)(?:yr|year|hr|hour|month|mo|annum|h|a)\b\.?)?\s?(?:[-–—]|to|bis|a|and|et|y|"
    rf"und|"
    rf"/)\s?(?P<sign3>{_SIGN})?\s?(?P<high>{_AMOUNT})(?P<k2>{_THOUSANDS})(?:,--?|"
    rf",–)?\s?(?P<sign4>{_SIGN})?)?(?P<plus>\s?\+(?!\s*[a-z]))?"
)
_PERIODS = (
    (PayPeriod.HOUR,
        r"(?:per|an?|/|pro|die|de l'|par|por|la|/ ?)\s?(?:hour|hr|h|stunde|std|heure|hora)\b|\bhourly\b|"
        r"\bstundenlohn\b|/h\b|p\.?/?h\b"
    ),
    (PayPeriod.DAY, r"(?:per|a|/|pro|par|por|al)\s?(?:day|tag|jour|dia)\b|\bdaily rate\b|\btagessatz\b"),
    (PayPeriod.MONTH,
        r"(?:per|a|/|pro|im|par|por|al|je)\s?(?:month|monat|mois|mes|mth|mo)\b|p\.?c?\.?m\b|\bmonthly\b|\bmonatlich\w*|"
        r"\bmonats\w+|\bmensuel\w*|\bmensual\w*|\bbruttomonat\w*"
    ),
    (PayPeriod.YEAR,
        r"(?:per|a|/|pro|im|par|por|al|p\.?)\s?(?:year|annum|yr|jahr|an|ano|a\.)(?:\b|(?<=\.))|\bp\.?a\.?\b|"
        r"\bannual\w*|\bannuel\w*|\bjahrlich\w*|\bjahres\w+|\banual\w*|\byearly\b|\bjahresbrutto\w*"
    ),
)  # fmt: skip
_PERIOD = [(period, re.compile(pattern)) for period, pattern in _PERIODS]
_WEEK = re.compile(r"\s?(?:(?:gross|net) )?(?:(?:per|an?|/|pro)\s?(?:week|wk|woche|fortnight)\b|weekly\b|p\.?/?w\b)")
"""What no period of a job stands for; the client has to say what it comes to."""
_ABOUT_PAY = re.compile(
    r"\b(?:salary|pay|paid|wage|compensation|remuneration|gross|ote|base|rate|gehalt|\w*gehalts?\w*|lohn|"
    r"verdienst|vergutung|entgelt|brutto\w*|"
    r"ctc|lpa|tc|earnings|sueldo|einkommen|salaire|remuneration|brut|salario|retribucion|sueldo|bruto|banda salarial|"
    r"package|earn)\b"
)
_NOT_PAY = re.compile(
    r"\b(?:bonus(?:es)?|budget|revenue|turnover|funding|raised|series [a-e]|allowance|stipend|referral|"
    r"voucher|umsatz|zuschuss|gutschein|chiffre d'affaires|"
    r"facturacion|million\w*|mio|mrd|billion\w*|customers|users|employees|mitarbeiter\w*|equity|training|"
    r"weiterbildung\w*|transactions?|donat\w+|relocation|sign-on|pramie|ticket|cheque|formation)\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\s*(?:(?:an?|per|pro|im|par|/)\s?\w+\s+)?"
    r"(?:(?!(?:plus|and|und|et|y|or|before|excl\w*|incl\w*|without|ohne|hors|zzgl)\b)[\w-]+\s+)?" + _NOT_PAY.pattern
)
_NEXT = re.compile(r"[,;]\s|\b(?:and|und|et|y)\b")
_LARGE = re.compile(r"\s?(?:m\b|mn\b|bn\b|b\b|million|mio|mrd|billion|milli)")


_MOST_PAID = 10**10
_MOST = 20
"""Sums that are looked at in one line; a line with more is a price list."""


@dataclass(frozen=True)
class _Sum:
    start: int
    end: int
    pay: DraftPay
    confidence: Confidence
    weight: int


def pay_of(text: str, plain: str, placed: Sequence[Placed], country: str | None) -> Found[DraftPay] | None:
    """What the job pays, or None: the sum that its line says most plainly is pay; bonuses and budgets are none.

    `country` is that of the work, by which "$" is told from "$".
    """
    sums = [each for line in placed for each in _sums(plain, line, country)]
    best = max(sums, key=lambda each: (each.weight, -each.start), default=None)
    return found(text, best.start, best.end, best.pay, best.confidence) if best else None


def _sums(plain: str, placed: Placed, country: str | None) -> list[_Sum]:
    line = placed.line
    matches = list(islice(_RANGE.finditer(plain, line.start, line.end), _MOST))
    if not matches:
        return []
    words = plain[max(plain.rfind("\n", 0, line.start) + 1, line.start - 100) : line.end]
    about = _ABOUT_PAY.search(words) is not None
    usual = next((period for period, pattern in _PERIOD if pattern.search(plain, line.start, line.end)), None)
    made = []
    for match in matches:
        sign = next((match[name] for name in ("sign1", "sign2", "sign3", "sign4") if match[name]), None)
        lakhs = any((match[name] or "").strip() in _LAKH for name in ("k1", "k2"))
        if (sign is None and not lakhs) or _LARGE.match(plain, match.end()):
            continue
        before = _NEXT.split(plain[max(line.start, match.start() - 45) : match.start()])[-1]
        after = plain[match.end() : min(line.end, match.end() + 30)]
        if _NOT_PAY.search(before) or _OF_SOMETHING_ELSE.match(after):
            continue
        stop, period = _period(plain, line.end, match.end()) or (match.end(), usual)
        amounts = _amounts(match)
        if lakhs:
            period = PayPeriod.YEAR
        weekly = _WEEK.match(plain, match.end(), line.end) is not None
        if amounts is None or not (about or period or weekly or _stands_alone(placed, words, amounts)):
            continue
        inferred = period is None
        if period is None and not weekly:
            period = _likely_period(amounts[0])
        pay = _pay(match, amounts, _currency(sign, country) if sign else "INR", None if weekly else period)
        weight = 2 * about + (not inferred) + (match["high"] is not None)
        confidence = Confidence.INFERRED if inferred else Confidence.STATED if about else Confidence.READ
        start, end = stripped(plain, *match.span(), away="")
        made.append(_Sum(start, max(stop, end) if stop > match.end() else end, pay, confidence, weight))
    return made


def _stands_alone(placed: Placed, words: str, amounts: tuple[float, float | None]) -> bool:
    """Whether a sum beside title and place, as pay of a year by its size, needs no word that says so."""
    offered = placed.part is Part.OFFER and amounts[1] is not None
    beside = placed.part in (Part.OPENING, Part.CONDITIONS) or offered
    return beside and len(words) < 160 and not words.endswith(".") and 15_000 <= amounts[0] < 1_000_000


def _amounts(match: re.Match[str]) -> tuple[float, float | None] | None:
    low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
    k_high = bool(match["k2"])
    thousand = 100_000 if {(match["k1"] or "").strip(), (match["k2"] or "").strip()} & _LAKH else 1_000
    if match["k1"] or (k_high and low < 1_000):
        low *= thousand
    if high is not None and (k_high or (match["k1"] and high < 1_000)):
        high *= thousand
    if low < 5 or max(low, high or 0) > _MOST_PAID or (high is not None and high < low):
        return None
    return low, high


def _pay(
    match: re.Match[str], amounts: tuple[float, float | None], currency: str, period: PayPeriod | None
) -> DraftPay:
    unit = 10 ** minor_digits(currency)
    low, high = (Money(amount_minor=round(a * unit), currency=currency) if a is not None else None for a in amounts)
    if match["most"] and high is None:
        return DraftPay(minimum=None, maximum=low, period=period)
    if high is None and not (match["least"] or match["plus"]):
        high = low
    return DraftPay(minimum=low, maximum=high, period=period)


def _number(text: str) -> float:
    """A number as any of the four languages writes it: three digits after a sign are thousands, two are cents."""
    bare = re.sub(r"[\s'’]", "", text)
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare)
    return float(bare.replace(",", "."))


def _currency(sign: str, country: str | None) -> str:
    bare = sign.strip()
    if bare == "$" and country in _DOLLARS:
        return _DOLLARS[country]
    return _SYMBOLS.get(bare, bare.upper())


def _period(plain: str, end: int, after: int) -> tuple[int, PayPeriod] | None:
    """What one sum covers where it is named behind it, and where its name ends."""
    hits = [
        (hit.start(), hit.end(), period)
        for period, pattern in _PERIOD
        if (hit := pattern.search(plain, after, min(end, after + 40)))
    ]
    return min(hits)[1:] if hits else None


def _likely_period(amount: float) -> PayPeriod | None:
    """What a bare sum covers by its size; between the usual sizes nobody knows."""
    if amount >= 15_000:
        return PayPeriod.YEAR
    if 1_000 <= amount < 9_000:
        return PayPeriod.MONTH
    return PayPeriod.HOUR if amount < 150 else None
