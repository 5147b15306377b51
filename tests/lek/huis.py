"""The house of tests.proefhuis with the planted faults: `python -m tests.lek.huis MAP`."""

import sys

from spoeddienst.servers import omgeving
from tests import proefhuis

build = omgeving.build


def _with_faults(*args, **kwargs):
    return build(*args, **kwargs) | {"DJANGO_SETTINGS_MODULE": "tests.lek.settings"}


if __name__ == "__main__":
    omgeving.build = _with_faults
    proefhuis.main(sys.argv[1])
