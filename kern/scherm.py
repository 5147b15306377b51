"""A session that was given to a screen on the wall: it opens the wall and nothing else.

A wall display has to work for hours while nobody touches it; a session of a person may not (it
ends after 20 minutes of silence, and what a page asks by itself is no sign of a person). So whoever
hangs a screen on the wall gives the session away: from then on it opens only the rows of the access
table marked `scherm`, which show no patient and take no input, and for that reason these may keep
it alive, up to the 12 hours that no session outlives. There is no way back but logging out.
"""

_SLEUTEL = "scherm"


def give_away(request, address: str) -> None:
    """Make this session one of a screen; `address` is the only page it is sent to."""
    request.session[_SLEUTEL] = address


def address_of(request) -> str:
    """Return the page of the screen this session was given to, or nothing."""
    return request.session.get(_SLEUTEL, "")
