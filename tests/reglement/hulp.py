"""What tests of the app share."""

from collections.abc import Callable

import pytest
from django.db import transaction


class _Omgevallen(Exception):
    pass


def rolled_back(act: Callable[[], object]) -> None:
    """Act in a transaction that falls over afterwards: whatever it did must be gone together."""
    with pytest.raises(_Omgevallen):
        _act_and_fall(act)


@transaction.atomic
def _act_and_fall(act: Callable[[], object]) -> None:
    act()
    raise _Omgevallen
