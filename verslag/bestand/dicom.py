"""An X-ray as the sensor writes it: pixels and how to read them, and nothing of the patient.

A DICOM file names patient, practice, device and operator in dozens of elements, private ones
among them. What is kept is a new file: the elements of `_BLIJFT`, fresh identifiers, and the
pixels as they were, every bit. The date of birth is handed back once, to be compared. Bounds are
checked on the header, before anything is unpacked (docs/besluiten/0034).
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.utils.translation import gettext as _
from PIL import Image
from pydicom import DataElement, Dataset, dcmread
from pydicom.datadict import dictionary_VR
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import generate_frames
from pydicom.filereader import read_partial
from pydicom.pixels import apply_modality_lut, apply_voi_lut, pixel_array
from pydicom.uid import (
    JPEG2000,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    SecondaryCaptureImageStorage,
    generate_uid,
)

from verslag.bestand.fouten import BestandGeweigerd

MAX_PIXELS = 20_000_000
"""As of a PNG: an X-ray of two jaws has about 5 million, a single tooth 3 at most."""
MAX_BYTES = 24_000_000
"""Of pixels that are kept, unpacked."""

_LOS = {ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian}
# Unpacked by Pillow. Not run-length (grows 64 times without saying so), deflate (the whole file
# unpacks before its header can be read), nor lossless JPEG (no decoder under our licence).
_INGEPAKT = {JPEGBaseline8Bit, JPEG2000, JPEG2000Lossless}

# Numbers only, or a word of a fixed list: free text of the maker is where names stand.
_BLIJFT = (
    # How the pixels are read and shown.
    *("SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration", "Rows", "Columns"),
    *("BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PixelAspectRatio"),
    *("WindowCenter", "WindowWidth", "RescaleIntercept", "RescaleSlope"),
    # How large it is: measuring on the screen.
    *("PixelSpacing", "ImagerPixelSpacing"),
    *("KVP", "ExposureTime", "XRayTubeCurrent", "Exposure"),
)
_TABELLEN = {
    "VOILUTSequence": ("LUTDescriptor", "LUTData"),
    "ModalityLUTSequence": ("LUTDescriptor", "LUTData"),
}
_WOORDEN = {
    "Modality": {"IO", "PX", "DX", "CR", "RG", "XC", "CT", "OT"},
    "ImageLaterality": {"L", "R", "U", "B"},
    "VOILUTFunction": {"LINEAR", "LINEAR_EXACT", "SIGMOID"},
    "PresentationLUTShape": {"IDENTITY", "INVERSE"},
}


@dataclass(frozen=True)
class Opname:
    """What is kept of a DICOM file, and how it looks."""

    inhoud: bytes
    beeld: Image.Image
    geboortedatum: date | None


def remake(data: bytes) -> Opname:
    """Return the file made anew without anything of the patient, or raise `BestandGeweigerd`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = _read(data)
            kept = _cleaned(source)
            return Opname(_written(kept), _shown(kept), _birth_date(source))
    except BestandGeweigerd:
        raise
    except Exception as error:
        raise _broken() from error


