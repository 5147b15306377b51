"""The demo data: complete, the same every time, and apart per kring."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db.models import Q

from bereikbaarheid.models import Doorschakeling, Weekbericht, Weekbezorging
from bereikbaarheid.stand import startstanden
from kern.models import Zending
from kern.tenancy import kring_context
from kern.tijd import db_now, from_local
from kern.velden import normalize_bsn, normalize_phone
from kring.models import Deelnemer, Gebruiker, Kring, Lidmaatschap, Tandarts
from oefening.models import Oefenpoging
from rooster.kader.feestdagen import free_days
from rooster.kader.rijen import calendar_of, shares_of
from rooster.models import Dienst, Roosterperiode, Ruilverzoek, Saldo, Waarnemer
from rooster.regels import Bezetting, Periode, Praktijktijden, check_dienst, gaps
from rooster.wensen.lijst import answers, asked, wish_frame, wishes_of
from rooster.wensen.regels import stand_of
from spoeddienst.demo.gegevens.diensten import blocks
from spoeddienst.demo.gegevens.kringen import VECHTSTREEK
from statistiek import lezen, periode
from toezicht.models import Beoordeling, Signaal
from triage.lezing import version_in_force
from triage.models import Oproep, Patient, Protocolversie
from triage.versies.herhaling import would_now
from verslag.models import (
    Antwoord,
    Bijlage,
    Briefhoofd,
    Overdracht,
    Overhandiging,
    Taak,
    Verslag,
    VerslagPdf,
    Verslagversie,
)

pytestmark = pytest.mark.django_db
VERHALEN = 75
"""Calls that tell a story."""
NA_DE_RUSTIGE = 8
"""Of those, the files that ask for something: they come after the quiet calls."""
NIEMANDS_NUMMERS = ("+3160", "+467017406")
"""Handed out to nobody: the Dutch range for examples, and the Swedish one for books and films."""


@pytest.fixture
def demo(geladen, db):
    kring = Kring.objects.get(slug="vechtstreek")
    with kring_context(kring.pk):
        yield kring


def test_loading_twice_changes_nothing(demo, capsys):
    before = (Gebruiker.objects.count(), Oproep.objects.count())
    call_command("laad_demo")
    assert "al geladen" in capsys.readouterr().out
    assert (Gebruiker.objects.count(), Oproep.objects.count()) == before


def test_the_kring_has_its_people(demo):
    assert Deelnemer.objects.count() == 12
    assert Tandarts.objects.filter(waarnemer=None).count() == 30
    assert Waarnemer.objects.count() == 2
    statuses = set(Lidmaatschap.objects.values_list("rol", "status"))
    active = {rol for rol, status in statuses if status == "actief"}
    assert active == {
        *("triagemedewerker", "tandarts", "coordinator"),
        *("vertegenwoordiger", "beheerder", "fg"),
    }
    assert {status for _rol, status in statuses} == {"uitgenodigd", "actief", "beeindigd"}


def test_eight_weeks_without_a_hole_and_someone_right_now(demo):
    now = db_now()
    diensten = list(Dienst.objects.with_places())
    weeks = Periode(now - timedelta(days=27), now + timedelta(days=27))
    free = free_days(weeks, kring_id=demo.pk)
    assert gaps([dienst.periode for dienst in diensten], weeks, feestdagen=free) == []
    assert Dienst.objects.on_duty_at(now).count() == 1
    for dienst in diensten:
        seats = [Bezetting(t.pk, t.deelnemer_id) for t in (dienst.dienstdoende, dienst.achterwacht)]
        assert check_dienst(dienst.periode, *seats) == ()


@pytest.mark.parametrize(
    "vandaag", [date(2026, 11, 22), date(2026, 11, 25), date(2026, 10, 25), date(2027, 3, 28)]
)
def test_whenever_the_demo_is_opened_someone_is_on_duty(vandaag):
    found = [Periode(begin, einde) for begin, einde, _opmerking in blocks(vandaag)]
    midnight = from_local(datetime.combine(vandaag, time()))
    never_open = Praktijktijden(dagen=frozenset())
    assert gaps(found, Periode(midnight, midnight + timedelta(days=27)), never_open) == []


def test_calls_in_every_state(demo):
    assert Oproep.objects.count() == VERHALEN + VECHTSTREEK.rustige_oproepen
    now = db_now()
    open_calls = Oproep.objects.exclude(status="afgerond")
    for state in (
        Q(patient__isnull=True, contact=""),
        Q(patient__isnull=True, contact="verplicht"),
        Q(status="open", contact="verplicht", behandelaar__isnull=True, patient__isnull=False),
        Q(status="open", zien_voor__lt=now),
        Q(status="terugbellen", terugbellen_om__gt=now),
        Q(status="terugbellen", terugbellen_om__lt=now),
        Q(behandelaar__isnull=True, contactpogingen__resultaat="voicemail"),
        Q(behandelaar__isnull=True, contactpogingen__rol="achterwacht"),
        Q(behandelaar__isnull=True, contactpogingen__resultaat="bevestigd"),
        Q(behandelaar__isnull=True, contactpogingen__resultaat="doorgegeven"),
        Q(tandartsbesluiten__zelf=True),
        Q(contactpogingen__vergissing__isnull=False),
        Q(behandelaar__isnull=False, besluit=""),
        Q(status="afspraak", afspraak_om__gt=now),
        Q(status="gezien", verslag__isnull=True),
    ):
        assert open_calls.filter(state).exists(), state
    closed = Oproep.objects.filter(status="afgerond")
    for state in (
        Q(gezien_op__isnull=False, verslag__isnull=True),
        Q(contact="niet_nodig", behandelaar__isnull=True),
        Q(besluit="instructie"),
        Q(antwoorden__verbetering_sinds_advies="ja"),
    ):
        assert closed.filter(state).exists(), state
    assert set(Oproep.objects.values_list("status", flat=True)) == set(Oproep.Status.values)


def test_reports_and_handovers_in_every_state(demo):
    concepts = Verslag.objects.filter(versies__isnull=True)
    assert concepts.count() == 2
    assert Verslagversie.objects.filter(nummer=2).count() == 2
    assert Overdracht.objects.filter(opgehaald_op__isnull=False).count() == 11
    assert Overdracht.objects.filter(ingetrokken_op__isnull=False).count() == 2
    mails = Zending.objects.filter(soort="mail")
    assert set(mails.values_list("status", flat=True)) == {"klaar", "verzonden", "mislukt"}
    without = Verslagversie.objects.filter(overdrachten__isnull=True)
    known = set(without.values_list("verslag__dossier__patient__heeft_eigen_tandarts", flat=True))
    assert known == {"nee", "ja"}
    # Letters are made when they are opened: that is no work for the start of the demo.
    assert not VerslagPdf.objects.exists()


def test_every_way_to_an_own_dentist_is_there(demo):
    assert {"ophalen", "smime", "papier"} == set(
        Overdracht.objects.values_list("kanaal", flat=True)
    )
    assert Overhandiging.objects.get().overdracht.kanaal == "papier"
    assert Antwoord.objects.filter(gelezen_op__isnull=True).count() == 2
    assert Briefhoofd.objects.get().logo
    kinds = set(Taak.objects.filter(gesloten_op=None).values_list("soort", flat=True))
    assert {"ongelezen", "adres_fout", "antwoord"} <= kinds


def test_one_file_shows_a_photo_an_x_ray_a_correction_and_an_answer(demo):
    first, second = Verslag.objects.get(bijlagen__mimetype="application/dicom").versies.order_by(
        "nummer"
    )
    assert {row.mimetype for row in Bijlage.objects.filter(in_versies__versie=second)} == {
        "image/jpeg",
        "application/dicom",
    }
    assert first.overdrachten.get().ingetrokken_op
    assert second.overdrachten.get().antwoorden.count() == 1
    assert second.reden


def test_nothing_lies_in_the_future_but_appointments(demo):
    now = db_now()
    assert not Oproep.objects.filter(Q(aangenomen_op__gt=now) | Q(afgerond_op__gt=now)).exists()
    assert not Oproep.objects.filter(gezien_op__gt=now).exists()
    assert not Verslagversie.objects.filter(getekend_op__gt=now).exists()
    assert not Overdracht.objects.filter(opgehaald_op__gt=now).exists()


def test_numbers_are_valid_but_nobodys(demo):
    patients = list(Patient.objects.all())
    assert any(patient.bsn for patient in patients)
    for patient in patients:
        assert patient.bsn == "" or normalize_bsn(patient.bsn).startswith("9999")
        assert normalize_phone(patient.telefoon).startswith(NIEMANDS_NUMMERS)
    for email in Gebruiker.objects.values_list("email", flat=True):
        assert email.endswith(".example")


def test_each_kring_sees_only_its_own(demo):
    other = Kring.objects.get(slug="rijnmond-zuid")
    own = set(Oproep.objects.values_list("pk", flat=True))
    with kring_context(other.pk):
        others = set(Oproep.objects.values_list("pk", flat=True))
        assert Tandarts.objects.count() == 6
        assert Patient.objects.exists()
    assert others
    assert not own & others
    assert set(Oproep.objects.values_list("kring_id", flat=True)) == {demo.pk}


def test_one_person_serves_both(demo):
    gebruiker = Gebruiker.objects.get(email="marijke.vanderlaan@meldkamer.example")
    with kring_context(gebruiker_id=gebruiker.pk):
        assert gebruiker.lidmaatschappen.active().count() == 2


def test_the_same_people_every_time(demo):
    # The panel, the manual and the round trip name them.
    assert Tandarts.objects.order_by("big_nummer").first().naam == "Dewi Wijngaarden"


def test_the_review_queue_shows_one_of_each_kind_and_the_rest_judged(demo):
    """The history is played in a minute: without this an FG's first look is a wall of noise."""
    open_rules = list(Signaal.objects.open().values_list("regel", flat=True))
    assert len(open_rules) == len(set(open_rules)) > 1
    assert Beoordeling.objects.count() == Signaal.objects.count() - len(open_rules) > 0


