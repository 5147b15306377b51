"""The product's settings with the planted faults; LEK_OPEN takes the scrubber away."""

import os

from spoeddienst.settings import *  # noqa: F403
from spoeddienst.settings import INSTALLED_APPS, LOGGING

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lek"]
ROOT_URLCONF = "tests.lek.urls"
if os.environ.get("LEK_OPEN"):
    LOGGING["formatters"]["plain"].pop("()")
