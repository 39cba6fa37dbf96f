"""Prints docs/conformance.md."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.compliance.conformance import document  # noqa: E402  # models need the settings

sys.stdout.write(document())
