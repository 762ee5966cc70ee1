"""Requests in words, for mails and pages."""

from __future__ import annotations

from hiring.support.model import RequestKind

ASKED = {
    RequestKind.OPT_OUT: "to take you out of full-time matching",
    RequestKind.ERASE: "to erase everything that we hold about you",
    RequestKind.EXPORT: "for a copy of everything that we hold about you",
    RequestKind.REPLACE_RESUME: "to replace your resume",
    RequestKind.CORRECT: "to correct what we hold about you",
    RequestKind.STOP_MAIL: "to send you no more mails about messages and news",
    RequestKind.QUESTION: "a question about your account",
}
"""What a request asks us, said to the person whose account it is about."""
