"""The seam for evaluation data: the product's own path, from raw texts and raw bytes to what is scored."""

from __future__ import annotations

import sys
from pathlib import Path

# Evaluation loads this file by its path, so the repository is not importable yet.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.ranking import rank
from tests.benchmarks.reading import read_resume
from tests.benchmarks.skills import skill_labels, skill_spans

__all__ = ["rank", "read_resume", "skill_labels", "skill_spans"]
