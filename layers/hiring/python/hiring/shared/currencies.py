"""How currencies are divided (ISO 4217)."""

from __future__ import annotations

_WHOLE = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())  # noqa: SIM905
_THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905


def minor_digits(currency: str) -> int:
    """How many decimal digits the minor unit of `currency` has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2
