"""How long the server takes for a new call and its first answer (U1: p95 at most 300 ms).

    python -m bench.eerste_uitkomst http://127.0.0.1:8000

On a running demo, in a real browser: N on the board, 7 on the call. Both waits count, as the
browser sees them from the request to the last byte. It leaves forty calls behind: use a demo that
may be thrown away.
"""

import os
import re
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from tests.browser.beelden import BUREAU, SLUG, scherm

AANTAL = 40
OPROEP = re.compile(r"/triage/[0-9a-f-]{36}/")
NAVIGATIE = """(() => {
    const t = performance.getEntriesByType("navigation")[0];
    return t.responseEnd - t.requestStart;
})()"""


def measure(page: Page, bord: str) -> tuple[list[float], list[float]]:
    """Return the waits for the new call and for the first outcome, in milliseconds."""
    opened, judged = [], []
    for _ in range(AANTAL):
        page.goto(bord)
        with page.expect_response(lambda answer: answer.url.endswith("/antwoorden/")) as saved:
            page.keyboard.press("n")
            page.wait_for_url(OPROEP)
            page.keyboard.press("7")
        saved.value.finished()
        timing = saved.value.request.timing
        opened.append(page.evaluate(NAVIGATIE))
        judged.append(timing["responseEnd"] - timing["requestStart"])
    return opened, judged


def main(adres: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        with scherm(browser, adres, BUREAU) as triage:
            triage.word("Triagemedewerker")
            waits = measure(triage.page, f"{adres}/k/{SLUG}/triage/")
        browser.close()
    print(f"load {os.getloadavg()[0]:.1f}, {AANTAL} calls")
    for name, times in zip(("new call", "first outcome"), waits, strict=True):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name:14} p50 {statistics.median(times):5.0f}  p95 {p95:5.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
