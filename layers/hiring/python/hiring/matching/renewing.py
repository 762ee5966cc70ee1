"""Features that older code packed are read anew from the evidence that is kept with the resume.

Whoever meets them first renews them: a run those whom it looks at, the rebuilding of the index everybody else as far as
its time goes. What was renewed is stored, so that nothing is read anew twice. Until then the index ranks people by what
was read before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import batched

from hiring.matching import store
from hiring.matching.features import FeaturesOutdated, ResumeFeatures, is_current, read_features
from hiring.matching.store import Person
from hiring.resumes.model import Evidence
from hiring.shared import keys
from hiring.shared.files import Files
from hiring.shared.table import Table
from hiring.skills.embedding import StaticEmbedding

_AT_ONCE = 500
"""People between two looks at the time: at some 20 ms a resume, ten seconds."""


@dataclass(frozen=True, eq=False)
class Renewal:
    """How features are read anew; the embedding is loaded when somebody's have to be."""

    table: Table
    artefacts: Files
    embedding: Callable[[], StaticEmbedding]

    def features(self, person: Person) -> ResumeFeatures | None:
        """The features of somebody with a resume; None where they are outdated and the evidence cannot be found."""
        if person.features is None or person.accepted_at is None or person.evidence_key is None:
            raise ValueError("somebody without a resume has no features")
        try:
            return ResumeFeatures.unpack(person.features)
        except FeaturesOutdated:
            stored = self.artefacts.get(person.evidence_key)
        if stored is None:
            return None
        evidence = Evidence.model_validate_json(stored.data)
        features = read_features(evidence, self.embedding(), as_of=person.accepted_at.date())
        resume = keys.resume_version(person.candidate.id, person.candidate.resume_version)
        self.table.set_if(resume, "features", features.pack(), was=person.features)
        return features

    def everybody(self, candidate_ids: Iterable[str], *, in_time: Callable[[], bool]) -> bool:
        """Renew the features of all of these who take part; False where the time is over before the last."""
        for ids in batched(candidate_ids, _AT_ONCE, strict=False):
            people = store.people(self.table, ids).values()
            outdated = [p for p in people if p.takes_part and p.features is not None and not is_current(p.features)]
            if outdated and not in_time():
                return False
            for person in outdated:
                self.features(person)
        return True