def view(content: bytes) -> bytes:
    """Return a kept file as PNG, in the window that its maker chose."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _shown(dcmread(io.BytesIO(content))).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _read(data: bytes) -> Dataset:
    # Past the identification only, so that the packing is known before anything is unpacked.
    meta = read_partial(io.BytesIO(data), stop_when=lambda *_element: True).file_meta
    syntax = meta.TransferSyntaxUID
    if syntax not in _LOS | _INGEPAKT:
        raise BestandGeweigerd(
            _(
                "Deze DICOM-opname is ingepakt op een manier die we niet kunnen lezen. "
                "Exporteer hem zonder compressie, of als PNG."
            )
        )
    source = dcmread(io.BytesIO(data))
    if int(source.get("NumberOfFrames", 1) or 1) != 1:
        raise BestandGeweigerd(
            _(
                "Dit is een DICOM-bestand met meer dan een beeld, zoals een CBCT-scan. "
                "Voeg de beelden toe die erbij horen, een voor een."
            )
        )
    if "PixelData" not in source:
        raise BestandGeweigerd(
            _("In dit DICOM-bestand zit geen heel beeld. Exporteer de opname opnieuw.")
        )
    _check_size(source)
    if syntax in _INGEPAKT:
        _check_frame(source)
    return source


def _check_size(source: Dataset) -> None:
    pixels = source.Rows * source.Columns
    weight = pixels * source.SamplesPerPixel * source.BitsAllocated // 8
    if not 0 < pixels <= MAX_PIXELS or not 0 < weight <= MAX_BYTES:
        raise BestandGeweigerd(
            _("Deze opname is te groot om te tonen. Exporteer hem kleiner, of als JPEG.")
        )


def _check_frame(source: Dataset) -> None:
    """What is packed may not be larger than the header says."""
    frame = next(generate_frames(source.PixelData, number_of_frames=1))
    image = Image.open(io.BytesIO(frame), formats=["JPEG", "JPEG2000"])
    if image.size != (source.Columns, source.Rows):
        raise _broken()


def _cleaned(source: Dataset) -> Dataset:
    """Return a new file with the elements that may stay, and the pixels unpacked."""
    kept = Dataset()
    for naam in _BLIJFT:
        if naam in source:
            kept[naam] = _of_its_kind(source[naam])
    for naam, inside in _TABELLEN.items():
        rows = [_only(item, inside) for item in source.get(naam) or []]
        if rows:
            setattr(kept, naam, rows)
    for naam, words in _WOORDEN.items():
        if str(source.get(naam, "")) in words:
            setattr(kept, naam, str(source[naam].value))
    pixels = pixel_array(source)
    kept.PixelData = np.ascontiguousarray(pixels).tobytes()
    kept["PixelData"].VR = "OW" if source.BitsAllocated > 8 else "OB"
    if len(kept.PixelData) % 2:
        kept.PixelData += b"\0"
    if source.SamplesPerPixel == 3:
        kept.PlanarConfiguration = 0
        if source.file_meta.TransferSyntaxUID in _INGEPAKT:
            kept.PhotometricInterpretation = "RGB"
    kept.Modality = kept.get("Modality") or "OT"
    kept.SOPClassUID = SecondaryCaptureImageStorage
    # The own numbers lead to the patient in the archive of the maker. Ours follow from the pixels:
    # the same file twice is the same attachment.
    fingerprint = hashlib.sha256(kept.PixelData).hexdigest()
    for naam in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        setattr(kept, naam, generate_uid(entropy_srcs=[naam, fingerprint]))
    kept.PatientName = kept.PatientID = ""
    kept.PatientIdentityRemoved = "YES"
    kept.DeidentificationMethod = "allow-list"
    return kept


def _only(item: Dataset, names: tuple[str, ...]) -> Dataset:
    row = Dataset()
    for name in names:
        row[name] = _of_its_kind(item[name])
    return row


def _of_its_kind(element: DataElement) -> DataElement:
    """Return the element; refused when the file calls it text where the standard has a number.

    The file says itself of what kind each element is: a name would travel under any tag.
    """
    # Of some tags it is one of two kinds, and the file need not say which: "US or SS".
    if not set(element.VR.split(" or ")) <= set(dictionary_VR(element.tag).split(" or ")):
        raise _broken()
    if element.VR in ("DS", "IS"):
        for number in np.atleast_1d(element.value or []):
            float(number)
    return element


def _written(kept: Dataset) -> bytes:
    kept.file_meta = FileMetaDataset()
    kept.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    kept.file_meta.MediaStorageSOPClassUID = kept.SOPClassUID
    kept.file_meta.MediaStorageSOPInstanceUID = kept.SOPInstanceUID
    out = io.BytesIO()
    kept.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _shown(kept: Dataset) -> Image.Image:
    """Return the image in 8 bits: the window of its maker, else the range that it really uses."""
    pixels = pixel_array(kept)
    if kept.SamplesPerPixel == 3:
        return Image.fromarray(pixels.astype(np.uint8), "RGB")
    first, last = int(pixels.min()), int(pixels.max())
    if last - first >= 1 << 16:
        return Image.fromarray(_grey(pixels, kept), "L")
    # How a value looks is the same everywhere: worked out once for each, not for each pixel. That
    # took 600 MB for an image of 20 million, packed in a file of a kilobyte.
    table = _grey(np.arange(first, last + 1).astype(pixels.dtype), kept)
    shown = np.empty(pixels.shape, np.uint8)
    for row, line in zip(shown, pixels, strict=True):
        row[:] = table[line.astype(np.intp) - first]
    return Image.fromarray(shown, "L")


def _grey(pixels: np.ndarray, kept: Dataset) -> np.ndarray:
    """Return the values in 8 bits, seen through the window of the maker."""
    values = apply_voi_lut(apply_modality_lut(pixels, kept), kept).astype(np.float64)
    low, high = float(values.min()), float(values.max())
    grey = (values - low) * (255 / max(high - low, 1e-9))
    if kept.PhotometricInterpretation == "MONOCHROME1":
        grey = 255 - grey
    return grey.astype(np.uint8)


def _birth_date(source: Dataset) -> date | None:
    try:
        return datetime.strptime(str(source.get("PatientBirthDate", "")), "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None


def _broken() -> BestandGeweigerd:
    return BestandGeweigerd(
        _("Deze DICOM-opname is beschadigd of niet compleet. Exporteer hem opnieuw, of als PNG.")
    )
