"""A kring of six practices with rules, and a procedure that can be walked to any point."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kern.tijd import to_local
from reglement.actions import royement as acties
from reglement.inhoud.variabelen import VOORSTEL
from reglement.models import Agendapunt, Royement, Uitnodiging, Vergadering
from reglement.pdfstuk import Pdfstuk
from reglement.royement import gang
from tests import factories

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FEITEN = "Drie diensten achtereen was niemand bereikbaar."
NAMEN = ("De Brug", "Aan de Vecht", "Otterspoor", "Het Veer", "Zuilenpoort", "De Molen")


@pytest.fixture
def vandaag():
    return to_local(timezone.now()).date()


@pytest.fixture
def invulling():
    """What the kring filled in; a test may give its own."""
    return VOORSTEL


@pytest.fixture
def versie(kring, invulling):
    return factories.ReglementversieFactory(kring=kring, variabelen=dict(invulling))


@pytest.fixture
def praktijken(kring, versie):
    """Six practices, each with somebody who speaks for it: a second meeting needs four as well."""
    rows = [factories.DeelnemerFactory(kring=kring, naam=f"Praktijk {naam}") for naam in NAMEN]
    for row in rows:
        factories.LidmaatschapFactory(kring=kring, rol="vertegenwoordiger", deelnemer=row)
    return rows


@pytest.fixture
def betrokkene(praktijken):
    return praktijken[0]


@pytest.fixture
def spreekt():
    """Return who speaks for a practice."""

    def who(deelnemer):
        from kring.models import Lidmaatschap

        return Lidmaatschap.objects.get(deelnemer=deelnemer, rol="vertegenwoordiger").gebruiker

    return who


class Loop:
    """Walks a procedure by its own actions; of meetings and votes it makes the rows."""

    def __init__(self, kring, praktijken, by, vandaag):
        self.kring, self.praktijken, self.by, self.vandaag = kring, praktijken, by, vandaag
        self.royement: Royement | None = None

    def begin(self, **anders) -> Royement:
        gegevens = {
            "deelnemer": self.praktijken[0],
            "grond": "afspraken",
            "feiten": FEITEN,
            "op": self.vandaag - timedelta(days=60),
        } | anders
        self.royement = acties.start(**gegevens, by=self.by)
        return self.royement

    def propose(self, vorm="voorwaardelijk", **anders):
        gegevens = {
            "over": "praktijk",
            "vorm": vorm,
            "tekst": "Voortaan is er altijd iemand bereikbaar.",
            "op": self.vandaag - timedelta(days=59),
        } | anders
        return acties.propose(self.royement, **gegevens, by=self.by)

    def add_stuk(self, inhoud=PDF):
        return acties.add_stuk(
            self.royement,
            stuk=Pdfstuk("overzicht.pdf", inhoud),
            omschrijving="De gemiste diensten",
            by=self.by,
        )

    def call(self, *, dagen=21, zitting="eerste", soort=None, eerste=None, over=0) -> Agendapunt:
        """Make a meeting of today that was called so many days ago, with this on its agenda."""
        begint = timezone.now() + timedelta(days=over)
        vergadering = factories.VergaderingFactory(
            kring=self.kring,
            begint_op=begint,
            opgeroepen_op=begint - timedelta(days=dagen),
            zitting=zitting,
            eerste=eerste,
        )
        wanted = gang.point_for(gang.read(self.royement))
        punt = factories.AgendapuntFactory(
            kring=self.kring,
            vergadering=vergadering,
            royement=self.royement,
            besluitsoort=soort or (wanted.besluitsoort if wanted else "voorwaardelijk"),
        )
        for row in self.praktijken:
            factories.UitnodigingFactory(kring=self.kring, vergadering=vergadering, deelnemer=row)
        return punt

    def announce(self, punt=None, **anders):
        punt = punt or self.call(**anders)
        acties.note_point(punt, by=self.by)
        return punt

    def hear(self, wijze="gehoord"):
        return acties.hear(
            self.royement,
            wijze=wijze,
            tekst="Zij zegt dat het een storing was.",
            op=self.vandaag - timedelta(days=1),
            by=self.by,
        )

    def vote(
        self, punt, *, voor, tegen=0, blanco=0, aanwezig=None, uitkomst="aangenomen", **anders
    ):
        """Close a vote on the point, with its decision."""
        there = voor + tegen + blanco if aanwezig is None else aanwezig
        uitslag = {
            "leden": len(self.praktijken),
            "aanwezig": there,
            "basis": there,
            "quorum_nodig": 4,
            "quorum_gehaald": there >= 4,
            "voor": voor,
            "tegen": tegen,
            "blanco": blanco,
        } | anders
        stemming = factories.StemmingFactory(
            kring=self.kring,
            agendapunt=punt,
            regel="royement",
            status="gesloten",
            gesloten_op=timezone.now(),
            uitslag=uitslag,
            betrokkene=self.praktijken[0],
        )
        return factories.BesluitFactory(
            kring=self.kring,
            agendapunt=punt,
            stemming=stemming,
            uitkomst=uitkomst,
            besluitsoort=punt.besluitsoort,
        )

    def close_without_vote(self, punt, *, aanwezig: int):
        """Close the meeting after so many deelnemers came and nobody voted."""
        begin = timezone.now() - timedelta(hours=1)
        for row in self.praktijken[:aanwezig]:
            factories.AanwezigheidFactory(
                kring=self.kring, vergadering=punt.vergadering, deelnemer=row, op=begin
            )
        Vergadering.objects.filter(pk=punt.vergadering_id).update(
            status="gesloten", gesloten_op=timezone.now()
        )
        punt.vergadering.refresh_from_db()

    def to_vote(self, vorm="voorwaardelijk") -> Agendapunt:
        self.begin()
        self.propose(vorm)
        self.add_stuk()
        punt = self.announce()
        self.hear()
        return punt

    def to_carried(self, vorm="voorwaardelijk"):
        self.vote(self.to_vote(vorm), voor=4, tegen=2)
        acties.note_vote(self.royement, by=self.by)
        acties.tell_result(self.royement, op=self.vandaag, by=self.by)

    def decide(self, **anders):
        gegevens = {"redenen": "De patiënten stonden voor een dichte deur.", "op": self.vandaag}
        if gang.read(self.royement).is_voorwaardelijk:
            gegevens |= {
                "voorwaarden": "Elke dienst is er iemand.\nDe telefoon wordt opgenomen.",
                "termijn_einde": self.vandaag + timedelta(days=60),
            }
        return acties.decide(self.royement, **gegevens | anders, by=self.by)

    @property
    def stand(self):
        return str(gang.read(self.royement).fase)

    def invited(self, punt) -> Uitnodiging:
        return Uitnodiging.objects.filter(vergadering=punt.vergadering)


@pytest.fixture
def loop(kring, praktijken, coordinator, actor, vandaag):
    return Loop(kring, praktijken, actor(coordinator), vandaag)
