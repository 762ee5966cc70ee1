"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# The same examples in every run: a test that fails, fails for everybody and again.
settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")
