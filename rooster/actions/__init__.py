"""The only door for a change of the roster. What cannot be is a `ValidationError` by field."""

from rooster.actions.dienst import change_dienst, plan_dienst, remove_dienst
from rooster.actions.ruil import accept_aanbod, ask_ruil, decline_aanbod, withdraw_ruil
from rooster.actions.ruilronde import ask_next_round, expire_ruil
from rooster.actions.uitval import report_uitval
from rooster.actions.wijziging import record_wijziging, record_wijzigingen, snapshot

__all__ = [
    "accept_aanbod",
    "ask_next_round",
    "ask_ruil",
    "change_dienst",
    "decline_aanbod",
    "expire_ruil",
    "plan_dienst",
    "record_wijziging",
    "record_wijzigingen",
    "remove_dienst",
    "report_uitval",
    "snapshot",
    "withdraw_ruil",
]
