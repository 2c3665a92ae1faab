"""Why a file is not taken."""

from __future__ import annotations


class UploadRefused(Exception):
    """A file that we cannot take; `str()` says why and what to do."""
