"""The whole system, read from top to bottom as in the diagram."""

from __future__ import annotations

from aws_cdk import CfnCondition, CfnOutput, CfnParameter, Fn, Stack
from constructs import Construct

from infra.alarms import Alarms
from infra.api import Api
from infra.callers import Callers, MarketplacePort
from infra.failed_work import FailedWork
from infra.firewall import Firewall
from infra.identity import Identity
from infra.intake import Intake
from infra.layers import Layers
from infra.marketplace import deny_marketplace
from infra.matching import Matching
from infra.network import ReadingNetwork
from infra.notifications import Notifications
from infra.privacy import Privacy
from infra.queues import WorkQueue
from infra.relay import Relay
from infra.schedules import Schedules
from infra.settings import Settings
from infra.storage import Storage
from infra.support_mail import SupportMail


class HiringStack(Stack):
    """Matching candidates to full-time jobs."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id, description="Matching candidates to full-time jobs")
        sender = CfnParameter(
            self,
            "SenderAddress",
            allowed_pattern=r"[^@\s]+@[^@\s]+",
            description="Whom mails come from; SES asks this address to confirm",
        )
        support = CfnParameter(
            self,
            "SupportAddress",
            default="",
            allowed_pattern=r"([^@\s]+@[^@\s]+)?",
            description="Where people write to; empty: mails are not received",
        )
        base_url = CfnParameter(
            self,
            "PublicBaseUrl",
            default="",
            allowed_pattern=r"(https?://.*[^/])?",
            description="What links in mails begin with, without a slash at its end; empty: the API's own URL",
        )
        marketplace_profiles = CfnParameter(
            self,
            "MarketplaceProfilesUrl",
            default="",
            allowed_pattern=r"(https://.+|file:///.+)?",
            description="Where marketplace profiles are read: what comes before an account's name; empty: nowhere",
        )
        meeting_hosts = CfnParameter(
            self,
            "MeetingHosts",
            default="meet.google.com,teams.live.com,teams.microsoft.com,webex.com,whereby.com,zoom.us",
            allowed_pattern=r"([a-z0-9-]+(\.[a-z0-9-]+)+(,[a-z0-9-]+(\.[a-z0-9-]+)+)*)?",
            description="Hosts, with commas between, that links in messages may lead to, for interviews online",
        )
        contact_release = CfnParameter(
            self,
            "ContactRelease",
            default="offer-accepted",
            allowed_values=["invitation-accepted", "offer-made", "offer-accepted"],
            description="From which stage on candidate and client may exchange contact details",
        )
        reruns_at_once = CfnParameter(
            self,
            "RerunsAtOnce",
            default="50",
            allowed_pattern=r"[0-9]{1,4}",
            description="How many open jobs are run again at most every three hours because resumes came; 0: none",
        )
        layers = Layers(self, "Layers", platform=settings.platform)

        # What is kept, and who signs in.
        storage = Storage(self, "Storage", deletion_protection=settings.deletion_protection)
        identity = Identity(self, "Identity", layers=layers, deletion_protection=settings.deletion_protection)

        # HTTPS → one function a role → table.
        api = Api(self, "Api", user_pool=identity.user_pool)
        callers = Callers(
            self,
            "Callers",
            layers=layers,
            storage=storage,
            identity=identity,
            api=api,
            marketplace=MarketplacePort(marketplace_profiles.value_as_string, settings.marketplace_token_secret_arn),
            meeting_hosts=meeting_hosts.value_as_string,
            contact_release=contact_release.value_as_string,
        )
        if settings.waf:
            Firewall(self, "Firewall", stage=api.rest_api.deployment_stage)

        # Resume in S3 → queue → read_resume → artefacts and table.
        network = ReadingNetwork(self, "Network", storage=storage, guards=settings.network_guards)
        intake = Intake(self, "Intake", layers=layers, storage=storage, network=network)

        # Queue → build_shortlist → frozen run; queue → send_email → SES → queue → track_delivery.
        matching = Matching(
            self, "Matching", layers=layers, storage=storage, reruns_at_once=reruns_at_once.value_as_string
        )
        notifications = Notifications(
            self,
            "Notifications",
            layers=layers,
            storage=storage,
            sender=sender.value_as_string,
            support=support.value_as_string,
            public_base_url=_first_given(self, base_url, api.url),
        )

        # Queue → make_export → a zip file; queue → erase_candidate.
        privacy = Privacy(self, "Privacy", layers=layers, storage=storage)

        # Mail to the support address → artefacts → queue → receive_email.
        support_mail = SupportMail(
            self,
            "SupportMail",
            layers=layers,
            storage=storage,
            sender=sender.value_as_string,
            address=support.value_as_string,
            receipt_rule_set=settings.receipt_rule_set,
        )

        # Table stream → relay_outbox → those queues; and what time brings.
        relay = Relay(
            self,
            "Relay",
            layers=layers,
            storage=storage,
            match_jobs=matching.jobs,
            emails=notifications.emails,
            broadcasts=notifications.broadcasts,
            exports=privacy.exports,
            erasures=privacy.erasures,
        )
        schedules = Schedules(self, "Schedules", layers=layers, storage=storage, relay=relay, matching=matching)

        # Every dead-letter queue → keep_failed_work → the list from which operators try again.
        work: list[WorkQueue] = [
            *(intake.drops, matching.jobs),
            *(notifications.emails, notifications.broadcasts, notifications.feedback),
            *(privacy.exports, privacy.erasures, support_mail.mails),
        ]
        failed_work = FailedWork(
            self,
            "FailedWork",
            layers=layers,
            storage=storage,
            queues=work,
            others={"Relay": relay.dead_letters, "Schedules": schedules.dead_letters},
        )
        failed_work.let_redrive(callers.operator_api)
        for teller in (intake.read_resume, notifications.track_delivery, support_mail.receive_email):
            storage.let_put_items(teller, of=["FAIL#*"])

        alarms = Alarms(self, "Alarms")
        for queue in work:
            alarms.watch_backlog(queue)
        for letters in failed_work.dead_letters:
            alarms.watch_dead_letters(letters)
        for function in (
            *callers.functions,
            *(identity.welcome_user, intake.read_resume),
            *(matching.build_shortlist, matching.compact_index, matching.rerun_jobs),
            *(privacy.make_export, privacy.erase_candidate),
            *(notifications.send_email, notifications.track_delivery, support_mail.receive_email),
            *(relay.relay_outbox, schedules.close_overdue, failed_work.keep_failed_work),
        ):
            alarms.watch_function(function)
        alarms.watch_stream(relay.relay_outbox)
        alarms.watch_api(api.rest_api)

        deny_marketplace(self, settings.marketplace_resource_arns)

        for name, value in {
            "ApiUrl": api.url,
            "ApiId": api.rest_api.rest_api_id,
            "UserPoolId": identity.user_pool.user_pool_id,
            "UserPoolClientId": identity.client.user_pool_client_id,
            "ResumesBucket": storage.resumes.bucket_name,
            "ArtefactsBucket": storage.artefacts.bucket_name,
            "TableName": storage.table.table_name,
            "AlarmTopicArn": alarms.topic.topic_arn,
            **{f"{queue.node.id}QueueUrl": queue.queue_url for queue in (*work, *failed_work.dead_letters)},
        }.items():
            CfnOutput(self, name, value=value)


def _first_given(scope: Construct, parameter: CfnParameter, otherwise: str) -> str:
    given = CfnCondition(
        scope,
        f"{parameter.node.id}Given",
        expression=Fn.condition_not(Fn.condition_equals(parameter.value_as_string, "")),
    )
    return Fn.condition_if(given.logical_id, parameter.value_as_string, otherwise).to_string()
