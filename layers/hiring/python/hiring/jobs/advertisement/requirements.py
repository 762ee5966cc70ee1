"""The requirements of an advertisement, each as the words that ask for it: must-have or nice-to-have, with years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hiring.jobs.advertisement.conditions import PERMIT
from hiring.jobs.advertisement.headings import Part
from hiring.jobs.advertisement.languages import only_languages
from hiring.jobs.advertisement.model import Confidence, DraftRequirement, Found
from hiring.jobs.advertisement.sections import Placed
from hiring.jobs.advertisement.text import found, one_line, sentences, stripped
from hiring.jobs.advertisement.years import years_in
from hiring.jobs.model import RequirementKind

_LONGEST = 200
"""Characters of a requirement at most; what is longer is cut after a comma or a word."""
_MOST = 40
_NICE = re.compile(
    r"\b(?:is|are|as|be|considered|also)(?: also)? (?:an? )?(?:(?:strong|big|huge|definite|real|distinct|"
    r"clear|great) )?"
    r"(?:plus|advantage|bonus|asset|benefit|beneficial|desirable|preferred|welcome|nice to have|advantageous)\b"
    r"|\bnice[- ]to[- ]have\b|\ba (?:big )?plus\b|^(?:ideally|bonus|desirable|preferred|optional|preferably)\b"
    r"|\b(?:preferred|desirable|optional|advantageous|not required|not essential|not a must|beneficial)\W*$"
    r"|\bvon vorteil|wunschenswert|\bein plus\b|\bkein muss\b|^(?:idealerweise|gerne|optional)\b|\bwillkommen\W*$"
    r"|\bun (?:vrai |reel |gros )?(?:plus|atout)\b|\bapprecie(?:e?s)?\W*$|\bsouhaite(?:e?s)?\W*$|^idealement\b"
    r"|\b(?:an? )?(?:\w+ )?(?:merit|advantage|asset|plus|bonus)\W*$"
    r"|\bwould (?:also )?be (?:great|lovely|good|useful|ideal|nice|helpful|handy|fantastic|amazing|wonderful)\b"
    r"|\b(?:highly|well) regarded\b|\bse valora|\bvalorable|\bdeseable|\bvaloraremos|^idealmente\b|\bhelps?\b(?=\W*$|"
    r" but\b| too\b)"
)
_HELPS = re.compile(
    r"\b(?:helps?|useful|handy|preferred|desirable|advantage\w*|beneficial|plus|bonus|nice|ideal\w*|welcome|asset|"
    r"von vorteil|atout|valor\w+)\b"
)
_LABEL = re.compile(
    r"(?P<must>must[- ]haves?|required|essential|mandatory|muss|zwingend|obligatoire|imprescindible|"
    r"indispensable)\s*[:–—-]\s+"
    r"|(?P<nice>nice[- ]to[- ]haves?|bonus(?: points)?(?: for)?|plus|preferred|optional|desirable|ideally|"
    r"kann|wunschenswert|"
    r"deseable|valorable|souhaite)\s*[:–—-]\s+"
)
_ASKS = re.compile(
    r"\b(?:you've|you're (?:an? |fluent|comfortable|familiar|experienced|able|qualified)|you(?:'ll| will|"
    r" would)?(?: (?:also|therefore|ideally|already|must|should|do|currently|really))? "
    r"(?:have|bring|need|must|should|know|are (?:an? |fluent|comfortable|familiar|experienced|able|used|qualified)|"
    r"speak|hold|can|understand|possess)|must (?:have|be|hold|possess|speak)|"
    r"we (?:require|expect|ask for|need you)|is (?:required|essential|mandatory|a must)|"
    r"are required|experience (?:with|in|of)|(?:degree|knowledge|command|background) (?:in|of)|"
    r"someone (?:who|with)|(?:du|sie) (?:hast|haben|bringst|bringen|verfugst|verfugen|kennst|kennen|sprichst|sprechen)|"
    r"erfahrung (?:mit|in)|kenntnisse|wir erwarten|vous (?:avez|maitrisez|connaissez|justifiez|disposez|parlez)|"
    r"tu (?:as|maitrises|connais)|experience (?:en|de|dans)|experiencia (?:en|con)|conocimientos? de|se requiere)\b"
)
_NOT_ASKED = re.compile(
    r"\b(?:we (?:offer|provide|have|are|build|believe|pay|will)|you(?:'ll| will) (?:get|receive|be (?:paid|"
    r"part)|join|work with|enjoy)|"
    r"our (?:team|company|customers|clients|office)|apply|cv|curriculum|send|wir bieten|bewerbung|bewirb|lebenslauf|"
    r"nous (?:offrons|proposons)|postul|ofrecemos|equal opportunit|regardless)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:authori[sz]ed|eligible|eligibility|entitled|right|permitted|"
    r"permission) to (?:live and )?work|work (?:permit|authori[sz]ation)|"
    r"visa|sponsor|arbeitserlaubnis|arbeitsgenehmigung|(?:permis|autorisation) de travail|permiso de trabajo)"
)
_NOT_NEEDED = re.compile(r"\bnot (?:required|needed|necessary|essential|a must)\W*$|\bnicht (?:notig|erforderlich)\W*$")
_INTRODUCES = re.compile(r":\s*$")
_ASKED_IN = (Part.MUST_HAVE, Part.NICE_TO_HAVE)


def requirements_of(text: str, plain: str, placed: Sequence[Placed]) -> tuple[DraftRequirement, ...]:
    """The requirements in the order of the text, each once.

    Where no heading says where they are, the sentences that ask for something are taken, with less confidence. What a
    job states apart (languages, the right to work) is no requirement beside.
    """
    headed = any(each.part is Part.MUST_HAVE and not each.heading for each in placed)
    made: dict[str, DraftRequirement] = {}
    for each in placed:
        asks_only = each.part not in _ASKED_IN
        if each.heading or (asks_only and (headed or each.part in (Part.OFFER, Part.PROCESS))):
            continue
        for start, end in _clauses(text, plain, each):
            words = plain[start:end]
            asks = _ASKS.search(words) or _NICE.search(words)
            if asks_only and (not asks or _NOT_ASKED.search(words)):
                continue
            requirement = _requirement(text, plain, start, end, each.part, asks_only=asks_only)
            if requirement is not None:
                made.setdefault(plain[requirement.start : requirement.end], requirement)
    return tuple(made.values())[:_MOST]


def job_years(
    text: str, plain: str, placed: Sequence[Placed], requirements: Sequence[DraftRequirement]
) -> Found[float] | None:
    """The years of work that the job asks for as a whole: the most that a must-have names, or none said plainly."""
    dated = [r for r in requirements if r.minimum_years is not None and r.kind is RequirementKind.MUST_HAVE]
    if dated:
        most = max(dated, key=lambda requirement: (requirement.minimum_years or 0, -requirement.start))
        at = years_in(plain, most.start, most.end)
        if at is not None:
            return found(text, at[1], at[2], at[0])
    for each in placed:
        if each.part in (Part.OFFER, Part.PROCESS, Part.COMPANY, Part.NICE_TO_HAVE):
            continue
        for start, end in sentences(text, each.line.start, each.line.end):
            words = plain[start:end]
            if _EXPERIENCE.search(words) and not _NOT_ASKED.search(words) and (at := years_in(plain, start, end)):
                return found(text, at[1], at[2], at[0], Confidence.INFERRED)
    none = _NO_YEARS.search(plain)
    return found(text, none.start(), none.end(), 0.0) if none else None


_EXPERIENCE = re.compile(r"\bexperience[ds]?\b|\bpqe\b|erfahrung|experiencia")
_NO_YEARS = re.compile(
    r"\bno (?:\w+ ){0,3}?experience(?: (?:in|of|with|as)(?: \w+){1,4}?)?(?: is)?(?: (?:required|necessary|needed|"
    r"essential)\b|\?)|"
    r"\bexperience (?:is )?not (?:required|necessary|needed|essential)\b|"
    r"\b(?:don't|do not|won't) need (?:\w+ ){0,2}?experience\b|\bno experience\W*$|"
    r"\bberufseinsteiger(?:in|innen)?\b"
    r"|\b(?:new |recent )graduates? (?:are )?welcome\b|\bfreshers?\b|\bentry[- ]level\b|\bsans experience\b|"
    r"\bdebutants? accepte(?:e?s)?\b"
    r"|\bsin experiencia(?: previa)?\b|\bkeine (?:berufs)?erfahrung (?:notig|erforderlich)\b"
)


def _clauses(text: str, plain: str, placed: Placed) -> Iterator[tuple[int, int]]:
    line = placed.line
    every = list(sentences(text, line.start, line.end))
    if len(every) == 2 and placed.part in _ASKED_IN and not placed.inline and _is_one(text, plain, *every):
        every = [(every[0][0], every[1][1])]
    for start, end in every:
        if end - start <= _LONGEST:
            yield start, end
        else:
            yield start, _cut(text, start)


def _is_one(text: str, plain: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the two clauses of an item of a list ask for one thing: "Strong SQL; you can read a query plan"."""
    return ";" in text[first[1] : second[0]] and not any(
        only_languages(text, plain, *clause) or _NICE.search(plain[slice(*clause)]) for clause in (first, second)
    )


