"""The environment of the tests, set before Django reads it: the demo personas, and secrets of no worth."""

import os

os.environ.setdefault("VERLEEND_DEMO", "1")
