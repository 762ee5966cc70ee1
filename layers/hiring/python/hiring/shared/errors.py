"""The errors that callers see, as a tree.

HiringError
├── InvalidRequest      422  a request that breaks a rule; `errors` names each field
│   ├── ContactPolicy        a text holds a means of contact; `errors` names the spans
│   ├── EmailNotVerified     the account's address is not verified yet
│   └── KeyReused            an Idempotency-Key that belongs to another request
├── BadRequest          400  not even a request
│   ├── InvalidJson          the body is no JSON
│   └── KeyMissing           no Idempotency-Key
├── NotAuthenticated    401
├── NotAllowed          403  the role does not allow it
├── NotFound            404  no such thing, or somebody else's
├── MethodNotAllowed    405
├── IllegalMove         409  the current state does not allow it
│   └── ResumeReuploadNotAvailable  a resume was accepted, and another is not taken at present
├── Conflict            409  somebody else changed it at the same time
├── Gone                410  a link that has served or expired
├── PreconditionFailed  412  If-Match names another version
├── TooLarge            413
├── UnsupportedType     415
├── PreconditionMissing 428  If-Match is needed
└── TooMany             429  over a limit; `retry_after` seconds
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field: a JSON pointer into the request, a code and a sentence."""

    pointer: str
    code: str
    detail: str


class HiringError(Exception):
    """An error with a status, a stable code and a sentence that says what to do."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(self, detail: str, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)


class InvalidRequest(HiringError):
    """A well-formed request that breaks a rule."""

    status = 422
    code = "invalid-request"
    title = "The request breaks a rule"


class ContactPolicy(InvalidRequest):
    """A text holds a means of direct contact before it is released."""

    code = "contact-policy"
    title = "Contact details are not exchanged yet"


class EmailNotVerified(InvalidRequest):
    """The e-mail address of the account must be verified first."""

    code = "email-not-verified"


class KeyReused(InvalidRequest):
    """An Idempotency-Key serves one request; this one was used for another."""

    code = "idempotency-key-reused"


class BadRequest(HiringError):
    """Something that cannot be understood."""

    status = 400
    code = "bad-request"
    title = "The request cannot be understood"


class InvalidJson(BadRequest):
    """The body of the request is not valid JSON."""

    code = "json-invalid"


class KeyMissing(BadRequest):
    """A request that acts needs an Idempotency-Key, so that a repeat of it acts only once."""

    code = "idempotency-key-missing"


class NotAuthenticated(HiringError):
    """No valid token."""

    status = 401
    code = "not-authenticated"
    title = "Sign in first"


class NotAllowed(HiringError):
    """The caller's role does not allow it."""

    status = 403
    code = "not-allowed"
    title = "Your role does not allow this"


class NotFound(HiringError):
    """Nothing there, or somebody else's: the two look the same."""

    status = 404
    code = "not-found"
    title = "There is no such thing"

    def __init__(self, detail: str = "Nothing that you may see has this address.") -> None:
        super().__init__(detail)


class MethodNotAllowed(HiringError):
    """The address exists and does not know the method."""

    status = 405
    code = "method-not-allowed"
    title = "This address does not know that method"

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = tuple(sorted(allowed))
        super().__init__(f"Allowed here: {', '.join(self.allowed)}.")


class IllegalMove(HiringError):
    """The current state does not allow it."""

    status = 409
    code = "illegal-move"
    title = "The current state does not allow this"

    def __init__(self, detail: str, current_state: str) -> None:
        self.current_state = current_state
        super().__init__(detail)


class ResumeReuploadNotAvailable(IllegalMove):
    """The first accepted resume is final at present; a new version cannot be handed in."""

    code = "resume-reupload-not-available"


class Conflict(HiringError):
    """Somebody else changed the same thing at the same time; trying again may succeed."""

    status = 409
    code = "conflict"
    title = "Somebody changed this at the same time"
    retry_after = 1


class Gone(HiringError):
    """A link that has expired or served its purpose."""

    status = 410
    code = "gone"
    title = "This link no longer works"


class PreconditionFailed(HiringError):
    """If-Match names a version that is no longer in force."""

    status = 412
    code = "version-changed"
    title = "This was changed since you read it"


class TooLarge(HiringError):
    """More than is accepted."""

    status = 413
    code = "too-large"
    title = "That is too large"


class UnsupportedType(HiringError):
    """Another content type than JSON."""

    status = 415
    code = "unsupported-media-type"
    title = "Send JSON"


class PreconditionMissing(HiringError):
    """If-Match is needed here."""

    status = 428
    code = "if-match-missing"
    title = "Say which version you change"


class TooMany(HiringError):
    """Over a limit of calls."""

    status = 429
    code = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(detail)
