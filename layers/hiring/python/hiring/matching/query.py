"""What a job asks of the ranking: weighted terms, groups of terms a requirement, a vector; all integers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hiring.jobs.model import JobTerms, RequirementKind, Seniority
from hiring.matching.terms import Term, count_terms, subject_words, term, terms_of
from hiring.matching.titles import plain_title, title_vector
from hiring.skills.embedding import StaticEmbedding, Vector, blended
from hiring.skills.requirements import read_requirement
from hiring.skills.tagging import SkillTagger
from hiring.skills.words import english_share, lines, words

TITLE_CHARACTERS = 100
"""An advertisement begins with its title, which says what the job is; further down it speaks of benefits."""
ENGLISH_PROSE = 0.08
"""Texts with a smaller share of English function words are in another language, or are lists."""
TITLE_WORDS = 12
PROSE_WORDS = 20
"""Fewer words than this are no prose, whatever they are; nor is a text with a separator for every four words."""


_AFTER_TITLE = re.compile(r"\s[-–—(|]|[.:](?:\s|$)|[\n(]")


LEAST_SKILLS = 5
"""An advertisement that mentions fewer was not understood."""


class QueryForm(StrEnum):
    """How a job is written, which decides what its score is made of."""

    TAGS = "tags"
    """A list of skills without sentences."""
    ENGLISH = "english"
    """English prose."""
    OTHER_LANGUAGE = "other-language"
    """Prose in a language that the embedding does not know."""
    REQUIREMENTS = "requirements"
    """A title and requirements, with hardly any text beside them."""
    TITLE = "title"
    """Nothing but a title."""


@dataclass(frozen=True)
class Choice:
    """One way to meet a requirement: all of `terms`; the more of them a resume holds, the more it shows.

    Another name for the same shows something only where it stands there `whole`: "chain" alone is no SCM.
    """

    terms: tuple[Term, ...]
    whole: bool = False


@dataclass(frozen=True)
class RequirementGroup:
    """A requirement as the first pass sees it: `choices` of which the best counts."""

    text: str
    kind: RequirementKind
    choices: tuple[Choice, ...]
    skills: tuple[Term, ...]
    """The phrases as whole terms, for looking up years of use."""
    names: tuple[Term, ...]
    """Technologies and other names in it: whoever shows one of them shows half."""
    minimum_years: float | None


@dataclass(frozen=True, eq=False)
class JobQuery:
    """A job as the ranking sees it. `terms` ascend; a term's weight is how often the text holds it."""

    form: QueryForm
    terms: tuple[tuple[Term, int], ...]
    groups: tuple[RequirementGroup, ...]
    vector: Vector
    title_vector: Vector
    """All zero where no title is stated."""
    minimum_years: float = 0.0
    seniority: Seniority | None = None

    def all_terms(self) -> list[Term]:
        """Every term that a look-up is needed for, ascending."""
        asked = {number for number, _ in self.terms}
        for group in self.groups:
            asked.update(group.names)
            for choice in group.choices:
                asked.update(choice.terms)
        return sorted(asked)


def job_query(terms: JobTerms, embedding: StaticEmbedding, tagger: SkillTagger) -> JobQuery:
    """The query of a submitted job."""
    asked = [requirement.text for requirement in terms.requirements]
    form = _form(terms.description)
    description = _asked_for(terms.description, tagger) if form is QueryForm.ENGLISH else terms.description
    body = "\n".join([terms.title, description, *asked])
    return JobQuery(
        form=form if form in (QueryForm.ENGLISH, QueryForm.OTHER_LANGUAGE) else QueryForm.REQUIREMENTS,
        terms=_weighted(body),
        groups=tuple(
            _group(requirement.text, requirement.kind, requirement.minimum_years) for requirement in terms.requirements
        ),
        vector=_between(terms.title, body, embedding),
        title_vector=embedding.vector(plain_title(terms.title)),
        minimum_years=terms.minimum_years,
        seniority=terms.seniority,
    )


def text_query(text: str, embedding: StaticEmbedding, tagger: SkillTagger) -> JobQuery:
    """The query of a job of which there is nothing but a text: tags, an advertisement or a title."""
    form = _form(text)
    body = _asked_for(text, tagger) if form is QueryForm.ENGLISH else text
    tags = [tag.strip() for tag in re.split(r"[,;\n]", text) if tag.strip()] if form is QueryForm.TAGS else []
    return JobQuery(
        form=form,
        terms=_weighted(body),
        groups=tuple(_tag(tag) for tag in tags),
        vector=_between(text[:TITLE_CHARACTERS], body, embedding),
        title_vector=_title_vector(text, form, embedding),
    )


def _title_vector(text: str, form: QueryForm, embedding: StaticEmbedding) -> Vector:
    """The words of the title; where a title is all there is, also what such work is described as."""
    if form is QueryForm.TITLE:
        return title_vector([text], embedding, alone=True)
    return embedding.vector("" if form is QueryForm.TAGS else plain_title(title_of(text)))


def title_of(advertisement: str) -> str:
    """The title that an advertisement begins with: what stands before the first bracket, dash or full stop."""
    return _AFTER_TITLE.split(advertisement.strip(), maxsplit=1)[0][:TITLE_CHARACTERS]


def _asked_for(text: str, tagger: SkillTagger) -> str:
    """The skills that English prose mentions, a line each: the rest of an advertisement speaks of the employer, of what
    it offers and of the law. The whole text where it mentions too few.
    """
    spans = tagger.spans(text)
    return "\n".join(text[span.start : span.end] for span in spans) if len(spans) >= LEAST_SKILLS else text


def _between(title: str, whole: str, embedding: StaticEmbedding) -> Vector:
    """The direction between a job's title and the whole of it."""
    return blended(list(embedding.vectors([title, whole])))


def _form(text: str) -> QueryForm:
    count = sum(1 for _ in words(text))
    separators = len(re.findall(r"[,;\n]", text))
    if separators == 0 and count <= TITLE_WORDS:
        return QueryForm.TITLE
    if separators * 4 >= count or count < PROSE_WORDS:
        return QueryForm.TAGS
    return QueryForm.ENGLISH if english_share(text) >= ENGLISH_PROSE else QueryForm.OTHER_LANGUAGE


def _weighted(text: str) -> tuple[tuple[Term, int], ...]:
    counts, _ = count_terms(subject_words(text, line) for line in lines(text))
    return tuple(sorted(counts.items()))


def _group(text: str, kind: RequirementKind, minimum_years: float | None) -> RequirementGroup:
    asked = read_requirement(text)
    return RequirementGroup(
        text=text,
        kind=kind,
        choices=tuple(_choice(choice, whole=choice in asked.other_names) for choice in asked.choices),
        skills=tuple(term(" ".join(phrase)) for phrase in asked.phrases),
        names=tuple(term(" ".join(name)) for name in asked.names if len(name) <= 2),
        minimum_years=minimum_years if minimum_years is not None else asked.years,
    )


def _tag(text: str) -> RequirementGroup:
    """A tag is asked for as it stands: in "communication skills" no word is said for politeness."""
    group = _group(text, RequirementKind.MUST_HAVE, None)
    standing = _choice([subject_words(text, line) for line in lines(text)], whole=False)
    return replace(group, choices=(standing, *(choice for choice in group.choices if choice.whole)))


def _choice(phrases: Iterable[Sequence[str]], *, whole: bool) -> Choice:
    return Choice(tuple(dict.fromkeys(number for phrase in phrases for number in terms_of(phrase))), whole)
