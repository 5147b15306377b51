"""A room full of deelnemers to vote in."""

from datetime import timedelta

from django.utils import timezone

from kern.actor import Actor
from reglement.actions import stemmen as acties
from reglement.models import Aanwezigheid
from tests import factories


class Stemzaal:
    """A running meeting with `leden` practices of which the first `aanwezig` are there.

    Everything is written to the rows at once: how a meeting gets there is not what these test.
    """

    def __init__(
        self,
        kring,
        *,
        leden=6,
        aanwezig=None,
        besluitsoort="niet_voorzien",
        eerste_nummer=0,
        **vergadering,
    ):
        self.kring = kring
        now = timezone.now()
        self.voorzitter = factories.LidmaatschapFactory(
            kring=kring, rol="coordinator", gebruiker__naam="Voorzitter"
        ).gebruiker
        self.praktijken, self.personen = [], []
        for n in range(eerste_nummer, eerste_nummer + leden):
            praktijk = factories.DeelnemerFactory(kring=kring, naam=f"Praktijk {n:03d}")
            lid = factories.LidmaatschapFactory(
                kring=kring, rol="vertegenwoordiger", deelnemer=praktijk
            )
            self.praktijken.append(praktijk)
            self.personen.append(lid.gebruiker)
        self.vergadering = factories.VergaderingFactory(
            kring=kring,
            **{
                "status": "open",
                "begint_op": now - timedelta(hours=1),
                "geopend_op": now - timedelta(minutes=50),
                "voorzitter": self.voorzitter,
                **vergadering,
            },
        )
        for n in range(leden if aanwezig is None else aanwezig):
            self.note(n, "binnen", op=now - timedelta(minutes=55))
        self.punt = self.point(besluitsoort)

    def point(self, besluitsoort="niet_voorzien", **onderwerp):
        return factories.AgendapuntFactory(
            kring=self.kring,
            vergadering=self.vergadering,
            volgorde=self.vergadering.agendapunten.count() + 1,
            besluitsoort=besluitsoort,
            **onderwerp,
        )

    def note(self, n, soort, *, op=None, op_afstand=False):
        return Aanwezigheid.objects.create(
            kring=self.kring,
            vergadering=self.vergadering,
            deelnemer=self.praktijken[n],
            gebruiker=self.personen[n],
            soort=soort,
            op_afstand=op_afstand,
            op=op or timezone.now(),
            genoteerd_door=self.voorzitter,
        )

    def actor(self, gebruiker, *rollen):
        return Actor(
            naam=gebruiker.naam,
            gebruiker_id=gebruiker.pk,
            kring_id=self.kring.pk,
            rollen=frozenset(rollen),
            doel="organisatie",
            toegangspunt="127.0.0.1",
        )

    @property
    def leider(self):
        return self.actor(self.voorzitter, "coordinator")

    def voter(self, n):
        return self.actor(self.personen[n], "vertegenwoordiger")

    def open(self, punt=None, **kwargs):
        kwargs = {
            "vraag": "Komt er een tweede achterwacht?",
            "voorstel": "Er komt een tweede achterwacht.",
            **kwargs,
        }
        return acties.open_stemming(punt or self.punt, by=self.leider, **kwargs)

    def cast(self, stemming, n, keuze):
        acties.cast_stem(
            stemming, deelnemer_id=self.praktijken[n].pk, keuze=keuze, by=self.voter(n)
        )

    def vote(self, keuzes, **kwargs):
        """Hold a whole vote: a letter v, t, b for each practice in order, a dot for none."""
        stemming = self.open(**kwargs)
        words = {"v": "voor", "t": "tegen", "b": "blanco"}
        for n, letter in enumerate(keuzes):
            if letter in words:
                self.cast(stemming, n, words[letter])
        return acties.close_stemming(stemming, by=self.leider)
