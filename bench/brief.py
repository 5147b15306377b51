"""How long does a letter take? Run: ./spoed test bench/brief.py -s -p no:randomly

Two A4 pages with a full report and two photos, drawn by a child of a warmed parent, as the pool of
the worker does it. CPU time of the child alone. `BRIEF_MAP` keeps the letter to look at.
"""

import io
import json
import os
import resource
import statistics
import time
from pathlib import Path

from django.template.loader import render_to_string
from PIL import Image
from pypdf import PdfReader

from kern import pdf as papier
from spoeddienst.celery import warm_up
from tests.verslag.fhir.voorbeeld import INHOUD
from verslag import gebitkaart, pdf
from verslag.bestand.druk import for_paper
from verslag.weergave import letter_of

RONDEN = 30
DOEL_MS = 100
ZIN = "De patiënt kon de mond goed openen en had geen koorts. "


class _Versie:
    """As much of a signed version as the letter reads."""

    sha256 = "ab" * 32
    inhoud = INHOUD | dict.fromkeys(("bevindingen", "behandeling", "vervolg", "overig"), ZIN * 9)


def photo(width: int, height: int) -> bytes:
    """Return a JPEG with something in it everywhere, as a photo has."""
    noise = Image.effect_noise((width // 8, height // 8), 60).resize((width, height))
    out = io.BytesIO()
    Image.merge("RGB", (noise, noise.rotate(180), noise)).save(out, "JPEG", quality=92)
    return out.getvalue()


def letter(photos: list[bytes], *, kaart: bool = True) -> bytes:
    """Draw one as `verslag.pdf.render` does, without the rows."""
    beelden = {
        str(number): for_paper(content, breedte_mm=81, hoogte_mm=56)
        for number, content in enumerate(photos, start=1)
    }
    plaatjes = [pdf.Plaatje(f"{papier.BEELD}{name}", f"Bijlage {name}: opname") for name in beelden]
    context = letter_of(_Versie(), bsn_voluit=True)
    beelden[pdf.GEBIT] = gebitkaart.chart_for_paper(_Versie.inhoud["gebit"]).encode()
    context |= {"plaatjes": plaatjes, "kolommen": 2, "sha256": _Versie.sha256}
    context["kaart"] = f"{papier.BEELD}{pdf.GEBIT}" if kaart else ""
    html = render_to_string("verslag/pdf.html", context)
    return pdf.to_pdf(html, beelden)


def in_a_child(photos: list[bytes], rounds: int) -> dict:
    """Fork, draw, and return the CPU milliseconds of every letter and the memory of the child."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        times = []
        for _ in range(rounds):
            start = time.process_time()
            content = letter(photos)
            times.append((time.process_time() - start) * 1000)
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        pages = len(PdfReader(io.BytesIO(content)).pages)
        os.write(
            writer,
            json.dumps({"ms": times, "rss": rss, "pages": pages, "bytes": len(content)}).encode(),
        )
        os._exit(0)
    os.close(writer)
    answer = b"".join(iter(lambda: os.read(reader, 65536), b""))
    os.close(reader)
    os.waitpid(child, 0)
    return json.loads(answer)


def test_a_letter_of_two_pages():
    small = [photo(900, 700), photo(900, 700)]
    large = [photo(4032, 3024), photo(4032, 3024)]
    cold = in_a_child(small, 1)["ms"][0]
    warm_up()
    print()
    print(f"first letter of a cold process    {cold:6.0f} ms CPU (with the import)")
    for name, photos in (("two photos of 900×700", small), ("two of 12 megapixel", large)):
        made = in_a_child(photos, RONDEN)
        first, *rest = made["ms"]
        middle = statistics.median(rest)
        print(
            f"{name:22s} {made['pages']} pages, {made['bytes'] // 1024:4d} KB, "
            f"first {first:4.0f} ms, then median {middle:4.0f} ms, slowest {max(rest):4.0f} ms CPU "
            f"{made['rss']} MB peak"
        )
        assert made["pages"] == 2
        if photos is small:
            assert middle <= DOEL_MS
    if folder := os.environ.get("BRIEF_MAP"):
        Path(folder, "brief.pdf").write_bytes(letter(small))
