"""Who a resume belongs to: name, headline, place; and how to reach that person."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from urllib.parse import unquote

from hiring.contacts.finding import Contact, ContactKind, find
from hiring.resumes.dates import periods
from hiring.resumes.document import Document, Piece, TextLine
from hiring.resumes.entries import trimmed
from hiring.resumes.headings import fold, heading_kind
from hiring.resumes.model import Contacts, Fact, SectionKind
from hiring.resumes.phones import phone_of
from hiring.resumes.places import is_place
from hiring.resumes.sections import Part
from hiring.resumes.titles import title_score
from hiring.resumes.word_lists import words

_NAME = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Ing|Dipl)\.?[ -])*[^\W\d_][\w'’.\-]*(?: [^\W\d_(\"“][\w'’.\-)\"”]*){1,5}$"
)
_SECOND_SCRIPT = re.compile(
    r"(?<=[a-z\u00c0-\u024f]) ?[(/|,\u00b7] ?(?P<name>[\u0370-\u1fff\u3040-\ud7af][^()/|,\u00b7]*[^()/|,\u00b7\s])\)?$",
    re.IGNORECASE,
)
"""The name once more in another script: "Olena Marchuk (Олена Марчук)"."""
_DEGREES = re.compile(
    r",?\s+(?:(?:Ph\.?\s?D|M\.?D|MBA|CPA|RN|PMP|Esq|BSN|MSN|M\.?Sc|B\.?Sc|CFA|PE|J\.?D|DDS|LCSW|MPH)\.?,?\s*)+$"
)
_NOT_NAMES = words(
    """
    about address analyst and avenue city college confidential consultant contact curriculum cv designer
    developer director education email engineer experience github last lebenslauf linkedin manager objective
    of page phone profile record references resume road skills status street summary the university updated
    vitae
    """
)
_FAMILY_NAMES = words(
    """
    baker banker barber bishop butcher butler carpenter clerk coach cook dean driver farmer fisher fitter gardener
    glazier guard hunter judge marshall mason miller page painter pilot porter potter ranger shepherd singer skinner
    steward tailor trainer turner usher weaver
    """
)
"""Words of jobs that are common family names as well."""
_LABEL = re.compile(
    r"^(?:e-?mail|phone|tel(?:ephone)?|mobile|cell|address|location|based in|city|web(?:site)?|url|home|"
    r"portfolio|linked\s?in|"
    r"git\s?hub|adresse|telefon|wohnort|dirección|ubicación|place|name|station|site)\s*[:.]?\s+",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^(?:I am an? |I'm an? |An? )?(?P<title>[^\W\d_][\w/&+.-]*(?: [\w/&+.-]+){0,5}?) (?:with|who has|having) "
    r"(?:over |more than |about |nearly )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\+? years",
    re.IGNORECASE,
)
_ASIDE = (SectionKind.SUMMARY, SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.OTHER)
_PROFILE = re.compile(r"https?://(?:www\.)?(?:linkedin\.com/in/[^/?]+|git(?:hub|lab)\.com/[^/?]+)/?$", re.IGNORECASE)
_PLACE_LABEL = re.compile(
    r"^(?:location|address|based in|city|adresse|wohnort|ubicación|lieu|localisation)\s*:?\s*", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:[|•·●◦▪⋄♦∙*]|\s[–—-]\s)\s*")


def header_of(parts: list[Part]) -> list[TextLine]:
    """The lines that speak of the person: above the first heading, and below headings such as "Contact"."""
    lines = [line for part in parts if part.kind is SectionKind.HEADER for line in part.lines]
    for part in parts:
        if part.heading and fold(part.heading.text).startswith(
            (
                "contact",
                "kontakt",
                "personal d",
                "personal i",
                "coordonn",
                "contat",
                "contac",
                "persönlich",
                "persoenlich",
                "profiles",
                "links",
                "social",
            )
        ):
            lines += part.lines
    return lines


def contacts_of(document: Document, parts: list[Part]) -> tuple[Contacts, list[Contact]]:
    """The person's name, place and means of contact, and everything in the text that is a means of contact."""
    found = find(document.text)
    header = header_of(parts)
    name = _name(document, parts, found)
    aside = [line for part in parts if part.kind in _ASIDE for line in part.lines]
    place = _place(header) or _place([line for line in aside if _PLACE_LABEL.match(line.text)] + aside[:12])
    return (
        Contacts(
            name=name,
            emails=_distinct(
                [*(_fact(each) for each in found if each.kind is ContactKind.EMAIL), *_linked(header, "mailto:")]
            ),
            phones=tuple(
                phone_of(each)
                for each in _distinct(
                    [*(_fact(each) for each in found if each.kind is ContactKind.PHONE), *_linked(header, "tel:")]
                )
            ),
            links=_links(document, found, header + aside),
            place=place,
        ),
        found,
    )


