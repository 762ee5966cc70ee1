"""The CDK app: `npx aws-cdk synth` or `python -m infra.app`."""

from __future__ import annotations

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from infra.settings import Settings
from infra.stack import HiringStack

STACK = "Hiring"


def main() -> None:
    """Synthesize the stack into the folder that the caller chose, `cdk.out/` by default."""
    app = App(analytics_reporting=False)
    settings = Settings.of(app.node)
    HiringStack(app, STACK, settings=settings)
    if settings.nag:
        refuse_broken_rules(app)
    app.synth()


def refuse_broken_rules(app: App) -> None:
    """Have synthesis fail where a resource breaks an AWS Solutions rule and nobody said why it may."""
    Validations.of(app).add_plugins(AwsSolutionsChecks(app, verbose=True))


if __name__ == "__main__":
    main()
