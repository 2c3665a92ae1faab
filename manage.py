#!/usr/bin/env python
import os
import secrets
import sys

# These read neither a session, nor the database, nor a file that somebody sent: anyone may run them from a fresh checkout, so a key
# for this one process will do, and a scanner that is never asked.
WITHOUT_SECRETS = {"term", "lifecycle", "help", "--help", "-h", "version", "--version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grants.project.settings")
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_SECRETS:
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
        os.environ.setdefault("CLAMD_URL", "unix:///dev/null")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(_stopped(error))


def _stopped(error: Exception) -> int:
    """A wrong environment stops the start with one sentence, not with a traceback."""
    print(error, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
