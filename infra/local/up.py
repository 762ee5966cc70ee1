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
JSON='Content-Type: application/json'

# Consent, and ask for a form to hand in one resume, which is a PDF.
curl -X PUT -H "Authorization: Bearer $CANDIDATE" -H "$JSON" \
  -d '{"open_to_full_time": true, "notice_version": "2026-11"}' $BASE/me/enrolment
UPLOAD=$(curl -s -H "Authorization: Bearer $CANDIDATE" -H "$JSON" -H "Idempotency-Key: $RANDOM$RANDOM" \
  -d '{"content_type": "application/pdf"}' $BASE/me/resume-uploads)
of() { python3 -c "import json, sys; upload = json.loads(sys.argv[1]); print($1)" "$UPLOAD"; }

# Post all fields of the form, and the file as the last; then see what became of it.
curl $(of "*(f'-F {name}={value}' for name, value in upload['form']['fields'].items())") \
  -F file=@events/resumes/amara-okonkwo.pdf "$(of "upload['form']['url']")"
curl -H "Authorization: Bearer $CANDIDATE" $BASE/me/resume-uploads/$(of "upload['id']")

# Submit a job; a moment later its shortlist is there.
TERMS=$(python3 -c "import json; terms = json.load(open('events/jobs/senior-backend-engineer.json'))
print(json.dumps({'organisation_id': '$ORGANISATION', **terms}))")
JOB=$(curl -s -H "Authorization: Bearer $CLIENT" -H "$JSON" -H "Idempotency-Key: $RANDOM$RANDOM" \
  -d "$TERMS" $BASE/jobs | python3 -c "import json, sys; print(json.load(sys.stdin)['id'])")
curl -H "Authorization: Bearer $CLIENT" $BASE/jobs/$JOB/shortlist
"""


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
