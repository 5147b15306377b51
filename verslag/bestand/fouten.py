"""The one refusal of this package."""


class BestandGeweigerd(Exception):
    """The file may not come in; the text is a Dutch sentence that says what to do next."""