def test_one_kring_is_reachable_and_the_other_is_not_yet(demo):
    other = Kring.objects.get(slug="rijnmond-zuid")
    with kring_context(demo.pk, other.pk):
        standen = startstanden(db_now(), [demo.pk, other.pk])
    assert (standen[demo.pk].begonnen, standen[other.pk].klaar) == (True, True)


def test_notices_left_and_one_letter_did_not_arrive(demo):
    assert Weekbericht.objects.count() == 2
    assert not Weekbericht.objects.filter(met_gat=True).exists()
    stands = Weekbezorging.objects.values_list("zending__status", flat=True)
    assert sorted(stands) == ["mislukt"] + ["verzonden"] * 9
    chains = list(Doorschakeling.objects.all())
    assert sum(chain.oordeel.te_veel for chain in chains) == 1


def test_there_are_figures_and_trainings_to_look_at(demo):
    found = lezen.read(demo.pk, periode.last_days(db_now()), db_now())
    assert found.aantal >= 80
    assert sum(aantal > 0 for aantal in found.uur.values()) >= 8
    assert found.duren["uitkomst"].mediaan > timedelta(seconds=30)
    for key in ("gesproken_op_tijd", "intake", "gezien_60"):
        assert 0 < found.aandelen[key].teller < found.aandelen[key].noemer, key
    assert found.timers["terugbellen"].noemer > 10
    assert sum(found.overgeslagen.values()) > 0
    assert Oefenpoging.objects.done().values("gebruiker").distinct().count() == 2
    # Nobody has to write a report about a call that ended in advice.
    before = VERHALEN - NA_DE_RUSTIGE
    last = before + VECHTSTREEK.rustige_oproepen
    quiet = Oproep.objects.filter(nummer__gt=before, nummer__lte=last)
    assert quiet.count() == VECHTSTREEK.rustige_oproepen
    assert not quiet.filter(Q(behandelaar__isnull=False) | Q(gezien_op__isnull=False)).exists()


