"""Backup and restore drill (docs/besluiten/0009-reservekopie.md).

`stroom` the sealed file · `manifest` what is inside and how two states differ · `stand` the state
of a database · `gereedschap` PostgreSQL's own programs · `maken` a copy · `keten` the log in it ·
`proef` the drill · `ronde` what became of each.
"""


class KopieFout(Exception):
    """A copy that cannot be made, opened or trusted; the text is for who runs the command.

    `kort` is for the page of the beheerder: what failed, without a path or an address.
    """

    def __init__(self, text: str, *, kort: str = "") -> None:
        super().__init__(text)
        self.kort = kort or "onbekende fout"
