"""The rows of the reglement app."""

from reglement.models.besluit import Besluit, Stemming
from reglement.models.deelname import Deelname
from reglement.models.einde import Einde, Vergoeding
from reglement.models.functie import Functie, Voordracht
from reglement.models.gebied import Gebiedswijziging
from reglement.models.geschil import Geschil, Geschilpartij, Geschilstap
from reglement.models.jaarwiel import Verplichting, Wielmelding
from reglement.models.notulen import Notulen, Notulenakkoord
from reglement.models.post import Rondbezorging, Rondschrijven
from reglement.models.royement import Royement, Royementstap, Royementstuk
from reglement.models.stem import (
    Belangverklaring,
    Doorslagstem,
    Hoofdelijkestem,
    Keuze,
    Stembus,
    Stemopkomst,
)
from reglement.models.stuk import Stuk
from reglement.models.toelating import Toelating, Toelatingstandarts
from reglement.models.veiligheid import Incident, Incidentstap, Veiligheidsblad
from reglement.models.vergadering import (
    Aanwezigheid,
    Agendapunt,
    Uitnodiging,
    Vergadering,
    Vergaderstap,
)
from reglement.models.versie import Ondertekening, Reglementversie

__all__ = [
    "Aanwezigheid",
    "Agendapunt",
    "Belangverklaring",
    "Besluit",
    "Deelname",
    "Doorslagstem",
    "Einde",
    "Functie",
    "Gebiedswijziging",
    "Geschil",
    "Geschilpartij",
    "Geschilstap",
    "Hoofdelijkestem",
    "Incident",
    "Incidentstap",
    "Keuze",
    "Notulen",
    "Notulenakkoord",
    "Ondertekening",
    "Reglementversie",
    "Rondbezorging",
    "Rondschrijven",
    "Royement",
    "Royementstap",
    "Royementstuk",
    "Stembus",
    "Stemming",
    "Stemopkomst",
    "Stuk",
    "Toelating",
    "Toelatingstandarts",
    "Uitnodiging",
    "Veiligheidsblad",
    "Vergadering",
    "Vergaderstap",
    "Vergoeding",
    "Verplichting",
    "Voordracht",
    "Wielmelding",
]
