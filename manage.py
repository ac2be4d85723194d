#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from smartcity import development

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")
    if "SECRET_KEY" not in os.environ and development.SECRETS.exists():
        development.enter()  # a checkout where `make run` was used: its database, its secrets
    execute_from_command_line(sys.argv)
