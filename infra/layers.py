"""The layers that functions share."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import bundling
from infra.bundling import Platform


class Layers(Construct):
    """Our code, third-party packages, and the models for the functions that need them."""

    def __init__(self, scope: Construct, construct_id: str, *, platform: Platform) -> None:
        super().__init__(scope, construct_id)
        self.hiring = self._layer("Hiring", "Our own package", bundling.hiring())
        self.dependencies = self._layer("Dependencies", "Third-party packages", bundling.dependencies(platform))
        self.models = self._layer("Models", "Embedding weights and the skill taxonomy", bundling.models())

    def _layer(self, construct_id: str, description: str, folder: Path) -> lambda_.LayerVersion:
        return lambda_.LayerVersion(
            self,
            construct_id,
            description=description,
            code=lambda_.Code.from_asset(str(folder), asset_hash=folder.name),
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            compatible_architectures=[lambda_.Architecture.ARM_64],
            removal_policy=RemovalPolicy.DESTROY,
        )
