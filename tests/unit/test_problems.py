from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import hiring
from hiring.shared.problems import explanations

WHAT_IS_EXPLAINED = """
import json
from functions.public_links import handler
print(json.dumps(sorted(handler._explanations())))
"""


def test_every_error_of_the_product_has_its_page() -> None:
    for module in walk_packages(hiring.__path__, "hiring."):
        import_module(module.name)
    # A process of its own, which knows only what the function that serves the pages has imported.
    command = [sys.executable, "-c", WHAT_IS_EXPLAINED]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own command

    defined = {code for code, (_, _, explanation) in explanations().items() if explanation}
    assert json.loads(told.stdout) == sorted(defined)
