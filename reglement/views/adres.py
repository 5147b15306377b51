"""What the query of an address may hold."""

from uuid import UUID


def as_uuid(text: str | None) -> UUID | None:
    """Return the key of a row in this text, None when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def as_year(text: str | None, jaar: int) -> int:
    """Return the year in this text when it is near `jaar`, else `jaar`."""
    try:
        found = int(text or "")
    except ValueError:
        return jaar
    return found if abs(found - jaar) <= 10 else jaar
