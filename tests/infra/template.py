"""A synthesized template, asked by what its resources are instead of by their generated names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

type Properties = dict[str, Any]
type Statement = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """The stack's template."""

    folder: Path
    content: dict[str, Any]

    @classmethod
    def read(cls, assembly: Path) -> Self:
        """The template in a cloud assembly."""
        return cls(assembly, json.loads((assembly / "Hiring.template.json").read_text()))

    @property
    def all_resources(self) -> dict[str, dict[str, Any]]:
        """Every resource by its logical name."""
        return self.content["Resources"]  # type: ignore[no-any-return]

    def resources(self, kind: str) -> dict[str, Properties]:
        """The properties of every resource of the type `AWS::<kind>`, by logical name."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.all_resources.items()
            if resource["Type"] == f"AWS::{kind}"
        }

    def only(self, kind: str) -> tuple[str, Properties]:
        """The one resource of a type."""
        [found] = self.resources(kind).items()
        return found

    def named(self, kind: str, part: str) -> tuple[str, Properties]:
        """The one resource of a type whose logical name contains `part`."""
        [found] = [(name, properties) for name, properties in self.resources(kind).items() if part in name]
        return found

    def functions(self) -> dict[str, Properties]:
        """Functions by the name of their folder."""
        return {
            variables(each)["POWERTOOLS_SERVICE_NAME"]: each for each in self.resources("Lambda::Function").values()
        }

    def function_names(self) -> dict[str, str]:
        """The folder's name of a function by its logical name."""
        return {
            name: variables(each)["POWERTOOLS_SERVICE_NAME"]
            for name, each in self.resources("Lambda::Function").items()
        }

    def role_of(self, function: str) -> str:
        """The logical name of a function's role."""
        return self.functions()[function]["Role"]["Fn::GetAtt"][0]  # type: ignore[no-any-return]

    def statements(self, role: str) -> Iterator[Statement]:
        """Every statement of every policy of a role."""
        for inline in self.resources("IAM::Role")[role].get("Policies", []):
            yield from inline["PolicyDocument"]["Statement"]
        for policy in self.resources("IAM::Policy").values():
            if {"Ref": role} in policy["Roles"]:
                yield from policy["PolicyDocument"]["Statement"]

    def allowed(self, function: str) -> Iterator[Statement]:
        """What a function may do."""
        return (each for each in self.statements(self.role_of(function)) if each["Effect"] == "Allow")

    def actions(self, function: str, service: str) -> set[str]:
        """The actions of one service that a function may do, without the service's name."""
        return {
            action.removeprefix(f"{service}:")
            for statement in self.allowed(function)
            for action in listed(statement["Action"])
            if action.startswith(f"{service}:")
        }


def variables(function: Properties) -> dict[str, Any]:
    """A function's environment."""
    return function["Environment"]["Variables"]  # type: ignore[no-any-return]


def listed(value: Any) -> list[Any]:
    """CloudFormation writes a list of one as that one."""
    return value if isinstance(value, list) else [value]


def refers_to(value: Any, name: str) -> bool:
    """Whether a value mentions the resource with this logical name."""
    if isinstance(value, Mapping):
        if value.get("Ref") == name or listed(value.get("Fn::GetAtt", [None]))[0] == name:
            return True
        return any(refers_to(each, name) for each in value.values())
    return isinstance(value, list) and any(refers_to(each, name) for each in value)
