"""Every step that nobody waits for: its queue, its limits, where its failures go, and who is told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from hiring.failed_work.dead_letters import read_dead_letter
from hiring.notifications.feedback import Feedback
from hiring.notifications.mailer import ADDRESS_TAG
from hiring.notifications.model import Delivery
from tests.infra.template import Properties, Template, listed, refers_to, variables

CONSUMERS = {
    "ResumeDrops": "read_resume",
    "MatchJobs": "build_shortlist",
    "Emails": "send_email",
    "Broadcasts": "send_email",
    "MailFeedback": "track_delivery",
    "SupportMails": "receive_email",
    "Exports": "make_export",
    "Erasures": "erase_candidate",
}
BATCHES = {
    "ResumeDrops": 1,
    "MatchJobs": 1,
    "Exports": 1,
    "Erasures": 1,
    "Emails": 5,
    "Broadcasts": 1,
    "MailFeedback": 10,
    "SupportMails": 5,
}
DEAD_LETTER_QUEUES = {
    *(f"{each}Dead" for each in CONSUMERS),
    *("RelayDead", "SchedulesDead"),
}


def queue(template: Template, name: str) -> tuple[str, Properties]:
    """A queue by the name in its output."""
    logical = template.content["Outputs"][f"{name}QueueUrl"]["Value"]["Ref"]
    return logical, template.resources("SQS::Queue")[logical]


def mapping(template: Template, function: str, source: str) -> Properties:
    """How the source with this logical id feeds a function."""
    names = template.function_names()
    [found] = [
        each
        for each in template.resources("Lambda::EventSourceMapping").values()
        if names[each["FunctionName"]["Ref"]] == function and refers_to(each["EventSourceArn"], source)
    ]
    return found


def alarms(template: Template, metric: str, dimension: str) -> set[str]:
    """The resources for which a metric has an alarm that tells the topic."""
    topic, _ = template.only("SNS::Topic")
    return {
        value["Value"]["Fn::GetAtt"][0] if "Fn::GetAtt" in value["Value"] else value["Value"]["Ref"]
        for alarm in template.resources("CloudWatch::Alarm").values()
        if alarm["MetricName"] == metric and alarm["AlarmActions"] == [{"Ref": topic}]
        for value in alarm["Dimensions"]
        if value["Name"] == dimension and isinstance(value["Value"], dict)
    }


def test_there_is_an_output_for_each_queue_and_no_other_queue(template: Template) -> None:
    named = {queue(template, name)[0] for name in {*CONSUMERS, *DEAD_LETTER_QUEUES}}
    assert named == set(template.resources("SQS::Queue"))


@pytest.mark.parametrize(("name", "function"), CONSUMERS.items())
def test_a_queue_feeds_its_function_one_failed_message_at_a_time(template: Template, name: str, function: str) -> None:
    logical, properties = queue(template, name)
    source = mapping(template, function, logical)
    assert source["BatchSize"] == BATCHES[name]
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["ScalingConfig"]["MaximumConcurrency"] >= 2
    assert properties["VisibilityTimeout"] >= 6 * template.functions()[function]["Timeout"]


@pytest.mark.parametrize("name", CONSUMERS)
def test_what_fails_again_and_again_goes_to_a_dead_letter_queue(template: Template, name: str) -> None:
    dead, properties = queue(template, f"{name}Dead")
    redrive = queue(template, name)[1]["RedrivePolicy"]
    assert refers_to(redrive["deadLetterTargetArn"], dead)
    assert 3 <= redrive["maxReceiveCount"] <= 5
    assert properties["MessageRetentionPeriod"] == 14 * 24 * 3600


@pytest.mark.parametrize("name", DEAD_LETTER_QUEUES)
def test_what_failed_for_good_is_taken_into_the_list_of_failed_work(template: Template, name: str) -> None:
    logical, properties = queue(template, name)
    source = mapping(template, "keep_failed_work", logical)
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    keeper = template.functions()["keep_failed_work"]
    assert properties["VisibilityTimeout"] >= 6 * keeper["Timeout"]
    assert "RedrivePolicy" not in properties
    stated = json.dumps(variables(keeper)["WORK_QUEUES"])
    assert f'\\"{name.removesuffix("Dead")}\\"' in stated
    assert variables(template.functions()["operator_api"])["WORK_QUEUES"] == variables(keeper)["WORK_QUEUES"]


def test_queues_are_encrypted_by_sqs_and_speak_tls_only(template: Template) -> None:
    policies = template.resources("SQS::QueuePolicy").values()
    for name, properties in template.resources("SQS::Queue").items():
        assert properties["SqsManagedSseEnabled"] is True
        assert "KmsMasterKeyId" not in properties
        [statements] = [each["PolicyDocument"]["Statement"] for each in policies if refers_to(each["Queues"], name)]
        assert any(
            each["Effect"] == "Deny" and each.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
            for each in statements
        )


def test_an_alarm_stands_behind_every_dead_letter_queue(template: Template) -> None:
    watched = alarms(template, "NumberOfMessagesReceived", "QueueName")
    assert watched == {queue(template, name)[0] for name in DEAD_LETTER_QUEUES}


def test_an_alarm_tells_when_work_waits(template: Template) -> None:
    assert alarms(template, "ApproximateAgeOfOldestMessage", "QueueName") == {
        queue(template, name)[0] for name in CONSUMERS
    }


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_an_alarm_tells_of_every_functions_failures(template: Template, metric: str) -> None:
    assert alarms(template, metric, "FunctionName") == set(template.resources("Lambda::Function"))


def test_an_alarm_tells_when_the_relay_falls_behind_and_when_the_api_fails(template: Template) -> None:
    [relay] = alarms(template, "IteratorAge", "FunctionName")
    assert template.function_names()[relay] == "relay_outbox"
    assert [each for each in template.resources("CloudWatch::Alarm").values() if each["MetricName"] == "5XXError"]


def test_alarms_may_publish_to_the_topic(template: Template) -> None:
    topic, _ = template.only("SNS::Topic")
    _, policy = template.only("SNS::TopicPolicy")
    [allowed] = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Action"] == "sns:Publish"
    assert allowed["Resource"] == {"Ref": topic}


def test_alarms_that_hear_nothing_are_silent(template: Template) -> None:
    assert {each["TreatMissingData"] for each in template.resources("CloudWatch::Alarm").values()} == {"notBreaching"}


def test_the_relay_reads_new_outbox_items_only_and_is_the_streams_only_reader(template: Template) -> None:
    table, _ = template.only("DynamoDB::Table")
    readers = [
        each
        for each in template.resources("Lambda::EventSourceMapping").values()
        if each["EventSourceArn"] == {"Fn::GetAtt": [table, "StreamArn"]}
    ]
    source = mapping(template, "relay_outbox", table)
    assert readers == [source]
    [pattern] = source["FilterCriteria"]["Filters"]
    assert json.loads(pattern["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "OUT#"}]}}},
    }
    assert source["StartingPosition"] == "TRIM_HORIZON"
    assert source["BisectBatchOnFunctionError"] is True
    assert source["MaximumRetryAttempts"] > 0
    assert refers_to(source["DestinationConfig"]["OnFailure"], queue(template, "RelayDead")[0])


@pytest.mark.parametrize("function", ["relay_outbox", "close_overdue"])
def test_messages_go_to_the_queues_that_may_be_sent_to(template: Template, function: str) -> None:
    queues = {
        "MATCH_JOBS_QUEUE_URL": "MatchJobs",
        "EMAILS_QUEUE_URL": "Emails",
        "BROADCASTS_QUEUE_URL": "Broadcasts",
        "EXPORTS_QUEUE_URL": "Exports",
        "ERASURES_QUEUE_URL": "Erasures",
        "RELAY_DEAD_LETTER_QUEUE_URL": "RelayDead",
    }
    settings = variables(template.functions()[function])
    told = [settings[variable]["Ref"] for variable in queues]
    assert told == [queue(template, name)[0] for name in queues.values()]
    allowed = [
        resource
        for each in template.allowed(function)
        if "sqs:SendMessage" in listed(each["Action"])
        for resource in listed(each["Resource"])
    ]
    assert all(any(refers_to(resource, logical) for resource in allowed) for logical in told)


@pytest.mark.parametrize(
    ("function", "rate"),
    [
        ("close_overdue", "rate(1 minute)"),
        ("compact_index", "rate(15 minutes)"),
        ("rerun_jobs", "rate(3 hours)"),
    ],
)
def test_schedules_run_and_what_they_lose_is_kept(template: Template, function: str, rate: str) -> None:
    names = template.function_names()
    dead, _ = queue(template, "SchedulesDead")
    [target] = [
        each
        for rule in template.resources("Events::Rule").values()
        if rule.get("ScheduleExpression") == rate and rule["State"] == "ENABLED"
        for each in rule["Targets"]
    ]
    assert names[target["Arn"]["Fn::GetAtt"][0]] == function
    assert refers_to(target["DeadLetterConfig"], dead)
    [invoked] = [
        each
        for each in template.resources("Lambda::EventInvokeConfig").values()
        if names[each["FunctionName"]["Ref"]] == function
    ]
    assert refers_to(invoked["DestinationConfig"]["OnFailure"], dead)


def test_R5_mails_to_everybody_wait_on_a_slow_queue_of_their_own(template: Template) -> None:
    slow, _ = queue(template, "Broadcasts")
    source = mapping(template, "send_email", slow)
    assert source["ScalingConfig"]["MaximumConcurrency"] == 2
    assert source["BatchSize"] == 1
    assert mapping(template, "send_email", queue(template, "Emails")[0]) != source


def test_R30_what_ses_tells_of_our_mails_reaches_the_queue_of_feedback(template: Template) -> None:
    configuration, properties = template.only("SES::ConfigurationSet")
    assert properties["SuppressionOptions"] == {"SuppressedReasons": []}
    _, destination = template.only("SES::ConfigurationSetEventDestination")
    assert destination["ConfigurationSetName"] == {"Ref": configuration}
    told = destination["EventDestination"]
    assert set(told["MatchingEventTypes"]) == {"bounce", "complaint", "delivery", "deliveryDelay", "reject"}
    assert told["EventBridgeDestination"]["EventBusArn"]["Fn::Join"][1][-1] == ":event-bus/default"
    [rule] = [each for each in template.resources("Events::Rule").values() if "EventPattern" in each]
    assert rule["EventPattern"]["source"] == ["aws.ses"]
    assert len(rule["EventPattern"]["detail-type"]) == len(told["MatchingEventTypes"])
    assert rule["EventPattern"]["detail"] == {"mail": {"tags": {"ses:configuration-set": [{"Ref": configuration}]}}}
    [target] = rule["Targets"]
    assert refers_to(target["Arn"], queue(template, "MailFeedback")[0])
    assert refers_to(target["DeadLetterConfig"]["Arn"], queue(template, "MailFeedbackDead")[0])


def transformed(transformer: Properties, event: object) -> str:
    """What EventBridge makes of an event: a value that is not there is empty, and none is escaped."""
    message = str(transformer["InputTemplate"])
    for name, path in transformer["InputPathsMap"].items():
        value: Any = event
        for step in re.findall(r"[^.\[\]$]+", path):
            value = value[int(step)] if isinstance(value, list) else value.get(step, {})
        message = message.replace(f"<{name}>", value if isinstance(value, str) else "")
    return message


@pytest.mark.parametrize(
    ("told", "delivery"),
    [
        (
            {
                "eventType": "Bounce",
                "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "ada@example.com"}]},
            },
            Delivery.BOUNCED,
        ),
        (
            {
                "eventType": "Complaint",
                "complaint": {"complainedRecipients": [{"emailAddress": "ada@example.com"}]},
            },
            Delivery.COMPLAINED,
        ),
        ({"eventType": "Delivery", "delivery": {"recipients": ["ada@example.com"]}}, Delivery.DELIVERED),
    ],
)
def test_R30_no_address_comes_with_what_ses_tells_and_the_tag_that_leads_to_it_does(
    template: Template, told: dict[str, Any], delivery: Delivery
) -> None:
    [rule] = [each for each in template.resources("Events::Rule").values() if "EventPattern" in each]
    mail = {
        "messageId": "ses-1",
        "timestamp": "2026-11-20T09:00:01.118Z",
        "destination": ["ada@example.com"],
        "commonHeaders": {"to": ["ada@example.com"], "subject": "We have read your resume"},
        "tags": {ADDRESS_TAG: ["a" * 64], "ses:configuration-set": ["Configuration"]},
    }
    event = {"source": "aws.ses", "detail": {**told, "mail": mail}}
    message = transformed(rule["Targets"][0]["InputTransformer"], event)
    assert "ada" not in message
    feedback = Feedback.model_validate_json(message)
    assert (feedback.delivery, feedback.message_id, feedback.address) == (delivery, "ses-1", "a" * 64)
    # Where the event never reaches the queue, no more of it is kept.
    letter = read_dead_letter("MailFeedback", json.dumps(event))
    assert Feedback.model_validate_json(letter.message or "") == feedback
    assert "ada" not in letter.model_dump_json()


def test_mails_that_came_are_told_of_and_live_for_a_day(template: Template) -> None:
    [bucket] = [
        each
        for each in template.resources("S3::Bucket").values()
        if "mail/" in json.dumps(each.get("NotificationConfiguration"))
    ]
    [told] = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert refers_to(told["Queue"], queue(template, "SupportMails")[0])
    assert told["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "mail/"}]
    [rule] = [each for each in bucket["LifecycleConfiguration"]["Rules"] if each.get("Prefix") == "mail/"]
    assert rule["ExpirationInDays"] == 1
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
