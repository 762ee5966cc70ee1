"""Raw texts through the ranking that the product uses: only types are converted here."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, read_features
from hiring.matching.query import text_query
from hiring.matching.scoring import pool_statistics, scores
from hiring.resumes.model import Evidence
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger

AS_OF = date(2026, 11, 1)


def rank(queries: list[str], documents: list[str]) -> NDArray[np.float64]:
    """The score of each document (second axis) for each query (first axis); higher is better."""
    embedding = load_embedding()
    columns = CandidateColumns.of(
        CandidateFeatures(
            candidate_id=f"cand_{number:08}",
            version=1,
            resume_version=1,
            resume=read_features(Evidence(text=document), embedding, as_of=AS_OF),
        )
        for number, document in enumerate(documents)
    )
    rows = []
    for text in queries:
        query = text_query(text, embedding, load_tagger())
        rows.append(scores(columns, query, pool_statistics(columns, query, "benchmark")).astype(np.float64))
    return np.stack(rows)
