"""What is inside a package, as plain values: the signed text, and the files that go with it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass

FORMAAT = 1
# The oldest moment a zip file can name: what is in it has its own dates.
_DATUM = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Stuk:
    """One file of the package: the letter, the FHIR document, or an attachment.

    `deel` is the number of the part it is sealed in; 0: it could not come along, and `ontbreekt`
    says why ("virus", "wacht"). `bestand` names no patient: it ends up in folders and histories.
    `miniatuur` is a data: address. The last five are of attachments only.
    """

    deel: int
    soort: str
    bestand: str
    mimetype: str
    grootte: int = 0
    sha256: str = ""
    ontbreekt: str = ""
    id: str = ""
    nummer: int = 0
    naam: str = ""
    omschrijving: str = ""
    # In words: "röntgenfoto", "foto", "document".
    aard: str = ""
    miniatuur: str = ""

    @property
    def is_beeld(self) -> bool:
        return self.mimetype.startswith("image/")


@dataclass(frozen=True)
class Pakketinhoud:
    """Part 0: the signed version (`inhoud` as it was signed) and the list of files."""

    versie: str
    nummer: int
    sha256: str
    inhoud: dict
    stukken: tuple[Stuk, ...]

    def to_bytes(self) -> bytes:
        return json.dumps({"formaat": FORMAAT, **asdict(self)}, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, plain: bytes) -> "Pakketinhoud":
        data = json.loads(plain)
        data.pop("formaat")
        data["stukken"] = tuple(Stuk(**stuk) for stuk in data["stukken"])
        return cls(**data)

    @property
    def bijlagen(self) -> list[Stuk]:
        return [stuk for stuk in self.stukken if stuk.soort == "bijlage"]

    @property
    def bestanden(self) -> list[Stuk]:
        """Return the files that came along."""
        return [stuk for stuk in self.stukken if stuk.deel]

    def of_kind(self, soort: str) -> Stuk | None:
        """Return the first file of this kind that came along."""
        return next((stuk for stuk in self.bestanden if stuk.soort == soort), None)


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return one zip file of (name, bytes); pictures and PDF do not get smaller, so stored."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _DATUM), content)
    return buffer.getvalue()
