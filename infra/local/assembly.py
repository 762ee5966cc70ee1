"""A synthesized CDK app on disk: its one stack, its template, its assets."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asset:
    """A file to upload before the stack is created: `path` as it is, or zipped where it is a folder."""

    path: Path
    bucket: str
    key: str

    def archive(self, cache: Path) -> Path:
        """The file to upload; zipped folders stay in `cache`, named by the key, which is a hash of what is in them."""
        if not self.path.is_dir():
            return self.path
        archive = cache / Path(self.key).name
        if not archive.exists():
            cache.mkdir(parents=True, exist_ok=True)
            partial = cache / f"{archive.name}.{os.getpid()}"  # another stack may be zipping the same folder
            with zipfile.ZipFile(partial, "w") as file:  # stored: it is unpacked again in a moment
                for member in sorted(each for each in self.path.rglob("*") if each.is_file()):
                    file.write(member, member.relative_to(self.path))
            partial.rename(archive)
        return archive


@dataclass(frozen=True)
class Assembly:
    """The stack of a synthesized app."""

    stack: str
    template: Path
    folder: Path
    manifest: Path

    @classmethod
    def read(cls, folder: Path) -> Assembly:
        """Read `folder` as `cdk synth` wrote it; an app with another number of stacks than one is an error."""
        artifacts: dict[str, dict[str, Any]] = json.loads((folder / "manifest.json").read_text())["artifacts"]
        [(name, stack)] = [each for each in artifacts.items() if each[1]["type"] == "aws:cloudformation:stack"]
        properties = stack["properties"]
        return cls(
            stack=properties.get("stackName", name),
            template=folder / properties["templateFile"],
            folder=folder,
            manifest=folder / f"{name}.assets.json",
        )

    def assets(self, account: str, region: str) -> Iterator[Asset]:
        """Every file that the template refers to, and the template itself."""
        for file in json.loads(self.manifest.read_text())["files"].values():
            for destination in file["destinations"].values():
                bucket = destination["bucketName"]
                bucket = bucket.replace("${AWS::AccountId}", account).replace("${AWS::Region}", region)
                yield Asset(path=self.folder / file["source"]["path"], bucket=bucket, key=destination["objectKey"])
