"""A run as it is kept for ever: canonical JSON that holds all the ranking depended on, and replays to the same bytes
(R10).

The document names nobody. For each listed candidate it holds salted digests of an input (features, evidence, wishes)
and of the explanation; input and salt are a file of their own, so that erasing a person takes that file and leaves
the run as it is.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from pydantic import Field

from hiring.candidates.model import EmployerBlocks, Preferences
from hiring.jobs.model import JobTerms, RequirementKind, Seniority
from hiring.matching import criteria, explanation, recency, scoring, shortlist
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, outcomes
from hiring.matching.features import CandidateFeatures, ResumeFeatures, read_features
from hiring.matching.guards import GUARDS, without_paste
from hiring.matching.model import Band, Funnel, PreferenceVerdict, RequirementVerdict
from hiring.matching.query import Choice, JobQuery, QueryForm, RequirementGroup
from hiring.matching.rates import Rates
from hiring.matching.statistics import Component, Kindred, PoolStatistics, Spread
from hiring.resumes.model import Evidence
from hiring.shared.values import Document
from hiring.skills.aliases import taxonomy
from hiring.skills.embedding import StaticEmbedding
from hiring.skills.fields import load_fields
from hiring.skills.occupations import load_occupations
from hiring.skills.synonyms import known_words

RULESET = "10"
"""Raised whenever the same input would give another score, order or explanation."""


class CannotReplay(ValueError):
    """The run was made under another ruleset or model, or an input is missing or changed."""


class RunInput(Document):
    """All that the run knew of one listed candidate. `features` are `ResumeFeatures.pack` in base64."""

    salt: str = Field(min_length=32)
    entry_id: str
    candidate_id: str
    candidate_version: int
    resume_version: int
    features: str
    preferences: Preferences
    blocks: EmployerBlocks
    evidence: Evidence

    @classmethod
    def of(cls, candidate: CandidateFeatures, evidence: Evidence, *, entry_id: str, salt: str) -> RunInput:
        """The input of `candidate`; `salt` is at least 32 random characters that nothing else uses."""
        return cls(
            salt=salt,
            entry_id=entry_id,
            candidate_id=candidate.candidate_id,
            candidate_version=candidate.version,
            resume_version=candidate.resume_version,
            features=base64.b64encode(candidate.resume.pack()).decode(),
            preferences=candidate.preferences,
            blocks=candidate.blocks,
            evidence=evidence,
        )

    def candidate(self) -> CandidateFeatures:
        """The candidate as the run ranked it."""
        return CandidateFeatures(
            self.candidate_id,
            self.candidate_version,
            self.resume_version,
            ResumeFeatures.unpack(base64.b64decode(self.features)),
            self.preferences,
            self.blocks,
        )

    def to_bytes(self) -> bytes:
        """The content of the input's file."""
        return canonical_json(self.model_dump(mode="json"))


@dataclass(frozen=True)
class Explained:
    """A listed candidate with everything that a client is told of the match."""

    entry_id: str
    score: int
    band: Band
    verdicts: tuple[RequirementVerdict, ...]
    preferences: tuple[PreferenceVerdict, ...]


@dataclass(frozen=True, eq=False)
class Basis:
    """What a run's result depends on besides the candidates: job, day, rates, query and statistics."""

    run_id: str
    job_id: str
    job_version: int
    terms: JobTerms
    employer: str
    as_of: date
    rates: Rates
    query: JobQuery
    statistics: PoolStatistics
    model: str

    @property
    def conditions(self) -> Conditions:
        """The job's side of the deal-breakers."""
        return Conditions(self.terms, self.employer, self.rates)


@dataclass(frozen=True, eq=False)
class FrozenRun:
    """A frozen run as its document tells it; the entries are in order."""

    basis: Basis
    funnel: Funnel
    entry_ids: tuple[str, ...]
    digests: Mapping[str, str]


