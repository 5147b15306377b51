"""The product's settings, less what only costs time in tests."""

from spoeddienst.settings import *  # noqa: F403
from spoeddienst.settings import MIDDLEWARE, STORAGES

# WhiteNoise scans all static files for every test client: 4.5 times slower view tests.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
