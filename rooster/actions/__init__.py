"""The only door for a change of the roster. What cannot be is a `ValidationError` by field."""

from rooster.actions.dienst import change_dienst, plan_dienst, remove_dienst
from rooster.actions.ruil import accept_aanbod, ask_ruil, decline_aanbod, withdraw_ruil
from rooster.actions.ruilronde import ask_next_round, expire_ruil
from rooster.actions.uitval import report_uitval
from rooster.actions.waarnemer import (
    add_waarnemer,
    check_big,
    confirm_reglement,
    place_waarnemer,
    publish_reglement,
)
from rooster.actions.wens import (
    close_wensen,
    mark_wensen,
    remind_wensen,
    reopen_wensen,
    submit_wensen,
)
from rooster.actions.wijziging import record_wijziging, record_wijzigingen, snapshot

__all__ = [
    "accept_aanbod",
    "add_waarnemer",
    "ask_next_round",
    "ask_ruil",
    "change_dienst",
    "check_big",
    "close_wensen",
    "confirm_reglement",
    "decline_aanbod",
    "expire_ruil",
    "mark_wensen",
    "place_waarnemer",
    "plan_dienst",
    "publish_reglement",
    "record_wijziging",
    "record_wijzigingen",
    "remind_wensen",
    "remove_dienst",
    "reopen_wensen",
    "report_uitval",
    "snapshot",
    "submit_wensen",
    "withdraw_ruil",
]
