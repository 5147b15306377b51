"""Names as people look for them: without accents, capitals and "van de", one typing error allowed.

Pure. The words are kept beside the name (`triage.models.zoekwoord`), so that PostgreSQL can find
them by plain comparison: similarity operators are not leakproof, and below row-level security no
index serves those.
"""

import re
import unicodedata

_TUSSEN = "aan bij da de del den der des di dos du el het in la le op s t te ten ter van von zu"
TUSSENVOEGSELS = frozenset(_TUSSEN.split())
MIN_FOUT = 4
"""A shorter word has too many neighbours: it is looked up as typed, or with two letters swapped."""


def words(naam: str) -> list[str]:
    """Return the words of a name, folded; "Bakker, Jans" counts as "Jans Bakker"."""
    if "," in naam:
        last, _comma, first = naam.partition(",")
        naam = f"{first} {last}"
    flat = "".join(c for c in unicodedata.normalize("NFKD", naam) if not unicodedata.combining(c))
    flat = flat.lower().replace("'", " ").replace("’", " ").replace("ß", "ss").replace("ø", "o")
    found = re.findall(r"[^\W\d_]+", flat)
    return [word for word in found if word not in TUSSENVOEGSELS] or found


def surname(naam: str) -> str:
    return (words(naam) or [""])[-1]


def reversed_surname(naam: str) -> str:
    """Return the surname from back to front: what ends alike begins alike here."""
    return surname(naam)[::-1]


def first_name(naam: str) -> str:
    found = words(naam)
    return found[0] if len(found) > 1 else ""


def double_name(naam: str) -> str:
    """Return the other half of a name like Jansen-de Boer, or ""."""
    last = naam.replace(" - ", "-").rpartition("-")
    found = words(last[0]) if last[0] and last[2] else []
    return found[-1] if found and found[-1] != first_name(naam) else ""


def after(prefix: str) -> str:
    """Return the first text that no longer begins with `prefix`."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def swapped(word: str) -> list[str]:
    """Return the word with each pair of neighbours swapped."""
    return [
        word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        for i in range(len(word) - 1)
        if word[i] != word[i + 1]
    ]


def is_one_off(a: str, b: str) -> bool:
    """Whether one letter more, less or other makes the words the same."""
    if abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    i = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest = short[i:] if len(short) < len(long) else short[i + 1 :]
    return rest == long[i + 1 :]


def likeness(a: str, b: str) -> float:
    """Return how many pairs of letters two names share, 0.0 to 1.0."""
    mine, theirs = _pairs(a), _pairs(b)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _pairs(naam: str) -> set[str]:
    return {f" {word} "[i : i + 2] for word in words(naam) for i in range(len(word) + 1)}
