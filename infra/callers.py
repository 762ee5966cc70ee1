"""The functions behind the API: one for each kind of caller, so that permissions follow the caller's role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Duration
from constructs import Construct

from infra.api import Api
from infra.functions import HiringFunction
from infra.identity import Identity
from infra.intake import RESUME_MAX_BYTES
from infra.layers import Layers
from infra.storage import OPERATORS_ONLY, Storage

UPLOAD_MINUTES = 15
INVITATION_DAYS = 7


@dataclass(frozen=True)
class MarketplacePort:
    """Where marketplace profiles are read, and the secret with the token for it where one is wanted."""

    url: str
    token_secret_arn: str | None


class Callers(Construct):
    """Candidates, clients, both in conversation, operators, and whoever holds a link."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layers: Layers,
        storage: Storage,
        identity: Identity,
        api: Api,
        marketplace: MarketplacePort,
        meeting_hosts: str,
        contact_release: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._layers = layers
        table = {"TABLE_NAME": storage.table.table_name}
        secret = {"SIGNING_SECRET_ARN": storage.signing_secret.secret_arn}

        self.candidate_api = self._function(
            "candidate_api",
            "What candidates do",
            {
                **table,
                **secret,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "RESUMES_BUCKET": storage.resumes.bucket_name,
                "UPLOAD_MINUTES": str(UPLOAD_MINUTES),
                "RESUME_MAX_BYTES": str(RESUME_MAX_BYTES),
            },
        )
        storage.let_write(self.candidate_api, storage.resumes, "uploads/")  # a form can do what its signer may do
        storage.let_read(self.candidate_api, storage.artefacts, "candidates/", "exports/")
        api.route(self.candidate_api, "/me", "/me/{proxy+}")

        token_secret = marketplace.token_secret_arn
        self.client_api = self._function(
            "client_api",
            "What members of a client's organisation do until they invite somebody",
            {
                **table,
                **secret,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "INVITATION_DAYS": str(INVITATION_DAYS),
                "MARKETPLACE_PROFILES_URL": marketplace.url,
                **(
                    {"MARKETPLACE_TOKEN_SECRET_ARN": marketplace.token_secret_arn}
                    if marketplace.token_secret_arn
                    else {}
                ),
            },
            models=True,  # drafts name the skills that an advertisement asks for
        )
        storage.let_read(self.client_api, storage.artefacts, "candidates/*/evidence/")
        if token_secret:
            self.client_api.allow("secretsmanager:GetSecretValue", on=[token_secret])
        api.route(self.client_api, "/organisations", "/jobs", "/jobs/{proxy+}")

        # What an accepted offer releases only this one may read: contacts, and files as they were handed in.
        self.invitation_api = self._function(
            "invitation_api",
            "What members of a client's organisation do with whom they invited",
            {
                **table,
                **secret,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "RESUMES_BUCKET": storage.resumes.bucket_name,
                "CONTACT_RELEASE": contact_release,
            },
        )
        storage.let_read(self.invitation_api, storage.artefacts, "candidates/*/reading/")
        # A link can do what its signer may do.
        storage.let_read(self.invitation_api, storage.resumes, "uploads/", "drops/")
        api.route(self.invitation_api, "/invitations/{proxy+}", "/offers/{proxy+}")

        self.conversation_api = self._function(
            "conversation_api",
            "What both write to each other",
            {**table, **secret, "MEETING_HOSTS": meeting_hosts, "CONTACT_RELEASE": contact_release},
        )
        api.route(self.conversation_api, "/conversations", "/conversations/{proxy+}")

        self.operator_api = self._function(
            "operator_api",
            "What operators do",
            {
                **table,
                **secret,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "RESUMES_BUCKET": storage.resumes.bucket_name,
                "USER_POOL_ID": identity.user_pool.user_pool_id,
            },
        )
        # Failed work about a file names its version only: the file's name may be a person's.
        storage.let_list(self.operator_api, storage.resumes)
        storage.let_read(self.operator_api, storage.artefacts, "support/")  # a link can do what its signer may do
        identity.let_group_users(self.operator_api)
        api.route(self.operator_api, "/operator/{proxy+}")

        self.public_links = self._function(
            "public_links",
            "Pages behind signed links",
            {**table, **secret, "ARTEFACTS_BUCKET": storage.artefacts.bucket_name},
        )
        storage.let_read(self.public_links, storage.artefacts, "candidates/*/client-view/")
        api.route_public(
            self.public_links,
            *(f"/{purpose}/{{proxy+}}" for purpose in ("r", "u", "o", "v", "problems")),
            *("/health", "/docs", "/openapi.json"),
        )

        for function in self.functions:
            storage.let_use_table(function, never_writing=[] if function is self.operator_api else OPERATORS_ONLY)
            storage.let_sign(function)

    @property
    def functions(self) -> tuple[HiringFunction, ...]:
        """All of them."""
        return (
            *(self.candidate_api, self.client_api, self.invitation_api, self.conversation_api),
            *(self.operator_api, self.public_links),
        )

    def _function(
        self, name: str, description: str, environment: Mapping[str, str], *, models: bool = False
    ) -> HiringFunction:
        return HiringFunction(
            self,
            name,
            layers=self._layers,
            description=description,
            models=models,
            memory_size=1024,
            timeout=Duration.seconds(15),
            environment=environment,
        )