def test_protocol_has_a_version_a_concept_and_a_replay_that_differs(demo):
    now = db_now()
    first, second = Protocolversie.objects.order_by("nummer")
    assert version_in_force(demo.pk, now) == first
    assert (second.status, second.lokale_regels) == ("concept", ["L-01"])
    assert second.instellingen != first.instellingen
    old = Oproep.objects.filter(status="afgerond", protocolversie=None)
    assert any(would_now(oproep, now) for oproep in old)
    rijnmond = Kring.objects.get(slug="rijnmond-zuid")
    with kring_context(rijnmond.pk):
        assert not Protocolversie.objects.exists()


def test_the_frame_asks_for_wishes_for_a_period_without_a_hole(demo):
    (coming,) = Roosterperiode.objects.filter(status="wensen")
    kalender = calendar_of(coming)
    assert kalender.bezwaren == ()
    assert len(kalender.diensten) > 364
    owed = shares_of(coming, [dienst.categorie for dienst in kalender.diensten])
    assert len(owed.streef) == 12
    assert owed.zonder == ()
    assert sum(saldo.verschil for saldo in Saldo.objects.all()) == 0
    assert set(Dienst.objects.values_list("categorie", flat=True)) >= {"doordeweeks", "weekend"}


def test_the_wishes_of_the_demo_stand_within_the_budgets(demo):
    periode = Roosterperiode.objects.get(status="wensen")
    rows = answers(periode, asked(periode))
    states = {(row.wensen > 0, row.ingediend_op is not None) for row in rows}
    assert states == {(True, True), (True, False), (False, False)}
    assert {row.ingediend_op is None for row in rows if row.herinnerd_op} == {True}
    kader = wish_frame(periode)
    for row in rows:
        wishes = wishes_of(periode, row.tandarts)
        stand = stand_of(kader, wishes)
        assert min(stand.punten_over, stand.blokkades_over) >= 0
        assert all(kader.holds(day) for day in wishes)


def test_two_swaps_wait_for_an_answer(demo):
    rows = Ruilverzoek.objects.filter(status="open").order_by("soort")
    assert list(rows.values_list("soort", flat=True)) == ["overname", "ruil"]
    asked = [row.aanbiedingen.filter(status="gevraagd").count() for row in rows]
    assert asked[0] >= 2
    assert asked[1] == 1
