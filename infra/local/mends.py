"""What the emulator does unlike AWS, mended in its own process; one function a mend, each with its reason.

Every mend names attributes of one exact release of ministack. `apply` refuses any other release, so that an upgrade
looks at each of them again instead of silently changing something else.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import os
import threading
import zipfile
from collections.abc import Awaitable, Callable
from email import policy
from email.message import EmailMessage
from email.utils import formatdate
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import cognito, dynamodb, lambda_svc, ses_v2
from ministack.services.cloudformation import provisioners

RELEASE = "1.5.33"

type Response = tuple[int, dict[str, str], bytes]
type Handler = Callable[[str, str, dict[str, str], bytes, dict[str, Any]], Awaitable[Response]]


def apply(*, interpreter: Path, layers: Path, mails: Path) -> None:
    """Mend the emulator in this process: `interpreter` runs the functions, `layers` and `mails` are folders to keep."""
    if version("ministack") != RELEASE:
        raise RuntimeError(f"these mends are for ministack {RELEASE}, not for {version('ministack')}")
    run_functions_on(interpreter)
    unpack_each_layer_once(layers)
    serve_a_queue_with_no_more_processes_than_processors()
    answer_before_the_log_is_read()
    expire_items()
    tell_of_confirmed_users()
    keep_every_mail(mails)


def run_functions_on(interpreter: Path) -> None:
    """Run functions on Lambda's packages, not the emulator's own, among which nobody misses what a layer lacks."""
    detect = lambda_runtime._detect_runtime_binary

    def detect_runtime_binary(runtime: str) -> tuple[str, str]:
        binary, worker = detect(runtime)
        return (str(interpreter), worker) if runtime.startswith("python") else (binary, worker)

    lambda_runtime._detect_runtime_binary = detect_runtime_binary


def unpack_each_layer_once(folder: Path) -> None:
    """Share one unpacked copy of a layer; writing and unpacking it for every process takes most of a cold start."""
    folder.mkdir(parents=True, exist_ok=True)
    resolve = lambda_svc._resolve_layer_zip
    one_by_one = threading.Lock()
    references: dict[str, bytes] = {}

    def resolve_layer(layer: str | dict[str, Any]) -> bytes | None:
        """An empty archive whose comment says where the layer lies unpacked."""
        name = layer if isinstance(layer, str) else layer["Arn"]
        with one_by_one:
            if name not in references:
                archive = resolve(layer)
                if archive is None:
                    return None
                unpacked = folder / str(len(references))
                with zipfile.ZipFile(io.BytesIO(archive)) as file:
                    file.extractall(unpacked)
                references[name] = _reference_to(unpacked)
            return references[name]

    class LinkingArchive(zipfile.ZipFile):
        def extractall(self, path: Any = None, members: Any = None, pwd: Any = None) -> None:
            if not self.comment:
                super().extractall(path, members, pwd)
                return
            Path(path).rmdir()
            Path(path).symlink_to(self.comment.decode(), target_is_directory=True)

    class Archives:
        """The `zipfile` module as the emulator uses it."""

        ZipFile = LinkingArchive
        BadZipFile = zipfile.BadZipFile
        LargeZipFile = zipfile.LargeZipFile
        LargeFileError = zipfile.LargeZipFile  # the emulator asks for this name, which the module does not have

    lambda_svc._resolve_layer_zip = resolve_layer
    # Lambda's limit on the size of code with its layers goes on counting what the layers really hold.
    lambda_svc._layer_unzipped_size = lambda layer: lambda_svc._unzipped_size(resolve(layer))
    lambda_runtime.zipfile = Archives


def _reference_to(folder: Path) -> bytes:
    reference = io.BytesIO()
    with zipfile.ZipFile(reference, "w") as file:
        file.comment = str(folder).encode()
    return reference.getvalue()


def serve_a_queue_with_no_more_processes_than_processors() -> None:
    """Work on few batches at once: more than that wait for each other, and each pays a cold start."""
    allowed = lambda_svc._sqs_esm_concurrency
    processors = max(2, os.cpu_count() or 2)
    lambda_svc._sqs_esm_concurrency = lambda *mapping: min(processors, allowed(*mapping))


def answer_before_the_log_is_read() -> None:
    """Wait two milliseconds, not fifty, for what a silent call may still log; it appears with the next call then."""
    drain = lambda_runtime.Worker._drain_stderr_bounded
    lambda_runtime.Worker._drain_stderr_bounded = lambda worker: drain(worker, first_line_wait=0.002)


def expire_items() -> None:
    """Apply a table's `TimeToLiveSpecification`, which CloudFormation resources are created without."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    create = handlers["create"]

    def create_with_expiry(logical_id: str, properties: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
        table, attributes = create(logical_id, properties, stack_name)
        if expiry := properties.get("TimeToLiveSpecification"):
            dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": expiry})
        return table, attributes

    handlers["create"] = create_with_expiry


def tell_of_confirmed_users() -> None:
    """Call a user pool's `PostConfirmation` function, of which the emulator knows nothing."""

    def telling(confirm: Callable[[dict[str, Any]], Response]) -> Callable[[dict[str, Any]], Response]:
        def confirm_and_tell(request: dict[str, Any]) -> Response:
            response = confirm(request)
            return _call_post_confirmation(request) or response if response[0] == 200 else response

        return confirm_and_tell

    cognito._confirm_sign_up = telling(cognito._confirm_sign_up)
    cognito._admin_confirm_sign_up = telling(cognito._admin_confirm_sign_up)


def _call_post_confirmation(request: dict[str, Any]) -> Response | None:
    """Cognito's answer where the function of the confirmed user's pool fails; None where all is well."""
    client = request.get("ClientId", "CLIENT_ID_NOT_APPLICABLE")
    pool = (
        cognito._user_pools[request["UserPoolId"]] if "UserPoolId" in request else cognito._pool_for_client(client)[0]
    )
    function = pool.get("LambdaConfig", {}).get("PostConfirmation")
    if function is None:
        return None
    user, _ = cognito._resolve_user(pool, request["Username"])
    event = {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": provisioners.get_region(),
        "userPoolId": pool["Id"],
        "userName": user["Username"],
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client},
        "request": {"userAttributes": {each["Name"]: each["Value"] for each in user["Attributes"]}},
        "response": {},
    }
    record, config, _ = lambda_svc._get_func_record_for_ref(function)
    result = lambda_svc._execute_function_with_config_scope(
        lambda_svc._execution_record_for_config(record, config), event
    )
    if not result.get("error"):
        return None
    refusal: Response = cognito.error_response_json("UserLambdaValidationException", str(result.get("body")), 400)
    return refusal


