"""A queued mail is rendered and sent through SES, which tells later what became of it."""

from __future__ import annotations

import json

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.queues import WorkQueue
from infra.storage import Storage

TIMEOUT = Duration.seconds(30)
TOLD_OF = {
    ses.EmailSendingEvent.BOUNCE: "Email Bounced",
    ses.EmailSendingEvent.COMPLAINT: "Email Complaint Received",
    ses.EmailSendingEvent.DELIVERY: "Email Delivered",
    ses.EmailSendingEvent.DELIVERY_DELAY: "Email Delivery Delayed",
    ses.EmailSendingEvent.REJECT: "Email Rejected",
}
"""What SES tells of a mail, and what EventBridge calls it."""


KEPT_OF_FEEDBACK = {
    "type": "$.detail.eventType",
    "message_id": "$.detail.mail.messageId",
    "sent_at": "$.detail.mail.timestamp",
    "address": "$.detail.mail.tags.address[0]",
    "bounce": "$.detail.bounce.bounceType",
    "complaint": "$.detail.complaint.complaintFeedbackType",
}
"""What is kept of an event of SES: no address, but the tag that leads to it. What an event does not say is empty."""


class Notifications(Construct):
    """Queue of mails → `send_email` → SES, from one address only; what SES tells → queue → `track_delivery`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layers: Layers,
        storage: Storage,
        sender: str,
        support: str,
        public_base_url: str,
    ) -> None:
        super().__init__(scope, construct_id)
        configuration = ses.ConfigurationSet(
            self,
            "Configuration",
            tls_policy=ses.ConfigurationSetTlsPolicy.REQUIRE,
            reputation_metrics=True,
            # The table says which addresses get no mails: SES's own list would keep them, readable, past their lifting.
            disable_suppression_list=True,
        )
        identity = ses.EmailIdentity(
            self, "Sender", identity=ses.Identity.email(sender), configuration_set=configuration
        )
        self.emails = WorkQueue(self, "Emails", consumer_timeout=TIMEOUT, attempts=5)
        self.send_email = HiringFunction(
            self,
            "send_email",
            layers=layers,
            description="Sends one mail",
            memory_size=512,
            timeout=TIMEOUT,
            environment={
                "TABLE_NAME": storage.table.table_name,
                "SIGNING_SECRET_ARN": storage.signing_secret.secret_arn,
                "SENDER_ADDRESS": sender,
                "SUPPORT_ADDRESS": support,
                "SES_CONFIGURATION_SET": configuration.configuration_set_name,
                "PUBLIC_BASE_URL": public_base_url,
            },
        )
        self.emails.feed(self.send_email, batch_size=5, at_once=2)
        # Mails to everybody wait on a queue of their own, so that none that somebody waits for stands behind them.
        self.broadcasts = WorkQueue(self, "Broadcasts", consumer_timeout=TIMEOUT, attempts=5)
        self.broadcasts.feed(self.send_email, batch_size=1, at_once=2)
        storage.let_use_table(self.send_email)
        storage.let_sign(self.send_email)
        self.send_email.allow(
            "ses:SendEmail",
            "ses:SendRawEmail",
            on=[
                identity.email_identity_arn,
                Stack.of(self).format_arn(
                    service="ses",
                    resource="configuration-set",
                    resource_name=configuration.configuration_set_name,
                ),
            ],
            conditions={"StringEquals": {"ses:FromAddress": sender}},
        )
        self.feedback = WorkQueue(self, "MailFeedback", consumer_timeout=TIMEOUT, attempts=5)
        self._tell_of_mails(configuration)
        self.track_delivery = HiringFunction(
            self,
            "track_delivery",
            layers=layers,
            description="Records what became of mails",
            memory_size=512,
            timeout=TIMEOUT,
            environment={"TABLE_NAME": storage.table.table_name},
        )
        self.feedback.feed(self.track_delivery, batch_size=10, at_once=2)
        storage.let_use_items(self.track_delivery, of=["CAND#*", "MAIL#*", "MEMBER#*", "SES#*", "USER#*"])

    def _tell_of_mails(self, configuration: ses.ConfigurationSet) -> None:
        bus = events.EventBus.from_event_bus_name(self, "Bus", "default")  # SES knows no other
        configuration.add_event_destination(
            "Feedback", destination=ses.EventDestination.event_bus(bus), events=list(TOLD_OF)
        )
        rule = events.Rule(
            self,
            "FeedbackRule",
            description="What SES tells of our mails",
            event_pattern=events.EventPattern(
                source=["aws.ses"],
                detail_type=list(TOLD_OF.values()),
                # Others in the account may send mails too.
                detail={"mail": {"tags": {"ses:configuration-set": [configuration.configuration_set_name]}}},
            ),
            targets=[targets.SqsQueue(self.feedback, dead_letter_queue=self.feedback.dead_letters)],
        )
        resource = rule.node.default_child
        assert isinstance(resource, events.CfnRule)  # noqa: S101  (what CDK makes of a rule)
        # CDK's own transformer puts no quotes around a value, and without them one that is missing breaks the JSON.
        resource.add_property_override(
            "Targets.0.InputTransformer",
            {
                "InputPathsMap": KEPT_OF_FEEDBACK,
                "InputTemplate": json.dumps({name: f"<{name}>" for name in KEPT_OF_FEEDBACK}),
            },
        )
