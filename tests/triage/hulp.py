"""What the HTTP tests of the call screen say over and over."""

HTMX = {"HX-Request": "true"}


def text_of(response) -> str:
    return response.content.decode()


def answers(oproep, **kwargs) -> dict:
    """Return what a window posts about this call, as its page was rendered."""
    return {"versie": oproep.versie, "venster": "a" * 32, **kwargs}
