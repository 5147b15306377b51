"""Backup and restore drill (docs/besluiten/0009-reservekopie.md).

`stroom` the sealed file · `manifest` what is inside and how two states differ · `stand` the state
of a database · `gereedschap` PostgreSQL's own programs · `maken` a copy · `proef` the drill.
"""


class KopieFout(Exception):
    """A copy that cannot be made, opened or trusted; the text is for the administrator."""
