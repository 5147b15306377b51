"""The only door for a change of how the kring is reached.

What cannot be is a `ValidationError` by field.
"""

from bereikbaarheid.actions.praktijk import (
    add_sluiting,
    remove_sluiting,
    save_aankondiging,
    save_doorschakeling,
    save_instelling,
)
from bereikbaarheid.actions.startcontrole import tick_punt, untick_punt
from bereikbaarheid.actions.weekbericht import (
    add_ontvanger,
    change_ontvanger,
    hold_weekbericht,
    remove_ontvanger,
    resend_bezorging,
    send_weekbericht,
)

__all__ = [
    "add_ontvanger",
    "add_sluiting",
    "change_ontvanger",
    "hold_weekbericht",
    "remove_ontvanger",
    "remove_sluiting",
    "resend_bezorging",
    "save_aankondiging",
    "save_doorschakeling",
    "save_instelling",
    "send_weekbericht",
    "tick_punt",
    "untick_punt",
]