def _cut(text: str, start: int) -> int:
    """Where a sentence that is too long ends: after its last comma or word within the limit."""
    limit = start + _LONGEST
    ends = (text.rfind(",", start + _LONGEST // 2, limit), text.rfind(" ", start, limit))
    return next((end for end in ends if end > start), limit)


def _requirement(
    text: str, plain: str, start: int, end: int, part: Part, *, asks_only: bool
) -> DraftRequirement | None:
    kind = RequirementKind.NICE_TO_HAVE if part is Part.NICE_TO_HAVE else RequirementKind.MUST_HAVE
    label = _LABEL.match(plain, start, end)
    if label:
        kind = RequirementKind.MUST_HAVE if label["must"] else RequirementKind.NICE_TO_HAVE
        start = label.end()
    if _NICE.search(plain[start:end]):
        kind = RequirementKind.NICE_TO_HAVE
    start, end = stripped(text, start, end, " \t#*_>–—-•.;,")
    words = plain[start:end]
    if (
        len(words) < 2
        or not any(map(str.isalnum, words))
        or _INTRODUCES.search(words)
        or (_ELSEWHERE.search(words) or PERMIT.search(words))
    ):
        return None
    if _NOT_NEEDED.search(words) and not _HELPS.search(words):
        return None
    if kind is RequirementKind.MUST_HAVE and only_languages(text, plain, start, end):
        return None
    years = years_in(plain, start, end)
    return DraftRequirement(
        value=one_line(text[start:end]),
        start=start,
        end=end,
        quote=text[start:end],
        confidence=Confidence.READ if asks_only else Confidence.STATED,
        kind=kind,
        minimum_years=years[0] if years else None,
        skills=(),
    )
