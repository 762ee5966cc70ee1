"""One deployed stack for all tests of the product from outside, with users of each role and a pool of candidates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local import main_job, samples, stack
from infra.local.accounts import Accounts
from infra.local.api import Api
from infra.local.main_job import Candidate, Client
from infra.local.stack import Stack
from infra.synthesize import synthesize

POOL = (
    "amara-okonkwo",
    "darko-vukovic",
    "farid-haidari",
    "ioana-dumitrescu",
    "jonas-wildgruber",
    "katharina-obermueller",
    "tamas-kerekes",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share the product's stack together where several processes test; the others go by file."""
    for item in items:
        shares = "product" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("product" if shares else item.path.stem))


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The product's own stack."""
    with stack.running(synthesize("host"), tmp_path_factory.mktemp("product") / "state") as running:
        yield running


@pytest.fixture(scope="session")
def accounts(product: Stack) -> Accounts:
    return Accounts(product)


@pytest.fixture(scope="session")
def operator(accounts: Accounts) -> Api:
    return main_job.operator(accounts)


@pytest.fixture(scope="session")
def client(accounts: Accounts, operator: Api) -> Client:
    return main_job.client(accounts, operator, "Example Works")


@pytest.fixture(scope="session")
def candidates(accounts: Accounts) -> list[Candidate]:
    """A few of the sample people, whose resumes have been accepted."""
    people = [each for each in samples.people() if each.resume.stem in POOL]
    taken_in = main_job.take_in(accounts, people, step=lambda: None)
    for candidate in taken_in:
        upload = main_job.upload_state(candidate)
        assert upload["state"] == "ACCEPTED", (candidate.person.resume.name, upload)
    return taken_in
