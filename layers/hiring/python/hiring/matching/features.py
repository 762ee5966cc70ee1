"""What matching keeps of a candidate: a resume as packed numbers, and what the candidate states."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.candidates.model import EmployerBlocks, Preferences
from hiring.jobs.model import Seniority
from hiring.matching import experience
from hiring.matching.guards import matched, stuffed_words
from hiring.matching.terms import Term, count_terms, subject_words, telling_lines, term
from hiring.matching.titles import title_vector, titles_of
from hiring.resumes.model import MASK, Employment, Evidence
from hiring.shared.values import LanguageLevel, LanguageSkill
from hiring.skills.embedding import DIMENSIONS, StaticEmbedding, Vector, blended
from hiring.skills.words import Line, english_share

VERSION = 4
OPENING_CHARACTERS = 1000
"""The opening of a resume (headline, summary, latest position) says most about what the person does now."""
UNKNOWN = 255


class FeaturesOutdated(ValueError):
    """The features were packed by older code: they are to be read anew from the evidence."""


_SENIORITIES = tuple(Seniority)
_LEVELS = (None, *LanguageLevel)
_HEAD = struct.Struct("<BHHBBBB")
_SKILL = struct.Struct("<IBB")


@dataclass(frozen=True)
class SkillUse:
    """A skill that the resume names: its term, years of dated use and the last calendar year of it, where dated."""

    term: Term
    years: float | None
    last_year: int | None


@dataclass(frozen=True, eq=False)
class ResumeFeatures:
    """A resume as the first pass over everybody sees it; equal resumes give equal bytes.

    `terms` are ascending, `counts` say how often each stands in the lines that say something new (at most 255),
    `length` is how many words those have. `vector` is between the vector of the opening and that of the whole;
    `title_vector` is the direction of the titles, the latest weighing most, and all zero where there are none.
    `years` of dated employment and `seniority` of the latest title are None where the resume does not say.
    """

    terms: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    length: int
    vector: Vector
    title_vector: Vector
    skills: tuple[SkillUse, ...] = ()
    years: float | None = None
    seniority: Seniority | None = None
    languages: tuple[LanguageSkill, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResumeFeatures) and self.pack() == other.pack()

    def __hash__(self) -> int:
        return hash(self.pack())

    def pack(self) -> bytes:
        """The features as bytes, little-endian; `unpack` reads them."""
        head = _HEAD.pack(
            VERSION,
            min(self.length, 0xFFFF),
            len(self.terms),
            UNKNOWN if self.years is None else min(round(self.years * 4), UNKNOWN - 1),
            UNKNOWN if self.seniority is None else _SENIORITIES.index(self.seniority),
            len(self.skills),
            len(self.languages),
        )
        skills = b"".join(
            _SKILL.pack(
                skill.term,
                UNKNOWN if skill.years is None else min(round(skill.years * 4), UNKNOWN - 1),
                UNKNOWN if skill.last_year is None else max(0, min(skill.last_year - 1900, UNKNOWN - 1)),
            )
            for skill in self.skills
        )
        languages = b"".join(
            skill.language.encode().ljust(3) + bytes([_LEVELS.index(skill.level)]) for skill in self.languages
        )
        return b"".join(
            [
                head,
                self.terms.astype("<u4").tobytes(),
                self.counts.tobytes(),
                self.vector.tobytes(),
                self.title_vector.tobytes(),
                skills,
                languages,
            ]
        )

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """The features that `pack` wrote; raises `FeaturesOutdated` for those of another version."""
        if not is_current(packed):
            raise FeaturesOutdated(f"resume features of version {packed[0]}; this code reads version {VERSION}")
        _, length, terms, quarters, seniority, skills, languages = _HEAD.unpack_from(packed)
        at = _HEAD.size
        term_numbers = np.frombuffer(packed, "<u4", terms, at)
        counts = np.frombuffer(packed, np.uint8, terms, at := at + 4 * terms)
        vector = np.frombuffer(packed, np.int8, DIMENSIONS, at := at + terms)
        title_vector = np.frombuffer(packed, np.int8, DIMENSIONS, at := at + DIMENSIONS)
        at += DIMENSIONS
        uses = []
        for number, used, last in _SKILL.iter_unpack(packed[at : at + skills * _SKILL.size]):
            uses.append(
                SkillUse(number, None if used == UNKNOWN else used / 4, None if last == UNKNOWN else last + 1900)
            )
        at += skills * _SKILL.size
        spoken = tuple(
            LanguageSkill(language=packed[start : start + 3].decode().strip(), level=_LEVELS[packed[start + 3]])
            for start in range(at, at + 4 * languages, 4)
        )
        return cls(
            terms=term_numbers,
            counts=counts,
            length=length,
            vector=vector,
            title_vector=title_vector,
            skills=tuple(uses),
            years=None if quarters == UNKNOWN else quarters / 4,
            seniority=None if seniority == UNKNOWN else _SENIORITIES[seniority],
            languages=spoken,
        )


def is_current(packed: bytes) -> bool:
    """Whether features were packed by code of this version."""
    return packed[0] == VERSION


@dataclass(frozen=True)
class CandidateFeatures:
    """All that the first pass knows of one candidate.

    `version` is that of the candidate's head item: of two features of one candidate, the one with the higher version
    holds. `resume_version` names the resume that was read; `preferences` and `blocks` are what the candidate states.
    """

    candidate_id: str
    version: int
    resume_version: int
    resume: ResumeFeatures
    preferences: Preferences = field(default_factory=Preferences)
    blocks: EmployerBlocks = field(default_factory=EmployerBlocks)


def read_features(evidence: Evidence, embedding: StaticEmbedding, *, as_of: date) -> ResumeFeatures:
    """The features of a resume. `as_of` is the day of reading: until then a position that is still held counts."""
    seen = matched(evidence)
    told = list(telling_lines(seen.text))
    titles = titles_of(seen)
    counts, length = count_terms(words for _, words in told)
    terms = np.array(sorted(counts)[:0xFFFF], dtype=np.uint32)
    return ResumeFeatures(
        terms=terms,
        counts=np.array([min(counts[number], 255) for number in terms.tolist()], dtype=np.uint8),
        length=min(length + stuffed_words(evidence), 0xFFFF),
        vector=resume_vector(seen.text, [line for line, _ in told], embedding),
        title_vector=title_vector(titles, embedding, alone=titles == [" ".join(seen.text.split())]),
        skills=_skills(seen, as_of),
        years=experience.years(seen.employment, as_of=as_of),
        seniority=_seniority(seen),
        languages=_languages(seen),
    )


def resume_vector(text: str, told: list[Line], embedding: StaticEmbedding) -> Vector:
    """The direction between the opening of a resume and the whole of it, from the lines that say something new.

    What is masked leaves no trace, however long it was: neither in the vector nor in where the opening ends.
    """
    whole = "\n".join(" ".join(text[start:end].replace(MASK, " ").split()) for start, end in told)
    return blended(list(embedding.vectors([whole[:OPENING_CHARACTERS], whole])))


def _skills(evidence: Evidence, as_of: date) -> tuple[SkillUse, ...]:
    """Each skill once, with the positions that it is mentioned in; at most 255 of them."""
    used: dict[Term, list[Employment]] = {}
    for mention in evidence.skills:
        phrase = " ".join(subject_words(mention.value, Line(0, len(mention.value))))
        if phrase:
            positions = used.setdefault(term(phrase), [])
            if mention.employment is not None:
                positions.append(evidence.employment[mention.employment])
    uses = []
    for number, positions in sorted(used.items()):
        uses.append(
            SkillUse(number, experience.years(positions, as_of=as_of), experience.last_year(positions, as_of=as_of))
        )
    return tuple(uses[:255])


def _seniority(evidence: Evidence) -> Seniority | None:
    titles = [position.title.value for position in evidence.employment if position.title is not None]
    if evidence.headline is not None:
        titles.append(evidence.headline.value)
    return next((level for level in map(experience.seniority_of, titles[:1] or titles) if level is not None), None)


def _languages(evidence: Evidence) -> tuple[LanguageSkill, ...]:
    """Languages that the resume lists, and English where it is written in it."""
    spoken = {
        fact.language: LanguageSkill(language=fact.language, level=fact.level)
        for fact in evidence.languages
        if fact.language is not None
    }
    if "en" not in spoken and english_share(evidence.text) > 0.15:
        spoken["en"] = LanguageSkill(language="en")
    return tuple(spoken[code] for code in sorted(spoken))[:255]
