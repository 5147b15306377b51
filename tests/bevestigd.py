"""Whether a page asks before it does what cannot be undone."""

import re

_QUESTIONS = re.compile(r'<details class="bevestig">.*?</details>', re.DOTALL)


def asks_first(html: str, url: str) -> bool:
    """Tell whether `url` stands in the page, and only behind a question."""
    target = f'action="{url}"'
    behind = any(target in block for block in _QUESTIONS.findall(html))
    return behind and target not in _QUESTIONS.sub("", html)