def canonical_json(value: object) -> bytes:
    """`value` as JSON with sorted keys, no blanks and UTF-8: equal values give equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def explain_candidates(basis: Basis, inputs: Sequence[RunInput], embedding: StaticEmbedding) -> list[Explained]:
    """Scores and explanations of `inputs`, best first; each depends on its input and the basis alone.

    The score of the ranking counts half, what the evidence shows of the must-haves the other half, what was last used
    long ago less of it. Whoever pasted the advertisement into the resume is scored and explained without it.
    """
    honest = {entry.candidate_id: without_paste(entry.evidence, basis.terms) for entry in inputs}
    columns = CandidateColumns.of(_seen(entry, honest[entry.candidate_id], basis, embedding) for entry in inputs)
    values = scoring.scores(columns, basis.query, basis.statistics)
    found = outcomes(columns, basis.conditions)
    by_id = {entry.candidate_id: entry for entry in inputs}
    criteria = explanation.Criteria(basis.terms, embedding)
    listed = [by_id[candidate_id.decode()] for candidate_id in columns.ids.tolist()]
    found_in = explanation.explain(criteria, [honest[entry.candidate_id] for entry in listed], as_of=basis.as_of)
    explained = []
    for row, (entry, verdicts) in enumerate(zip(listed, found_in, strict=True)):
        explained.append(
            Explained(
                entry_id=entry.entry_id,
                score=scoring.with_evidence(int(values[row]), recency.share_shown(verdicts, as_of=basis.as_of)),
                band=explanation.band(verdicts),
                verdicts=verdicts,
                preferences=explanation.preference_verdicts(found, row),
            )
        )
    ids = {entry.entry_id: entry.candidate_id for entry in inputs}
    return sorted(explained, key=lambda entry: placing(entry, ids[entry.entry_id]))


def _seen(entry: RunInput, honest: Evidence, basis: Basis, embedding: StaticEmbedding) -> CandidateFeatures:
    """The candidate as ranked; read again where the evidence holds a pasted advertisement."""
    candidate = entry.candidate()
    if honest is entry.evidence:
        return candidate
    return replace(candidate, resume=read_features(honest, embedding, as_of=basis.as_of))


def placing(explained: Explained, candidate_id: str) -> tuple[int, bytes]:
    """What a shortlist is sorted by: the higher score first, equals in the order of their ids."""
    return (-explained.score, candidate_id.encode())


def freeze(basis: Basis, funnel: Funnel, explained: Sequence[Explained], inputs: Mapping[str, RunInput]) -> bytes:
    """The run as canonical JSON; `explained` are the listed candidates in order, `inputs` theirs by entry id."""
    entries = []
    for rank, entry in enumerate(explained, start=1):
        salt = inputs[entry.entry_id].salt
        entries.append(
            {
                "entry_id": entry.entry_id,
                "rank": rank,
                "score": entry.score,
                "band": entry.band.value,
                "input": salted_digest(salt, inputs[entry.entry_id].to_bytes()),
                "explanation": salted_digest(salt, canonical_json(_explanation(entry))),
            }
        )
    return canonical_json(
        {
            **_basis(basis),
            "funnel": funnel.model_dump(mode="json"),
            "entries": entries,
        }
    )


def replay(run: bytes, inputs: Mapping[str, bytes], embedding: StaticEmbedding) -> bytes:
    """Rank and explain the listed candidates of a frozen run again; the result equals `run` byte for byte.

    Raises `CannotReplay` where the ruleset, the model or the skill names are others than the run's, or an input is
    missing.
    """
    frozen = read_run(run)
    if frozen.digests != digests(embedding.digest):
        raise CannotReplay("the run was made under another ruleset, model or taxonomy")
    missing = [entry_id for entry_id in frozen.entry_ids if entry_id not in inputs]
    if missing:
        raise CannotReplay(f"inputs-erased: {len(missing)} of {len(frozen.entry_ids)}")
    read = {entry_id: RunInput.model_validate_json(inputs[entry_id]) for entry_id in frozen.entry_ids}
    return freeze(frozen.basis, frozen.funnel, explain_candidates(frozen.basis, list(read.values()), embedding), read)


def read_run(document: bytes) -> FrozenRun:
    """What a frozen run's document says."""
    content: dict[str, Any] = json.loads(document)
    return FrozenRun(
        basis=_read_basis(content),
        funnel=Funnel.model_validate_json(json.dumps(content["funnel"])),
        entry_ids=tuple(entry["entry_id"] for entry in content["entries"]),
        digests=content["digests"],
    )


