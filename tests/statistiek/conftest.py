"""A kring full of calls, made straight into the tables: the figures only read."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from kern.tijd import AMSTERDAM
from tests import factories
from triage.models import Contactpoging, Oproep, Patient, Termijn

KLACHTEN = ("ongemak", "pijn", "dikke_wang", "nabloeding", "tandletsel", "avulsie", "anders")


def local(*parts, fold=0) -> datetime:
    """Return the moment at which the Amsterdam clock shows this, fit for arithmetic."""
    return datetime(*parts, tzinfo=AMSTERDAM, fold=fold).astimezone(UTC)


@pytest.fixture
def call(kring, triagist):
    """Make one call; `gebeld` are (seconds after answering, result) of contact attempts."""
    numbers = iter(range(1, 100_000))
    tandarts = factories.TandartsFactory(kring=kring)

    def make(moment, *, gebeld=(), patient=None, kring_=None, **fields):
        row = Oproep.objects.create(
            kring=kring_ or kring,
            nummer=next(numbers),
            aangenomen_op=moment,
            aangenomen_door=triagist,
            patient=patient,
            **fields,
        )
        for seconds, resultaat in gebeld:
            Contactpoging.objects.create(
                kring=row.kring,
                oproep=row,
                tandarts=tandarts,
                rol="dienstdoende",
                resultaat=resultaat,
                moment=moment + timedelta(seconds=seconds),
                door=triagist,
            )
        return row

    return make


@pytest.fixture
def many(call, kring):
    """Make calls of every sort around a moment, the same for the same seed."""

    def make(aantal, *, begin, dagen, zaad=1):
        kans = random.Random(zaad)
        patients = [_patient(kring, kans) for _ in range(aantal // 3)]
        return [_random_call(call, kans, patients, begin, dagen) for _ in range(aantal)]

    return make


def _patient(kring, kans) -> Patient:
    return Patient.objects.create(
        kring=kring,
        naam=kans.choice(["", "Noor Proef", "Noor Proef"]),
        adres=kans.choice(["", "Kerkplein 2", "Kerkplein 2"]),
        woonplaats=kans.choice(["", "Zutphen", "Zutphen", "Zutphen"]),
        telefoon=kans.choice(["", "+31612345678", "+31612345678"]),
        geboortedatum=kans.choice([None, date(1980, 3, 1), date(2018, 6, 1)]),
        heeft_eigen_tandarts=kans.choice(["ja", "nee", "onbekend"]),
    )


def _random_call(call, kans, patients, begin, dagen) -> Oproep:
    moment = begin + timedelta(seconds=kans.randrange(dagen * 86_400))
    contact = kans.choice(["verplicht", "verplicht", "aanbevolen", "niet_nodig", ""])
    uitkomst = {"moet_gezien": kans.choice(["ja", "tandarts_bepaalt", "vooralsnog_niet"])}
    norm = kans.choice([None, 30, 60, 1440])
    if norm:
        uitkomst["zien_binnen_min"] = norm
    besluit = kans.choice(["", "zien", "zien", "instructie", "eerstehulp", "uitstel"])
    status = kans.choice(["afgerond", "afgerond", "afgerond", "open"])
    klachten = sorted(set(kans.choices(KLACHTEN, k=kans.choice([1, 1, 2]))))
    antwoorden = {
        "klachten": klachten,
        **{k: v for k, v in (("nrs", 5), ("opname_gemeld", True)) if kans.random() < 0.8},
    }
    if kans.random() < 0.8:
        antwoorden["ingeschreven_bij_deelnemer"] = "ja"
    if kans.random() < 0.4:
        antwoorden["leeftijd_jaren"] = kans.choice([6, 40])
    seconds = kans.randrange(10, 400)
    return call(
        moment,
        gebeld=[
            (kans.randrange(20, 900), kans.choice(["gesproken", "voicemail"]))
            for _ in range(kans.randrange(3))
        ],
        patient=kans.choice([*patients, None]),
        contact=contact,
        uitkomst=uitkomst if contact else {},
        uitkomst_op=moment + timedelta(seconds=seconds) if contact else None,
        verplicht_op=moment + timedelta(seconds=seconds)
        if contact == "verplicht" and kans.random() < 0.8
        else None,
        zien_voor=moment + timedelta(minutes=norm) if norm else None,
        gezien_op=moment + timedelta(minutes=kans.randrange(10, 2000))
        if besluit == "zien" and kans.random() < 0.8
        else None,
        besluit=besluit,
        status=status,
        afgerond_op=moment + timedelta(hours=2) if status == "afgerond" else None,
        afbreekreden=kans.choice(["", "", "", "opgehangen"]) if status == "afgerond" else "",
        antwoorden=antwoorden,
        reden_geen_contact=kans.choice(["minder", "wil_niet", "", "vond het niet nodig"]),
        is_nagevoerd=kans.random() < 0.1,
        omschrijving=kans.choice(["", "Voortand los.", "Voortand los."]),
        telefoon_beller=kans.choice(["", "+31612345678"]),
    )


@pytest.fixture
def timer():
    """Make one clock of a call; moments in seconds after answering."""

    def make(oproep, soort, *, verval, gesloten=None, reden="gehaald"):
        begin = oproep.aangenomen_op
        return Termijn.objects.create(
            kring=oproep.kring,
            oproep=oproep,
            soort=soort,
            begint_op=begin,
            vervalt_op=begin + timedelta(seconds=verval),
            gesloten_op=None if gesloten is None else begin + timedelta(seconds=gesloten),
            sluitreden="" if gesloten is None else reden,
        )

    return make
