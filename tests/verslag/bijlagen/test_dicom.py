"""An X-ray comes in without its patient, keeps every bit, and is refused with a reason."""

import io
import tracemalloc
import zlib

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pydicom import DataElement, dcmread
from pydicom.datadict import tag_for_keyword
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLosslessSV1,
    RLELossless,
)

from tests.factories import BijlageFactory
from tests.verslag.bijlagen.opname import GEBOREN, GEHEIM, dicom, packed
from verslag.bestand import BestandGeweigerd, accept, picture_of
from verslag.bestand import dicom as lezen
from verslag.models import Bijlage


def test_nothing_of_the_patient_is_kept():
    raw = dicom()
    kept = accept(raw, "Kanarie 1.2.840.dcm").inhoud
    assert [word for word in GEHEIM if word.encode() in raw] == list(GEHEIM), "the proof can fail"
    assert [word for word in GEHEIM if word.encode() in kept] == []
    assert dcmread(io.BytesIO(raw)).SOPInstanceUID != dcmread(io.BytesIO(kept)).SOPInstanceUID


@pytest.mark.parametrize(
    ("naam", "kind"),
    [("KVP", "LO"), ("WindowCenter", "LT"), ("Exposure", "SH"), ("PixelAspectRatio", "UT")],
)
def test_a_name_does_not_travel_as_a_number(naam, kind):
    """The file says itself of what kind an element is."""
    source = dcmread(io.BytesIO(dicom()))
    source[naam] = DataElement(tag_for_keyword(naam), kind, "Kanarievogel", already_converted=True)
    out = io.BytesIO()
    source.save_as(out, enforce_file_format=True)
    assert b"Kanarievogel" in out.getvalue()
    with pytest.raises(BestandGeweigerd, match="beschadigd"):
        accept(out.getvalue(), "opname.dcm")


def test_showing_a_large_one_takes_no_more_than_a_few_times_its_pixels():
    kept = dcmread(io.BytesIO(dicom(rows=3000, columns=4000)))
    tracemalloc.start()
    try:
        beeld = lezen._shown(kept)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert beeld.size == (4000, 3000)
    assert peak < 4 * len(kept.PixelData)


def test_every_bit_of_the_pixels_is_kept():
    raw = dicom()
    kept = accept(raw, "opname.dcm")
    pixels = dcmread(io.BytesIO(kept.inhoud)).pixel_array
    assert np.array_equal(pixels, dcmread(io.BytesIO(raw)).pixel_array)
    assert (kept.mimetype, kept.naam, kept.geboortedatum) == (
        "application/dicom",
        "opname.dcm",
        GEBOREN,
    )
    assert (kept.breedte, kept.hoogte) == (40, 60)


def test_the_same_file_twice_is_the_same_attachment():
    assert accept(dicom(), "a.dcm").sha256 == accept(dicom(), "b.dcm").sha256


@pytest.mark.parametrize("source", [dicom(), dicom(ImplicitVRLittleEndian), packed()])
def test_it_is_shown_as_png_and_small(source):
    kept = accept(source, "opname.dcm")
    content, kind = picture_of(kept.inhoud, kept.mimetype)
    assert kind == "image/png"
    assert Image.open(io.BytesIO(content)).size == (kept.breedte, kept.hoogte)
    assert Image.open(io.BytesIO(kept.miniatuur)).format == "JPEG"


def shown(**changes) -> Image.Image:
    kept = accept(dicom(**changes), "opname.dcm")
    return Image.open(io.BytesIO(picture_of(kept.inhoud, kept.mimetype)[0]))


def test_the_window_and_the_inverted_kind_are_honoured():
    plain = shown()
    assert plain.getpixel((0, 0)) < 5
    assert plain.getpixel((39, 0)) > 250
    assert shown(PhotometricInterpretation="MONOCHROME1").getpixel((0, 0)) > 250
    narrow = shown(WindowCenter=512, WindowWidth=1024)
    assert narrow.getpixel((20, 0)) == 255, "beyond the window is white"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (lambda: dicom(NumberOfFrames=200), "meer dan een beeld"),
        (lambda: dicom(PixelData=None), "geen heel beeld"),
        (lambda: dicom(Rows=30000, Columns=30000), "te groot"),
        (lambda: dicom(Rows=0), "te groot"),
        (lambda: dicom(Rows=61), "beschadigd"),
        (lambda: dicom(BitsAllocated=12), "beschadigd"),
        (lambda: dicom()[:-7], "beschadigd"),
        (lambda: dicom()[:300], "geen heel beeld"),
        (lambda: packed(Rows=24), "beschadigd"),
        (lambda: packed(PixelData=b"\xfe\xff\x00\xe0niets"), "beschadigd"),
        (lambda: dicom().replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.5\0"), "ingepakt"),
        (lambda: b"\0" * 128 + b"DICM" + b"\0" * 200, "beschadigd"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(source, reason):
    with pytest.raises(BestandGeweigerd, match=reason):
        accept(source(), "opname.dcm")


@pytest.mark.parametrize("syntax", [DeflatedExplicitVRLittleEndian, JPEGLosslessSV1, RLELossless])
def test_packings_that_are_not_safe_or_not_free_are_never_unpacked(syntax, monkeypatch):
    monkeypatch.setattr(lezen, "dcmread", lambda *args, **kwargs: pytest.fail("unpacked"))
    head = dicom().split(b"1.2.840.10008.1.2.1\0")[0]
    name = str(syntax).encode()
    name += b"\0" * (len(name) % 2)
    length = len(name).to_bytes(2, "little")
    bomb = head[:-2] + length + name + zlib.compress(bytes(10**6))
    with pytest.raises(BestandGeweigerd, match=r"ingepakt|beschadigd"):
        accept(bomb, "opname.dcm")


def test_a_name_that_promises_something_else():
    with pytest.raises(BestandGeweigerd, match="inhoud is DICOM"):
        accept(dicom(), "opname.jpg")


@pytest.fixture
def opname(kring, verslag):
    kept = accept(dicom(), "opname.dcm")
    return BijlageFactory(
        kring=kring,
        verslag=verslag,
        mimetype=kept.mimetype,
        inhoud=kept.inhoud,
        miniatuur=kept.miniatuur,
    )


def test_the_page_shows_it_as_png(als, kring, tandarts_gebruiker, opname):
    address = reverse(
        "verslag:bijlage",
        kwargs={"kring": kring.slug, "verslag": opname.verslag_id, "bijlage": opname.pk},
    )
    response = als(tandarts_gebruiker).get(address)
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("born", "warned"), [("20010101", True), ("19840517", False), ("", False)])
def test_the_x_ray_of_somebody_else_is_said_so(als, tandarts_gebruiker, verslag, born, warned):
    from tests.huis.logscenarios.verslag import _report

    address = reverse("verslag:bewerk", kwargs={"kring": verslag.kring.slug, "verslag": verslag.pk})
    form = _report(_Alles(verslag))
    upload = SimpleUploadedFile("x.dcm", dicom(PatientBirthDate=born))
    client = als(tandarts_gebruiker)
    response = client.post(address, {**form, "bestand": upload, "doel": "bijlage"}, follow=True)
    assert Bijlage.objects.count() == 1
    assert ("andere geboortedatum" in response.content.decode()) is warned


class _Alles:
    def __init__(self, verslag):
        self.verslag, self.patient = verslag, verslag.dossier.patient