def _fact(contact: Contact) -> Fact:
    return Fact(value=re.sub(r"\s+", " ", contact.text), start=contact.start, end=contact.end)


def _linked(header: list[TextLine], scheme: str) -> list[Fact]:
    """What the links of the header say behind their text."""
    return [
        Fact(value=unquote(run.target[len(scheme) :].partition("?")[0]), start=run.start, end=run.end, confidence=0.9)
        for line in header
        for run in line.runs()
        if run.target and run.target.lower().startswith(scheme) and run.text.strip()
    ]


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    kept: dict[str, Fact] = {}
    for fact in facts:
        kept.setdefault(fact.value.lower(), fact)
    return tuple(kept.values())


def _links(document: Document, found: list[Contact], header: list[TextLine]) -> tuple[Fact, ...]:
    links: dict[str, Fact] = {}
    starts = {line.start for line in header}
    for line in document.lines:
        for run in line.runs():
            own = line.start in starts or (run.target and _PROFILE.match(run.target))
            if run.target and re.match(r"https?://", run.target) and own and run.text.strip():
                part = run.part(0, len(run.text))
                links.setdefault(
                    _bare(run.target), Fact(value=run.target, start=part.start, end=part.end, confidence=0.95)
                )
    for contact in found:
        inside = any(line.start <= contact.start < line.end for line in header)
        if contact.kind is ContactKind.LINK and inside:
            links.setdefault(_bare(contact.text), _fact(contact))
    return tuple(links.values())


def _bare(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.lower()).rstrip("/")


def _is_name(text: str) -> bool:
    if second := _SECOND_SCRIPT.search(text):
        text = f"{text[: second.start()]} {second['name']}"
    words = fold(text).split()
    letters = sum(letter.isalpha() for letter in text)
    return (
        4 <= len(text) <= 50
        and bool(_NAME.match(text))
        and letters >= 0.8 * len(text.replace(" ", ""))
        and not _NOT_NAMES.intersection(words)
        and heading_kind(text) is None
        and all(
            not word[:1].islower()
            or word.lower() in ("de", "da", "van", "von", "der", "el", "al", "bin", "la", "y", "dos", "del", "di")
            for word in text.split()
        )
    )


