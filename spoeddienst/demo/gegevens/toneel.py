"""The stage: people, clock and the steps of a call, each played through the real action."""

from datetime import date, datetime, timedelta
from itertools import cycle, islice

from kern.actor import Actor
from kern.tijd import to_local
from kern.toegang import Rol
from kring.models import EigenTandarts, Gebruiker, Tandarts
from rooster.models import Dienst
from spoeddienst.demo.gegevens.klachten import CONTROLES, Klacht
from spoeddienst.demo.gegevens.klok import Klok
from spoeddienst.demo.gegevens.kringen import Bezetting
from triage import actions as triage
from triage.models import JaNeeOnbekend, Oproep, Tandartsbericht
from verslag import actions as verslag
from verslag.models import Verslag

# Seconds from the ringing phone to the outcome; a tooth that is out asks for nothing first.
TIKTIJD = (64, 118, 95, 171, 82, 233, 74)
AVULSIETIJD = (17, 28, 22, 41)

GESPROKEN, NIET_BEREIKT, VOICEMAIL = "gesproken", "niet_bereikt", "voicemail"


class Toneel:
    """One kring in which stories are played."""

    def __init__(self, rows: Bezetting, diensten: list[Dienst], klok: Klok):
        self.rows = rows
        self.diensten = diensten
        self.klok = klok
        self.bron = rows.bron
        self._triagisten = cycle(rows.triagisten)
        self._eigen = cycle(rows.eigen)
        self._tiktijd, self._avulsietijd = cycle(TIKTIJD), cycle(AVULSIETIJD)
        self.triagist = self.actor(next(self._triagisten), Rol.TRIAGE)

    # --- who

    def actor(self, gebruiker: Gebruiker, rol: Rol) -> Actor:
        return Actor(
            naam=gebruiker.naam,
            gebruiker_id=gebruiker.pk,
            kring_id=self.rows.kring.pk,
            rollen=frozenset({rol.value}),
            doel="zorgverlening",
            toegangspunt="192.0.2.10",  # an address for examples,
        )

    def on_duty(self) -> Tandarts:
        """Return who is called now; a call of this hour goes to whoever has the duty right now."""
        moment = self.klok.moment
        if self.klok.nu - moment < timedelta(hours=3):
            moment = self.klok.nu
        return next(d for d in self.diensten if d.begin <= moment < d.einde).dienstdoende

    def duty(self) -> Dienst:
        """Return the duty of the played moment: just after a change that is the one before."""
        moment = self.klok.moment
        return next(d for d in self.diensten if d.begin <= moment < d.einde)

    def standby(self) -> Tandarts:
        return self.duty().achterwacht

    def dentist(self, oproep: Oproep) -> Actor:
        return self.actor(oproep.behandelaar.gebruiker, Rol.TANDARTS)

    # --- the phone rings

    def start(self, moment: datetime) -> Oproep:
        self.klok.zet(moment)
        self.triagist = self.actor(next(self._triagisten), Rol.TRIAGE)
        return triage.start_oproep(
            kring_id=self.rows.kring.pk, by=self.triagist, telefoon=self.bron.mobiel()
        )

    def enter(self, moment: datetime) -> Oproep:
        """Enter a call of then, now, from paper."""
        self.klok.zet(self.klok.nu)
        self.triagist = self.actor(next(self._triagisten), Rol.TRIAGE)
        return triage.enter_from_paper(
            kring_id=self.rows.kring.pk,
            aangenomen_op=moment,
            aangenomen_door_id=self.triagist.person_id,
            by=self.triagist,
        )

    def calm(self, oproep: Oproep, *stappen: str) -> None:
        for stap in stappen:
            self.klok.verder(seconds=40)
            triage.log_agressiestap(oproep, stap=stap, by=self.triagist)

    def raise_call(self, oproep: Oproep, reden: str) -> None:
        triage.raise_oproep(oproep, reden=reden, by=self.triagist)

    def answer(self, oproep: Oproep, klacht: Klacht, **extra) -> None:
        triage.save_antwoorden(
            oproep,
            antwoorden={**oproep.antwoorden, **klacht.antwoorden, **extra},
            omschrijving=klacht.omschrijving,
            versie=oproep.versie,
            by=self.triagist,
        )

    def name_patient(self, oproep: Oproep, klacht: Klacht, *, eigen: str = "ja", **extra) -> None:
        """Give the call a new patient; `eigen` is ja, nee, onbekend or zonder_adres."""
        with_address = eigen == "ja"
        triage.save_patient(
            oproep,
            by=self.triagist,
            gegevens={
                "naam": self.bron.naam(),
                "geboortedatum": self._birthday(klacht),
                "adres": self.bron.adres(),
                "postcode": self.bron.postcode(),
                "woonplaats": self.bron.plaats(),
                "telefoon": oproep.telefoon_beller,
                "bsn": self.bron.bsn(),
                "heeft_eigen_tandarts": "ja" if eigen == "zonder_adres" else eigen,
                "eigen_tandarts": self._own_dentist() if with_address else None,
                **extra,
            },
        )

    def recognise(self, oproep: Oproep) -> None:
        """Tie the patient of the last closed call to this one."""
        earlier = Oproep.objects.filter(status="afgerond", patient__isnull=False)
        patient = earlier.latest("aangenomen_op").patient
        triage.save_patient(oproep, patient=patient, by=self.triagist)

    def _birthday(self, klacht: Klacht) -> date:
        age = self.bron.kans.randint(*klacht.leeftijd)
        days = int(age * 365.25) + self.bron.kans.randint(5, 340)
        return to_local(self.klok.nu).date() - timedelta(days=days)

    def _own_dentist(self) -> EigenTandarts:
        """Return the next one; nothing goes to an address that turned out to be wrong."""
        for row in islice(self._eigen, len(self.rows.eigen)):
            row.refresh_from_db()
            if row.controle != row.Controle.FOUT:
                return row
        raise RuntimeError("the kring has no own dentist to send to")

    def last_own_dentist(self) -> EigenTandarts:
        """Return the good one at the end of the list: whoever tries the demo takes the first."""
        return EigenTandarts.objects.exclude(controle=EigenTandarts.Controle.FOUT).latest("naam")

    def take(self, moment: datetime, klacht: Klacht, *, eigen: str = "ja", **patient) -> Oproep:
        """The first minutes of a call: complaint, outcome, patient."""
        oproep = self.start(moment)
        is_avulsie = "avulsie" in klacht.antwoorden["klachten"]
        self.klok.verder(seconds=next(self._avulsietijd if is_avulsie else self._tiktijd))
        self.answer(oproep, klacht)
        self.klok.verder(minutes=1)
        self.name_patient(oproep, klacht, eigen=eigen, **patient)
        return oproep

    def call_dentist(self, oproep: Oproep, *results: str, rol: str = "dienstdoende") -> None:
        tandarts = self.on_duty() if rol == "dienstdoende" else self.standby()
        for result in results:
            self.klok.verder(minutes=1)
            triage.log_contactpoging(
                oproep, tandarts=tandarts, rol=rol, resultaat=result, by=self.triagist
            )

    def decide(self, oproep: Oproep, besluit: str, toelichting: str) -> None:
        triage.record_besluit(oproep, besluit=besluit, toelichting=toelichting, by=self.triagist)

    def agree(self, oproep: Oproep, klacht: Klacht, *, over: float) -> None:
        """Agree on a time, a number of minutes from now, on a whole five minutes."""
        moment = self.klok.moment + timedelta(minutes=over)
        whole = moment.replace(second=0, microsecond=0)
        triage.record_besluit(
            oproep,
            besluit=Oproep.Besluit.ZIEN,
            toelichting=klacht.besluit,
            moment=whole + timedelta(minutes=-whole.minute % 5),
            betaling_gemeld=True,
            by=self.triagist,
        )

    # --- the dentist answers on the telephone

    def message(self, oproep: Oproep) -> Tandartsbericht:
        """Return the message about this call; sent now when no missed call did that."""
        known = oproep.tandartsberichten.order_by("verstuurd_op").last()
        return known or triage.send_bericht(
            oproep, tandarts=self.duty().dienstdoende, rol="dienstdoende", by=self.triagist
        )

    def reader(self, bericht: Tandartsbericht) -> Actor:
        return self.actor(bericht.tandarts.gebruiker, Rol.TANDARTS)

    def take_back(self, oproep: Oproep) -> None:
        """Note that the last attempt was a slip of the finger."""
        poging = oproep.contactpogingen.last()
        triage.retract_contactpoging(poging, reden="Verkeerde knop.", by=self.triagist)

    def close(self, oproep: Oproep, *, reden_geen_contact: str = "") -> None:
        self.klok.verder(minutes=1)
        triage.close_oproep(
            oproep,
            controles=CONTROLES,
            by=self.triagist,
            reden_geen_contact=reden_geen_contact,
        )

    # --- the patient comes

    def see(self, oproep: Oproep) -> None:
        self.klok.zet(max(self.klok.moment, oproep.afspraak_om))
        triage.mark_gezien(oproep, by=self.dentist(oproep))

    def write(self, oproep: Oproep, klacht: Klacht, **changes) -> Verslag:
        self.klok.verder(minutes=20)
        by = self.dentist(oproep)
        row = verslag.open_verslag(oproep, by=by)
        patient = row.dossier.patient
        return verslag.save_verslag(
            row,
            gegevens={
                **klacht.verslag,
                "geen_bsn_reden": ""
                if patient.bsn
                else "Patiënt had geen identiteitsbewijs bij zich.",
                "advies_eigen_tandarts": patient.heeft_eigen_tandarts == JaNeeOnbekend.NEE,
                **changes,
            },
            versie=row.versie,
            by=by,
        )

    def attach(
        self, oproep: Oproep, row: Verslag, foto: bytes, naam: str, te_zien: str, **more
    ) -> None:
        """Add a picture, through the same door as an upload."""
        verslag.add_bijlage(
            row,
            keuring=verslag.judge_upload(foto, naam, size=len(foto)),
            omschrijving=te_zien,
            by=self.dentist(oproep),
            **more,
        )

    def sign(self, oproep: Oproep, row: Verslag, *, reden: str = ""):
        self.klok.verder(minutes=2)
        return verslag.sign_verslag(row, by=self.dentist(oproep), reden=reden)
