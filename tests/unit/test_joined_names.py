"""Names that stand one after another without separators, cut by the models' build."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from infra.bundling import LAYERS


@pytest.fixture(scope="module")
def joined_names() -> ModuleType:
    """The build's module; it lies beside the build's script and belongs to no package."""
    spec = importlib.util.spec_from_file_location("joined_names", LAYERS / "models" / "joined_names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LABELS = [
    "head chef",
    "pastry chef",
    "kitchen porter",
    "wine waiter",
    "bar manager",
    "wine merchant",
    "kitchen manager",
    "chef of pastry",
]


def test_names_are_cut_where_known_names_end_and_begin(joined_names: ModuleType) -> None:
    joined = {label: (label.split(), ["Porter"]) for label in LABELS}
    text = "Kitchen chef head of kitchen wine manager kitchen waiter"
    joined["head chef"] = (["head", "chef"], text.split(" "))
    names = joined_names.cut_names(joined)["head chef"]
    assert names == ["Kitchen chef", "head of kitchen", "wine manager", "kitchen waiter"]


def test_a_cut_loses_no_word_and_leaves_no_joining_word_at_an_edge(joined_names: ModuleType) -> None:
    text = ["chef", "of", "pastry", "and", "bread", "waiter", "wine", "waiter"]
    (names,) = joined_names.cut_names({"a": (["pastry", "chef"], text)}).values()
    assert " ".join(names).split() == text
    assert not any(name.split()[edge] in {"of", "and"} for name in names for edge in (0, -1))