def _name(document: Document, parts: list[Part], found: list[Contact]) -> Fact | None:
    """The largest name-like line near the top; one that the mail address repeats counts more."""
    mail = next(
        (
            fold(each.text.split("@")[0]).replace(" ", "").replace("_", "")
            for each in found
            if each.kind is ContactKind.EMAIL
        ),
        "",
    )
    best: tuple[float, Piece] | None = None
    header = {line.start for line in header_of(parts)}
    plain = frozenset(re.findall(r"(?<![\w@./-])[a-z]{4,}(?![\w@./-])", document.text))
    sizes = sorted(line.line.size for line in document.lines)
    largest = sizes[-1] if sizes and sizes[-1] > 1.1 * sizes[len(sizes) // 2] else 0.0
    for index, line in enumerate(document.lines[:80]):
        whole = _over_lines(document.lines[index : index + 3], largest)
        for piece in [*line.pieces(), *whole]:
            for candidate in _candidates(piece):
                text = " ".join(candidate.text.split())
                if not _is_name(text) or is_place(text):
                    continue
                words = [word for word in fold(text).split() if len(word) > 1]
                repeated = sum(word in mail for word in words) / max(1, len(words)) if mail else 0.0
                score = 3 * repeated + (3.0 if largest and candidate.size >= largest - 0.6 else 0.0)
                titled = _doubt(text, words, plain) * (1 - repeated)
                score += max(0.0, 2 - index / 4) - titled - (0 if line.start in header else 3)
                score += 0.5 if candidate.bold or text.isupper() else 0
                if score > 1.4 and (best is None or score > best[0]):
                    best = (score, candidate)
    if best is None:
        return None
    piece = best[1]
    value = " ".join(piece.text.split())
    value = value.title() if value.isupper() else value
    value = re.sub(r"(?<=[’'])[A-Z](?=[a-z]?$|[a-z]?\s)", lambda match: match.group().lower(), value)
    return Fact(value=value, start=piece.start, end=piece.end, confidence=min(1.0, best[0] / 6))


def _over_lines(lines: tuple[TextLine, ...], largest: float) -> list[Piece]:
    """The largest letters of the page where they stand as single words, one below the other: a name, word by word."""
    words: list[Piece] = []
    for line in lines:
        pieces = line.pieces()
        if len(pieces) != 1 or " " in pieces[0].text or not largest or pieces[0].size < largest - 0.6:
            break
        if words and abs(line.line.left - lines[0].line.left) > 3:
            break
        words.append(pieces[0])
    if len(words) < 2:
        return []
    text = words[0].text
    for upper, lower in itertools.pairwise(words):
        text += "\n" * (lower.start - upper.end) + lower.text
    first = words[0]
    return [Piece(text, first.start, all(each.bold for each in words), first.italic, first.size)]


def _doubt(text: str, words: list[str], plain: frozenset[str]) -> float:
    """What speaks against a name: that it is a job's title, or that its words are ordinary words of the resume."""
    ordinary = sum(word in plain for word in words)
    if title_score(text) > 0:
        family = words[-1] in _FAMILY_NAMES and title_score(" ".join(words[:-1])) <= 0
        return (2.5 if ordinary else 0.5) if family else 6.0
    return 4.0 * ordinary / len(words) if ordinary > 1 else 0.0


def _candidates(piece: Piece) -> list[Piece]:
    text = piece.text
    degrees = _DEGREES.search(text)
    whole = piece.part(0, degrees.start() if degrees else len(text))
    separators = (",", " | ", " – ", " — ", " - ", " · ", " • ")
    return [whole, *(piece.part(0, text.index(each)) for each in separators if each in text)]


def _place(lines: list[TextLine]) -> Fact | None:
    for line in lines[:40]:
        for piece in line.pieces():
            position = 0
            for part in [*_SPLIT.split(piece.text), piece.text]:
                begin = piece.text.find(part, position) if part != piece.text else 0
                position = begin + len(part) if part != piece.text else position
                label = _LABEL.match(part)
                start = begin + (label.end() if label else 0)
                candidate = piece.part(start, begin + len(part))
                if candidate.text and is_place(candidate.text):
                    return candidate.fact(0.9)
                if (
                    candidate.text
                    and label
                    and _PLACE_LABEL.match(part)
                    and len(candidate.text) < 60
                    and not find(candidate.text)
                ):
                    return candidate.fact(0.8)
                tail = re.search(r"(?:^|\s)([^\W\d_][\w.\- ]+, [^\W\d_][\w.\- ]+(?:, [\w ]+)?)$", candidate.text)
                if tail and is_place(tail[1]):
                    return candidate.part(tail.start(1), tail.end(1)).fact(0.7)
    return None


def headline_of(parts: list[Part], name: Fact | None) -> Fact | None:
    """What the person calls himself or herself: the line below the name, or where no name is found a title below the
    first line, where a name would stand.
    """
    header = [line for part in parts if part.kind is SectionKind.HEADER for line in part.lines]
    above = name.end if name else header[0].end if header else 0
    following = [line for line in header if line.end > above][:6]
    for index, line in enumerate(following):
        pieces = [
            trimmed(piece) if piece.start >= above else trimmed(piece.part(above - piece.start, len(piece.text)))
            for piece in line.pieces()
            if piece.end > above
        ]
        for piece in pieces:
            if not _could_be_headline(piece.text, line):
                continue
            titled = title_score(piece.text) > 0
            # No title holds a number: that is the street somebody lives in.
            alone = name is not None and len(pieces) == 1 and index == 0 and not any(map(str.isdigit, piece.text))
            if titled or alone:
                below = following[index + 1] if index + 1 < len(following) else None
                whole = _with_rest(piece, line, below)
                return whole.fact(0.9 if titled else 0.6)
    return _introduced(parts) if name else None


def _could_be_headline(text: str, line: TextLine) -> bool:
    return (
        3 < len(text) <= 120
        and len(text.split()) <= 16
        and not (line.text.endswith(".") and len(text) > 60)
        and not re.match(r"^[•·|]", text)
        and fold(text) not in _NOT_NAMES
        and not _LABEL.match(text + " ")
        and not is_place(text)
        and not find(text)
        and not periods(text)
    )


def _with_rest(piece: Piece, line: TextLine, below: TextLine | None) -> Piece:
    """A headline and what a narrow column put into the next line: the rest of the title, in the same look."""
    if below is None or below.line.gap or len(line.line.cells) != 1 or len(below.line.cells) != 1:
        return piece
    rest = below.pieces()[0]
    alike = (rest.size, rest.bold, rest.italic) == (piece.size, piece.bold, piece.italic)
    near = abs(below.line.left - line.line.left) < 2 and line.line.left > 0
    last = fold(piece.text).split()[-1]
    unfinished = last in ("of", "and", "for", "in") or (len(rest.text.split()) <= 2 and title_score(last) <= 0)
    if alike and near and (last == "of" or (unfinished and title_score(rest.text) > 0)):
        between = "\n" * (rest.start - piece.end)
        return Piece(piece.text + between + rest.text, piece.start, piece.bold, piece.italic, piece.size)
    return piece


def _introduced(parts: list[Part]) -> Fact | None:
    """The title with which a summary begins: "Marketing Director with 4 years of experience"."""
    for part in parts:
        if part.kind in (SectionKind.SUMMARY, SectionKind.HEADER):
            for line in part.lines:
                match = _INTRODUCTION.match(line.text)
                if match and title_score(match["title"]) > 0:
                    start = line.start + match.start("title")
                    return Fact(value=match["title"], start=start, end=start + len(match["title"]), confidence=0.7)
    return None
