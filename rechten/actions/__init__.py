"""The only door for a change of state in this app."""

from rechten.actions.vernietiging import (
    VernietigingGeweigerd,
    confirm,
    destroy,
    destroy_again,
    keep_longer,
    propose_past_term,
    send_back,
)
from rechten.actions.verzoek import (
    add_statement,
    check_identiteit,
    decide,
    extend,
    finish,
    give,
    give_by_pickup,
    keep_fingerprint,
    note_verzoek,
    set_fee,
    take_back,
    withdraw,
)

__all__ = [
    "VernietigingGeweigerd",
    "add_statement",
    "check_identiteit",
    "confirm",
    "decide",
    "destroy",
    "destroy_again",
    "extend",
    "finish",
    "give",
    "give_by_pickup",
    "keep_fingerprint",
    "keep_longer",
    "note_verzoek",
    "propose_past_term",
    "send_back",
    "set_fee",
    "take_back",
    "withdraw",
]