def digests(model: str) -> dict[str, str]:
    """What must be the same for a run to replay: the ruleset with its constants, the model, the names of skills."""
    known = f"{taxonomy()}\n{known_words()}\n{load_occupations().digest}\n{load_fields().digest}"
    return {
        "ruleset": _ruleset(),
        "model": model,
        "taxonomy": hashlib.sha256(known.encode()).hexdigest(),
    }


def same_ruleset(run: bytes) -> bool:
    """Whether a frozen run's document is read, and its scores counted, by this very ruleset."""
    return bool(json.loads(run)["digests"]["ruleset"] == _ruleset())


def _ruleset() -> str:
    rules = {
        "ruleset": RULESET,
        "guards": GUARDS,
        "weights": {
            form.value: {part.value: str(w) for part, w in parts.items()} for form, parts in scoring.WEIGHTS.items()
        },
        "experience": str(scoring.EXPERIENCE_WEIGHT),
        "kindred-weights": {
            form.value: {part.value: str(w) for part, w in parts.items()}
            for form, parts in scoring.KINDRED_WEIGHTS.items()
        },
        "kinds": {kind.value: str(weight) for kind, weight in scoring.KIND_WEIGHTS.items()},
        "saturation": [str(scoring.SATURATION), str(scoring.PROSE_SATURATION), str(scoring.COVERAGE_NORMALISATION)],
        "floors": [
            str(shortlist.WORDS_FLOOR),
            str(shortlist.FLOOR),
            str(scoring.NAMED),
            str(scoring.USUAL_SHARE),
            str(scoring.USUAL_DEVIATION),
        ],
        "recency": [recency.FRESH, str(recency.FADING), str(recency.LEAST)],
        "explanation": [
            explanation.SAYS_MOST,
            explanation.SAYS_HEART,
            explanation.SAYS_SUBJECT,
            explanation.LEAST_WORDS,
            explanation.FOREIGN,
            explanation.RELATED,
            explanation.SAYS_PAPER,
            explanation.LEAST_SAID,
            explanation.LONG,
            explanation.FOREIGN_IN_LETTERS,
            explanation.ENOUGH,
            explanation.ENOUGH_OF_ALL,
            explanation.ENOUGH_IN_SHORT,
            explanation.SHORT_TO_MEET,
            explanation.MANY,
            explanation.ALIKE,
            explanation.ALIKE_IN_SHORT,
            explanation.SHORT,
            explanation.CLOSE_IN_WORDS,
            str(explanation.STRONG),
            str(explanation.GOOD),
            criteria.NAMES_TELL,
            explanation.LONGEST_QUOTE,
        ],
    }
    return hashlib.sha256(canonical_json(rules)).hexdigest()


def salted_digest(salt: str, content: bytes) -> str:
    """SHA-256 of salt and content: without the salt it says nothing about the content."""
    return hashlib.sha256(salt.encode() + b"\n" + content).hexdigest()


def _explanation(entry: Explained) -> dict[str, object]:
    return {
        "verdicts": [verdict.model_dump(mode="json") for verdict in entry.verdicts],
        "preferences": [verdict.model_dump(mode="json") for verdict in entry.preferences],
    }


