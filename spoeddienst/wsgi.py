"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from kern.invoer import refuse_half

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoeddienst.settings")
application = refuse_half(get_wsgi_application())
