"""The score that the MDN HTTP Observatory (algorithm 5) gives to a page, in our own words.

A page starts at 100. Each part below adds or takes points; what is added only counts when what is
taken leaves 90 or more. Being on the preload list of browsers (+5) cannot be seen from outside
the list, so it is not counted here.
"""

import re
from http.cookies import SimpleCookie

HALF_A_YEAR = 15_768_000
BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def parse_policy(text: str) -> dict[str, set[str]]:
    """Return the directives of a Content-Security-Policy with their sources."""
    parts = [part.split() for part in text.lower().split(";") if part.strip()]
    return {name: set(sources) for name, *sources in reversed(parts)}


def _csp(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script = policy.get("script-src", default)
    style = policy.get("style-src", default)
    plain = {"http:", "ftp:"}
    points = 10 if default == {"'none'"} else 5
    if style & (BROAD | INLINE):
        points = 0
    if "'unsafe-eval'" in script | style or any(
        source.startswith(tuple(plain)) for source in policy.get("img-src", default)
    ):
        points = -10
    if script & (BROAD | INLINE) or policy.get("object-src", default) & BROAD:
        points = -20
    return points


def _cookies(cookies: SimpleCookie, hsts: bool) -> int:
    if not cookies:
        return 0
    points = 5 if all(cookie["samesite"] for cookie in cookies.values()) else 0
    for name, cookie in cookies.items():
        session = "sess" in name.lower() or "login" in name.lower()
        if not cookie["secure"]:
            points = min(points, (-10 if session else -5) if hsts else (-40 if session else -20))
        if "csrf" in name.lower() and not cookie["samesite"]:
            points = min(points, -20)
        if session and not cookie["httponly"]:
            points = min(points, -30)
    return points


def _scripts(body: str) -> int:
    """Integrity of scripts: only those of elsewhere cost points, having it anywhere gives some."""
    tags = re.findall(r"<script\b[^>]*\bsrc=[^>]*>", body)
    foreign = [tag for tag in tags if re.search(r"src=[\"']?(https?:)?//", tag)]
    if any("integrity=" not in tag for tag in foreign):
        return -50 if any('"//' in tag or '"http:' in tag for tag in foreign) else -5
    return 5 if any("integrity=" in tag for tag in tags) else 0


def score(response) -> tuple[int, dict[str, int]]:
    """Return the score of an https page and what each part gave."""
    headers = response.headers
    policy = parse_policy(headers.get("Content-Security-Policy", ""))
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    seconds = int(age.group(1)) if age else 0
    frame = headers.get("X-Frame-Options", "").lower() in ("deny", "sameorigin")
    parts = {
        "csp": _csp(policy),
        "cookies": _cookies(response.cookies, seconds >= HALF_A_YEAR),
        "cors": -50 if headers.get("Access-Control-Allow-Credentials") == "true" else 0,
        "referrer": _referrer(headers.get("Referrer-Policy")),
        "hsts": 0 if seconds >= HALF_A_YEAR else (-10 if seconds else -20),
        "scripts": _scripts(response.content.decode()),
        "nosniff": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": 5 if "frame-ancestors" in policy else (0 if frame else -20),
        "corp": 10
        if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site")
        else 0,
    }
    base = 100 + sum(points for points in parts.values() if points < 0)
    return (100 + sum(parts.values()) if base >= 90 else base), parts


def _referrer(value: str | None) -> int:
    if value is None:
        return 0
    return 5 if value.rpartition(",")[2].strip() in PRIVATE else -5