def _basis(basis: Basis) -> dict[str, object]:
    statistics = basis.statistics
    frozen_statistics = {
        "generation": statistics.generation,
        "candidates": statistics.candidates,
        "average_length": statistics.average_length,
        "rarity": {str(number): rarity for number, rarity in statistics.rarity.items()},
        "spreads": {part.value: [known.mean, known.deviation] for part, known in statistics.spreads.items()},
        "kindred": None if statistics.kindred is None else _kindred(statistics.kindred),
    }
    return {
        "run_id": basis.run_id,
        "job": {"id": basis.job_id, "version": basis.job_version, "terms": basis.terms.model_dump(mode="json")},
        "employer": basis.employer,
        "as_of": basis.as_of.isoformat(),
        "rates": basis.rates.model_dump(mode="json"),
        "query": _query(basis.query),
        "statistics": frozen_statistics,
        "digests": digests(basis.model),
    }


def _kindred(kindred: Kindred) -> dict[str, object]:
    return {
        "terms": [list(pair) for pair in kindred.terms],
        "titles": base64.b64encode(kindred.titles).decode(),
    }


def _read_kindred(frozen: Mapping[str, Any]) -> Kindred:
    terms = tuple((number, weight) for number, weight in frozen["terms"])
    return Kindred(terms, base64.b64decode(frozen["titles"]))


def _query(query: JobQuery) -> dict[str, object]:
    return {
        "form": query.form.value,
        "terms": [list(pair) for pair in query.terms],
        "groups": [
            {
                "text": group.text,
                "kind": group.kind.value,
                "choices": [{"terms": list(choice.terms), "whole": choice.whole} for choice in group.choices],
                "skills": list(group.skills),
                "names": list(group.names),
                "minimum_years": group.minimum_years,
            }
            for group in query.groups
        ],
        "vector": base64.b64encode(query.vector.tobytes()).decode(),
        "title_vector": base64.b64encode(query.title_vector.tobytes()).decode(),
        "minimum_years": query.minimum_years,
        "seniority": None if query.seniority is None else query.seniority.value,
    }


def _read_basis(frozen: Mapping[str, Any]) -> Basis:
    query, statistics = frozen["query"], frozen["statistics"]
    return Basis(
        run_id=frozen["run_id"],
        job_id=frozen["job"]["id"],
        job_version=frozen["job"]["version"],
        terms=JobTerms.model_validate_json(json.dumps(frozen["job"]["terms"])),
        employer=frozen["employer"],
        as_of=date.fromisoformat(frozen["as_of"]),
        rates=Rates.model_validate(frozen["rates"] | {"day": date.fromisoformat(frozen["rates"]["day"])}),
        query=JobQuery(
            form=QueryForm(query["form"]),
            terms=tuple((number, weight) for number, weight in query["terms"]),
            groups=tuple(
                RequirementGroup(
                    text=group["text"],
                    kind=RequirementKind(group["kind"]),
                    choices=tuple(Choice(tuple(choice["terms"]), choice["whole"]) for choice in group["choices"]),
                    skills=tuple(group["skills"]),
                    names=tuple(group["names"]),
                    minimum_years=group["minimum_years"],
                )
                for group in query["groups"]
            ),
            vector=np.frombuffer(base64.b64decode(query["vector"]), dtype=np.int8),
            title_vector=np.frombuffer(base64.b64decode(query["title_vector"]), dtype=np.int8),
            minimum_years=query["minimum_years"],
            seniority=None if query["seniority"] is None else Seniority(query["seniority"]),
        ),
        statistics=PoolStatistics(
            generation=statistics["generation"],
            candidates=statistics["candidates"],
            average_length=statistics["average_length"],
            rarity={int(number): rarity for number, rarity in statistics["rarity"].items()},
            spreads={
                Component(part): Spread(mean, deviation) for part, (mean, deviation) in statistics["spreads"].items()
            },
            kindred=None if statistics["kindred"] is None else _read_kindred(statistics["kindred"]),
        ),
        model=frozen["digests"]["model"],
    )
