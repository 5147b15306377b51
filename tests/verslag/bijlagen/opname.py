"""X-rays as sensors write them, with everything of the patient that they write along."""

import io
from datetime import date

import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    ExplicitVRLittleEndian,
    JPEGBaseline8Bit,
    SecondaryCaptureImageStorage,
    generate_uid,
)

from tests.verslag.bijlagen import goed

GEHEIM = ("Kanarievogel", "111222333", "De Brug", "Kanarieserie", "Geheime tekst")
GEBOREN = date(1984, 5, 17)


def dicom(syntax=ExplicitVRLittleEndian, *, rows: int = 60, columns: int = 40, **changes) -> bytes:
    """Return a 12-bit X-ray, dark left and light right; `changes` by keyword, None removes."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = SecondaryCaptureImageStorage
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = generate_uid()
    ds.PatientName = "Kanarievogel^Wilhelmina"
    ds.PatientBirthDate = f"{GEBOREN:%Y%m%d}"
    ds.PatientID = "111222333"
    ds.InstitutionName = "De Brug"
    ds.SeriesDescription = "Kanarieserie"
    ds.RescaleType = "Geheime tekst"
    ds.add_new((0x0009, 0x0010), "LO", "Kanarievogel privé")
    ds.Modality = "IO"
    ds.Rows, ds.Columns, ds.SamplesPerPixel = rows, columns, 1
    ds.PhotometricInterpretation = "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.WindowCenter, ds.WindowWidth = 2048, 4096
    ramp = np.linspace(0, 4095, columns).astype(np.uint16)
    ds.PixelData = np.tile(ramp, (rows, 1)).tobytes()
    ds["PixelData"].VR = "OW"
    for name, value in changes.items():
        if value is None:
            del ds[name]
        else:
            setattr(ds, name, value)
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def packed(**changes) -> bytes:
    """Return one whose pixels are a JPEG of 320×240, in 8 bits."""
    eight = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "WindowCenter": 128}
    frame = goed.encoded(goed.photo(mode="L"), "JPEG")
    return dicom(
        JPEGBaseline8Bit,
        **{
            "rows": 240,
            "columns": 320,
            "PixelData": encapsulate([frame]),
            "WindowWidth": 256,
            **eight,
            **changes,
        },
    )