def keep_every_mail(folder: Path) -> None:
    """Keep each mail as `<n>.eml` and, as it was sent, in `<n>.json`; the emulator's own inbox drops the headers."""
    folder.mkdir(parents=True, exist_ok=True)
    handle: Handler = ses_v2.handle_request
    numbers = itertools.count(1)

    async def handle_request(
        method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Response:
        response: Response = await handle(method, path, headers, body, query)
        if method == "POST" and path.rstrip("/") == "/v2/email/outbound-emails" and response[0] == 200:
            request = json.loads(body)
            name = f"{next(numbers):04d}"
            mail = _as_delivered(request, message_id=json.loads(response[2])["MessageId"])
            (folder / f"{name}.json").write_text(json.dumps(request, indent=1, ensure_ascii=False))
            # The name that readers look for appears with the whole mail in it.
            (folder / f"{name}.part").write_bytes(mail)
            (folder / f"{name}.part").rename(folder / f"{name}.eml")
        return response

    ses_v2.handle_request = handle_request


def _as_delivered(request: dict[str, Any], *, message_id: str) -> bytes:
    """The mail that a recipient would get for a SendEmail `request` with simple or raw content."""
    content = request["Content"]
    if "Raw" in content:
        return base64.b64decode(content["Raw"]["Data"])
    simple = content["Simple"]
    mail = EmailMessage()
    mail["From"] = request["FromEmailAddress"]
    mail["To"] = ", ".join(request["Destination"]["ToAddresses"])
    mail["Subject"] = simple["Subject"]["Data"]
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{message_id}>"
    if reply_to := request.get("ReplyToAddresses"):
        mail["Reply-To"] = ", ".join(reply_to)
    for header in simple.get("Headers", ()):
        mail[header["Name"]] = header["Value"]
    mail.set_content(simple["Body"]["Text"]["Data"])
    if html := simple["Body"].get("Html"):
        mail.add_alternative(html["Data"], subtype="html")
    return mail.as_bytes(policy=policy.default.clone(max_line_length=998))
