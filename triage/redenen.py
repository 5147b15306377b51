"""Why a call cannot be closed yet: a sentence, and the field on the screen that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Reden:
    """What still has to be done; `veld` is the id of its field, empty when there is none."""

    zin: str
    veld: str = ""

    def __str__(self) -> str:
        return self.zin


# A key of `protocol_teksten.FOUTEN` -> where it is mended, in the order of the screen.
VELD_BIJ: Final[Mapping[str, str]] = {
    "telefoon_ontbreekt": "id_telefoon",
    "telefoon_ongeldig": "id_telefoon",
    "naam_ontbreekt": "id_naam",
    "leeftijd_ontbreekt": "id_geboortedatum",
    "leeftijd_buiten_bereik": "id_geboortedatum",
    "adres_ontbreekt": "id_adres",
    "woonplaats_ontbreekt": "id_woonplaats",
    "bsn_formaat": "id_bsn",
    "bsn_elfproef": "id_bsn",
    "bsn_niet_toegestaan": "id_bsn",
    "klacht_ontbreekt": "id_klachten_0",
    "nrs_ontbreekt": "id_nrs_0",
    "nrs_ongeldig": "id_nrs_0",
    "nrs_0_bij_pijn": "id_nrs_0",
    "pijnstilling_middel_ontbreekt": "id_pijnstilling_middel_en_dosis",
    "opname_niet_gemeld": "id_opname_gemeld",
    "reden_patient_niet_zelf_ontbreekt": "id_reden_patient_niet_zelf",
    "tandartscontact_ontbreekt": "dienst",
    "zwaarwegende_gronden_ontbreken": "besluit_zwaarwegende_gronden",
    "afsluitcontrole_onvolledig": "afronden_controles_0",
    "betaling_niet_geinformeerd": "afronden_betaling_gemeld",
    "reden_geen_contact_ontbreekt": "afronden_reden_geen_contact_0",
}
