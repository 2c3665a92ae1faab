#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grants.project.settings")
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
