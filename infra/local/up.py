"""`make up`: keep the stack running to be tried by hand, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from threading import Event

from infra.local import main_job, stack
from infra.local.accounts import Accounts
from infra.local.screen import Screen
from infra.local.stack import Stack
from infra.synthesize import synthesize

CANDIDATE_ADDRESS = "candidate@example.com"

TO_TRY = """\
curl $BASE/health
curl -H "Authorization: Bearer $CANDIDATE" $BASE/me
curl -H "Authorization: Bearer $CLIENT" $BASE/organisations
"""

BY_HAND = r"""
# Consent, and ask for a form to hand in one resume (Content-Type is that of the file).
JSON='Content-Type: application/json'
curl -X PUT -H "Authorization: Bearer $CANDIDATE" -H "$JSON" \
  -d '{"open_to_full_time": true, "notice_version": "2026-11"}' $BASE/me/enrolment
curl -H "Authorization: Bearer $CANDIDATE" -H "$JSON" -H "Idempotency-Key: $RANDOM$RANDOM" \
  -d '{"content_type": "application/pdf"}' $BASE/me/resume-uploads > form.json

# Post all of the form's fields and then the file; see what became of it.
field() { python3 -c "import json; print(json.load(open('form.json'))$1)"; }
curl $(python3 -c "import json; print(*(f'-F {n}={v}' for n, v in json.load(open('form.json'))['form']['fields'].items()))") \
  -F file=@events/resumes/amara-okonkwo.pdf "$(field "['form']['url']")"
curl -H "Authorization: Bearer $CANDIDATE" $BASE/me/resume-uploads/$(field "['id']")

# Submit a job; then read its shortlist (the id is in the first answer).
python3 -c "import json, os; print(json.dumps({'organisation_id': os.environ['ORGANISATION'],
  **json.load(open('events/jobs/senior-backend-engineer.json'))}))" > job.json
curl -H "Authorization: Bearer $CLIENT" -H "$JSON" -H "Idempotency-Key: $RANDOM$RANDOM" -d @job.json $BASE/jobs
curl -H "Authorization: Bearer $CLIENT" $BASE/jobs/JOB_ID/shortlist
"""  # noqa: E501  (a shell reads it, and a line break inside the substitution would be one word more)


def main() -> None:
    """Deploy, tell how to call it, and wait."""
    parser = argparse.ArgumentParser(description="Keep the stack running on this machine.")
    parser.add_argument("--state", type=Path, default=stack.STATE / "up", help="where the stack keeps everything")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    screen = Screen()
    try:
        with ExitStack() as until_stopped:
            with screen.waiting("synthesizing the stack") as now:
                running = until_stopped.enter_context(stack.running(synthesize("host"), arguments.state, now.say))
            _explain(screen, running)
            Event().wait()
    except KeyboardInterrupt:
        screen.line("\nstopped")


def _explain(screen: Screen, running: Stack) -> None:
    accounts = Accounts(running)
    operator = main_job.operator(accounts)
    client = main_job.client(accounts, operator, "Example Works")
    candidate = accounts.sign_in(accounts.sign_up(CANDIDATE_ADDRESS))
    screen.heading("The stack runs until Ctrl-C; a token lasts for an hour")
    screen.line(f"export BASE={running.base_url}")
    screen.line(f"export CANDIDATE={candidate.token}")
    screen.line(f"export CLIENT={client.api.token}")
    screen.line(f"export OPERATOR={operator.token}")
    screen.line(f"export ORGANISATION={client.organisation_id}")
    screen.heading("Three requests to try")
    screen.line(TO_TRY.rstrip())
    screen.heading("A resume and a job by hand")
    screen.line(BY_HAND.strip())
    screen.line(f"\nMails appear in {running.folder / 'mails'}, objects in {running.folder / 's3' / stack.ACCOUNT}.")


if __name__ == "__main__":
    main()
