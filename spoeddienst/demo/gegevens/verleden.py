"""Twelve quiet weeks: calls that ended in advice, so that the figures have something to draw.

Straight into the tables: played one by one this would be many seconds of work and a thousand log
lines about nothing. The outcome of each is asked of the protocol itself. No dentist was spoken to,
so no report is waiting for anybody.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from django.db.models import Max

from kern.tijd import to_local
from kern.toegang import Rol
from oefening import actions as oefening
from oefening import casussen, score
from spoeddienst.demo.gegevens.klachten import (
    CONTROLES,
    NABLOEDING_GERING,
    ONGEMAK,
    OPNAME,
    PIJN_ADVIES,
    Klacht,
)
from spoeddienst.demo.gegevens.kringen import Bezetting, Recept
from spoeddienst.demo.gegevens.namen import Bron
from spoeddienst.demo.gegevens.toneel import Toneel
from triage import intake
from triage.models import Oproep, Patient, Protocolversie, Termijn

WEKEN = 12
# Every hour of the evening, the night and the weekend, as often as the phone rings then.
_DRUKTE = {8: 2, 10: 4, 12: 4, 14: 3, 17: 6, 18: 9, 19: 10, 20: 9, 21: 7, 22: 4, 0: 2, 3: 1, 6: 2}
PIJN_ZEVEN = Klacht(
    "Kiespijn die opkomt en weer zakt. Nog niets ingenomen.",
    {**PIJN_ADVIES.antwoorden, "nrs": 7},
)
PIJN_WEEKEND = Klacht(
    "Kies doet pijn bij het kauwen, eigen tandarts pas maandag.",
    {**PIJN_ADVIES.antwoorden, "eigen_tandarts_binnen_24u": "nee"},
)
_SOORTEN = (
    *(PIJN_ADVIES,) * 5,
    *(ONGEMAK,) * 4,
    *(NABLOEDING_GERING,) * 2,
    *(PIJN_ZEVEN, PIJN_WEEKEND),
)
_REDENEN = Oproep.RedenGeenContact
_OVERGESLAGEN = (_REDENEN.MINDER, _REDENEN.MINDER, _REDENEN.EIGEN_TANDARTS, _REDENEN.WIL_NIET)


def make_calls(rows: Bezetting, recept: Recept, nu: datetime, aantal: int) -> None:
    """Make the calls of the past weeks, under the version of the protocol of their moment."""
    staff = {lid.naam for lid in rows.triagisten} | {t.naam for t in rows.tandartsen}
    bron = Bron(recept.seed + 4, recept.gebied, recept.plaatsen, staff)
    last = Oproep.objects.filter(kring=rows.kring).aggregate(last=Max("nummer"))["last"]
    nummers = count(last + 1)
    versions = list(
        Protocolversie.objects.filter(kring=rows.kring, van_kracht_vanaf__isnull=False).order_by(
            "-van_kracht_vanaf"
        )
    )
    calls, patients, clocks = [], [], []
    for moment in sorted(_moments(bron, nu, aantal)):
        klacht = bron.kans.choice(_SOORTEN)
        patient = _patient(rows, bron, klacht, moment)
        version = next((v for v in versions if v.van_kracht_vanaf <= moment), None)
        call = _call(rows, bron, klacht, patient, moment, version=version)
        call.nummer = next(nummers)
        calls.append(call)
        if call.patient_id:
            patients.append(patient)
        if call.terugbellen_om and not call.afbreekreden:
            clocks.append(_clock(call))
    Patient.objects.bulk_create(patients)
    Oproep.objects.bulk_create(calls)
    Termijn.objects.bulk_create(clocks)


def _moments(bron: Bron, nu: datetime, aantal: int) -> Iterator[datetime]:
    hours, weights = list(_DRUKTE), list(_DRUKTE.values())
    while aantal:
        ago = timedelta(days=bron.kans.randrange(1, 7 * WEKEN))
        hour, minute = bron.kans.choices(hours, weights)[0], bron.kans.randrange(60)
        moment = (nu - ago).replace(minute=minute, second=bron.kans.randrange(60))
        # By day the practices are open, except in the weekend.
        local = to_local(moment)
        moment += timedelta(hours=hour - local.hour)
        local = to_local(moment)
        if moment < nu - timedelta(hours=14) and (local.weekday() >= 5 or not 8 <= local.hour < 17):
            aantal -= 1
            yield moment


def _patient(rows: Bezetting, bron: Bron, klacht: Klacht, moment: datetime) -> Patient:
    age = bron.kans.randint(*klacht.leeftijd)
    return Patient(
        kring=rows.kring,
        naam=bron.naam(),
        geboortedatum=date(moment.year - age, bron.kans.randint(1, 12), bron.kans.randint(1, 28)),
        adres=bron.adres(),
        postcode=bron.postcode(),
        woonplaats=bron.plaats(),
        telefoon=bron.mobiel(),
        heeft_eigen_tandarts=bron.kans.choices(("ja", "onbekend"), (15, 1))[0],
    )


def _call(
    rows: Bezetting,
    bron: Bron,
    klacht: Klacht,
    patient: Patient,
    moment: datetime,
    *,
    version: Protocolversie | None,
) -> Oproep:
    kans = bron.kans
    aborted = kans.random() < 0.06
    seconds = int(kans.triangular(35, 320, 90))
    call = Oproep(
        kring=rows.kring,
        aangenomen_op=moment,
        aangenomen_door=kans.choice(rows.triagisten),
        protocolversie=version,
        patient=None if aborted else patient,
        telefoon_beller=patient.telefoon,
        antwoorden={**OPNAME, **klacht.antwoorden},
        omschrijving=klacht.omschrijving,
    )
    if kans.random() < 0.95:
        call.antwoorden["ingeschreven_bij_deelnemer"] = kans.choice(("ja", "ja", "nee"))
    intake.apply_outcome(call, intake.judge(call))
    call.uitkomst_op = moment + timedelta(seconds=seconds)
    waits = call.terugbellen_om is not None and not aborted
    talked = timedelta(seconds=seconds + kans.randrange(90, 400))
    call.status = Oproep.Status.AFGEROND
    call.afgerond_op = moment + talked
    if waits:
        late = kans.choice((-20, -8, -3, -1, 1, 3, 4, 9))
        call.afgerond_op = call.terugbellen_om + timedelta(minutes=late)
    call.afgerond_door = call.aangenomen_door
    call.afsluitcontroles = [] if aborted else sorted(CONTROLES)
    if aborted:
        call.afbreekreden = kans.choice(("opgehangen", "opgehangen", "geen_gegevens", "verkeerd"))
    elif call.contact == Oproep.Contact.AANBEVOLEN:
        call.reden_geen_contact = kans.choice(_OVERGESLAGEN)
    return call


def _clock(call: Oproep) -> Termijn:
    return Termijn(
        kring=call.kring,
        oproep=call,
        soort=Termijn.Soort.TERUGBELLEN,
        begint_op=call.aangenomen_op,
        vervalt_op=call.terugbellen_om,
        gesloten_op=call.afgerond_op,
        sluitreden=Termijn.Sluitreden.GEHAALD,
    )


def practise(toneel: Toneel, aantal: int) -> None:
    """Let the people at the phone practise: some rightly, some too lightly about a bleeding."""
    cases = casussen.cases()
    for person, gebruiker in enumerate(toneel.rows.triagisten):
        by = toneel.actor(gebruiker, Rol.TRIAGE)
        for number in range(aantal):
            case = cases[(7 * number + 3 * person) % len(cases)]
            toneel.klok.zet(toneel.klok.nu - timedelta(days=20 - number, hours=3 * person))
            poging = oefening.start_casus(case, kring_id=toneel.rows.kring.pk, by=by)
            right = casussen.right_outcome(case.feiten)
            wrong = case.tabel == "bloeding" and person == 0
            toneel.klok.verder(minutes=4)
            oefening.hand_in(
                poging,
                keuze=score.Keuze(
                    "niet_nodig" if wrong else right.contact_tandarts.value,
                    "niet_spoed" if wrong else score.right_term(right).value,
                    right.terugbel_minuten,
                    frozenset(right.adviezen[: 1 + number % 4]),
                ),
                by=by,
            )
