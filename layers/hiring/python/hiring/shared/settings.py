"""What a deployment sets. Read when first used: a function is given only what it uses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache


class SettingMissing(RuntimeError):
    """The deployment did not give this function a setting that it uses."""


class Settings:
    """The environment of a function, typed. Every property raises `SettingMissing` where the deployment left it out."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def _text(self, name: str) -> str:
        try:
            return self._environment[name]
        except KeyError:
            raise SettingMissing(f"Set {name} for this function in infra/.") from None

    def _number(self, name: str, default: int) -> int:
        return int(self._environment.get(name, default))

    @property
    def table_name(self) -> str:
        """The DynamoDB table."""
        return self._text("TABLE_NAME")

    @property
    def resumes_bucket(self) -> str:
        """Where resumes are dropped."""
        return self._text("RESUMES_BUCKET")

    @property
    def artefacts_bucket(self) -> str:
        """Where readings, frozen runs, the index and quarantined files are kept."""
        return self._text("ARTEFACTS_BUCKET")

    @property
    def signing_secret_arn(self) -> str:
        """The secret that signs links and cursors."""
        return self._text("SIGNING_SECRET_ARN")

    @property
    def match_jobs_queue_url(self) -> str:
        """Where match jobs wait."""
        return self._text("MATCH_JOBS_QUEUE_URL")

    @property
    def emails_queue_url(self) -> str:
        """Where mails wait."""
        return self._text("EMAILS_QUEUE_URL")

    @property
    def broadcasts_queue_url(self) -> str:
        """Where the mails of broadcasts wait, so that no other mail waits behind them."""
        return self._text("BROADCASTS_QUEUE_URL")

    @property
    def exports_queue_url(self) -> str:
        """Where wishes for a copy of everything wait."""
        return self._text("EXPORTS_QUEUE_URL")

    @property
    def erasures_queue_url(self) -> str:
        """Where wishes to be forgotten wait."""
        return self._text("ERASURES_QUEUE_URL")

    @property
    def relay_dead_letter_queue_url(self) -> str:
        """Where messages lie that the relay cannot deliver."""
        return self._text("RELAY_DEAD_LETTER_QUEUE_URL")

    @property
    def work_queues(self) -> str:
        """Every queue of work by its name, with its URL (`queue`) and that of its `dead_letters`: a JSON object.

        Where letters come from no queue, `queue` is left out.
        """
        return self._text("WORK_QUEUES")

    @property
    def sender_address(self) -> str:
        """Whom mails come from."""
        return self._text("SENDER_ADDRESS")

    @property
    def support_address(self) -> str:
        """Where people write to; empty where mails to this deployment are not received."""
        return self._environment.get("SUPPORT_ADDRESS", "")

    @property
    def ses_configuration_set(self) -> str:
        """The SES configuration set of every mail."""
        return self._text("SES_CONFIGURATION_SET")

    @property
    def public_base_url(self) -> str:
        """What links in mails begin with; no slash at the end."""
        return self._text("PUBLIC_BASE_URL").rstrip("/")

    @property
    def user_pool_id(self) -> str:
        """The Cognito user pool."""
        return self._text("USER_POOL_ID")

    @property
    def invitation_days(self) -> int:
        """Days until an invitation expires."""
        return self._number("INVITATION_DAYS", 7)

    @property
    def meeting_hosts(self) -> frozenset[str]:
        """Hosts that links in messages may lead to, for interviews online; lower case."""
        return frozenset(host.strip().lower() for host in self._text("MEETING_HOSTS").split(",") if host.strip())

    @property
    def contact_release(self) -> str:
        """From which stage of a candidacy on contact details are released."""
        return self._text("CONTACT_RELEASE")

    @property
    def reruns_at_once(self) -> int:
        """How many jobs are run again at most in one round because resumes came; 0: none ever."""
        return self._number("RERUNS_AT_ONCE", 50)

    @property
    def match_attempts(self) -> int:
        """How often a match job is tried before it becomes a dead letter."""
        return self._number("MATCH_ATTEMPTS", 3)

    @property
    def marketplace_profiles_url(self) -> str:
        """Where marketplace profiles are read: what comes before the account's name, or a `file:` of all of them.

        Empty where the deployment is connected to no marketplace.
        """
        return self._environment.get("MARKETPLACE_PROFILES_URL", "")

    @property
    def marketplace_token_secret_arn(self) -> str:
        """The secret with the token that the marketplace wants; empty where it wants none."""
        return self._environment.get("MARKETPLACE_TOKEN_SECRET_ARN", "")

    @property
    def upload_minutes(self) -> int:
        """Minutes for which an upload form may be used."""
        return self._number("UPLOAD_MINUTES", 15)

    @property
    def resume_max_bytes(self) -> int:
        """The largest resume file that is accepted."""
        return self._number("RESUME_MAX_BYTES", 10 * 1024 * 1024)


@cache
def settings() -> Settings:
    """The settings of this function."""
    return Settings(os.environ)
