"""Make and sign reports inside a running house; called through its shell."""

from email import message_from_bytes

from kern import crypto
from kern.actor import Actor
from kern.outbox import place_of
from kern.tenancy import all_kring_ids, kring_context
from kring.models import Gebruiker, Tandarts
from tests import factories
from verslag.actions import open_verslag, save_verslag, sign_verslag
from verslag.models import Overdracht


def sign_some(number: int) -> list[str]:
    """Sign this many new reports, each in its own transaction; return their Message-IDs."""
    return [_sign_one() for _ in range(number)]


def _sign_one() -> str:
    kring_id = all_kring_ids()[0]
    with kring_context(kring_id):
        auteur = Tandarts.objects.filter(gebruiker__isnull=False).first()
        nummer = 900_000 + Overdracht.objects.count()
        oproep = factories.OproepFactory(
            kring_id=kring_id,
            nummer=nummer,
            behandelaar=auteur,
            aangenomen_door=Gebruiker.objects.first(),
            patient=factories.PatientFactory(
                kring_id=kring_id,
                eigen_tandarts=factories.EigenTandartsFactory(
                    kring_id=kring_id, email=f"storing{nummer}@elders.example"
                ),
            ),
        )
        by = Actor(auteur.naam, auteur.gebruiker_id, kring_id, doel="zorgverlening")
        verslag = open_verslag(oproep, by=by)
        gegevens = {
            "spoedklacht": "Voortand uit de mond na een val.",
            "bevindingen": "Element 11 geavulseerd.",
            "diagnose": "Avulsie 11.",
            "behandeling": "Teruggeplaatst en gespalkt.",
        }
        save_verslag(verslag, gegevens=gegevens, versie=verslag.versie, by=by)
        versie = sign_verslag(verslag, by=by)
        bericht = versie.overdrachten.get().bericht
        mail = crypto.unseal(bericht.inhoud, place=place_of(bericht))
        return message_from_bytes(mail)["Message-ID"]
