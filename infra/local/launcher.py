"""The emulator's process: mended, on loopback, and gone as soon as nobody holds its standard input.

`python -m infra.local.launcher INTERPRETER FOLDER`; the port comes from GATEWAY_PORT. `server.py` starts it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from ministack import app

from infra.local import mends

SECONDS_TO_STOP = 3


def main() -> None:
    """Serve until the parent closes standard input (which its death does too) or a signal says so."""
    interpreter, folder = Path(sys.argv[1]), Path(sys.argv[2])
    sys.argv[1:] = []
    threading.Thread(target=_end_with_parent, daemon=True).start()
    mends.apply(interpreter=interpreter, layers=folder / "tmp" / "layers", mails=folder / "mails")
    try:
        app.main()
    finally:
        _end_everything()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_STOP)
    _end_everything()


def _end_everything() -> None:
    """End this process and every function's process, which are of its group when `server.py` started it."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()
