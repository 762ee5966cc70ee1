"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# One processor for each process, as a small function has it: threads that wait for work take as much time as the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The same examples in every run: a test that fails, fails for everybody and again.
settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")
