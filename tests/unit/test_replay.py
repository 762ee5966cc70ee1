"""A frozen run replays to the same bytes, in this process and in another one with another hash seed (R10)."""

from __future__ import annotations

from tests.benchmarks.replay import differing, elsewhere, frozen_run


def test_R10_replays_here_and_in_another_process_give_the_same_bytes() -> None:
    document, inputs = frozen_run()
    assert differing(document, inputs, 2) == 0
    assert elsewhere(document, inputs, 2, PYTHONHASHSEED="271828")["different"] == "0"


def test_R10_a_changed_run_is_told_from_its_replay() -> None:
    document, inputs = frozen_run()
    changed = document.replace(b'"rank":1', b'"rank":9')
    assert changed != document
    assert elsewhere(changed, inputs, 2, PYTHONHASHSEED="1")["different"] == "2"
