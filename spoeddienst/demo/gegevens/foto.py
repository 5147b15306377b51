"""A photo of a mouth, X-rays and a logo, drawn here: of nobody, and of nobody else's copyright."""

import io

from PIL import Image, ImageDraw, ImageFilter
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

_BREEDTES = (62, 74, 78, 104, 104, 78, 74, 62)
"""Pixels of the upper teeth from 14 to 24."""
_WEG = 3
"""Element 11."""


def photo() -> bytes:
    """Return a JPEG: upper front teeth, element 11 missing, with the notes that a camera leaves."""
    image = _mouth("#b9525a", "#f1ead9", "#5d1218")
    exif = Image.Exif()
    exif[271], exif[272] = "Demo", "Telefoon van de dienst"
    return _written(image, "JPEG", quality=90, exif=exif.tobytes())


def xray() -> bytes:
    """Return a PNG in grey with the roots above the crowns."""
    return _written(_xray(), "PNG")


def dicom() -> bytes:
    """Return the same X-ray as a sensor writes it, with the name of a patient in its header."""
    image = _xray()
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = SecondaryCaptureImageStorage
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = generate_uid()
    ds.PatientName, ds.Modality = "Verzonnen^Patient", "IO"
    ds.Columns, ds.Rows = image.size
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated = ds.BitsStored = 8
    ds.HighBit, ds.PixelRepresentation = 7, 0
    ds.PixelData = image.tobytes()
    ds["PixelData"].VR = "OB"
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def logo() -> bytes:
    """Return the mark of the invented kring: a white tooth on its colour."""
    image = Image.new("RGB", (600, 240), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((180, 10, 420, 230), radius=48, fill="#0d5a73")
    draw.rounded_rectangle((240, 55, 360, 135), radius=40, fill="#ffffff")
    for left in (246, 312):
        draw.rounded_rectangle((left, 100, left + 42, 190), radius=21, fill="#ffffff")
    return _written(image, "PNG")


def _xray() -> Image.Image:
    return _mouth("#3a3a3a", "#e2e2e2", "#141414", roots=True).convert("L")


def _mouth(gum: str, tooth: str, hole: str, *, roots: bool = False) -> Image.Image:
    image = Image.new("RGB", (1200, 800), gum)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, 1200, 800), fill=hole)
    left = (1200 - sum(_BREEDTES) - 6 * len(_BREEDTES)) // 2
    for place, width in enumerate(_BREEDTES):
        box = (left, 330, left + width, 640)
        fill = hole if place == _WEG else tooth
        if roots and place != _WEG:
            top = (left + width // 2 - 12, 90, left + width // 2 + 12, 360)
            draw.rounded_rectangle(top, radius=12, fill=tooth)
        draw.rounded_rectangle(box, radius=28, fill=fill)
        left += width + 6
    return image.filter(ImageFilter.GaussianBlur(3))


def _written(image: Image.Image, format: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()
