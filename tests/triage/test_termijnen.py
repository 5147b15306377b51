"""The clocks of a call as rows: opened, replaced and closed by the actions."""

import random
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from triage import actions, termijnen
from triage.bord import Sleutel, Vorm, make_piece, read_board
from triage.models import Oproep, Termijn
from triage.overgangen import StapGeweigerd
from triage.protocol.termijnen import Sluitreden, Soort, running_terms

AVULSIE = {"klachten": ["avulsie"]}
BLOEDING = {
    "klachten": ["nabloeding"],
    "bloeding_ernst": "gering",
    "antitrombotica": "nee",
    "bloeding_minuten_dichtgebeten": 0,
}


def save(oproep, by, antwoorden):
    return actions.save_antwoorden(
        oproep, antwoorden=antwoorden, omschrijving="", versie=oproep.versie, by=by
    )


def speak(oproep, by, tandarts):
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )


def running(oproep):
    rows = Termijn.objects.running().filter(oproep=oproep)
    return {row.soort: row.vervalt_op for row in rows}


def ended(oproep):
    rows = Termijn.objects.filter(oproep=oproep, gesloten_op__isnull=False)
    return {row.soort: row.sluitreden for row in rows}


def minutes(oproep, soort):
    return round((running(oproep)[soort] - oproep.aangenomen_op).total_seconds() / 60)


def test_a_ringing_phone_has_no_clock(oproep):
    assert running(oproep) == {}


def test_avulsion_opens_the_norm_the_target_and_the_dentist(oproep, by):
    save(oproep, by, AVULSIE)
    assert set(running(oproep)) == {"contact_tandarts", "zien", "streef"}
    assert minutes(oproep, "zien") == 60
    assert minutes(oproep, "streef") == 30


def test_clock_runs_on_while_answers_change_nothing_in_it(oproep, by):
    save(oproep, by, AVULSIE)
    before = set(Termijn.objects.values_list("pk", flat=True))
    save(oproep, by, {**AVULSIE, "avulsie_bewaard": "melk"})
    assert set(Termijn.objects.values_list("pk", flat=True)) == before


def test_another_complaint_ends_the_clocks(oproep, by):
    save(oproep, by, AVULSIE)
    save(oproep, by, {"klachten": ["ongemak"], "oorzaak_ongeval": False})
    assert "zien" not in running(oproep)
    assert ended(oproep)["zien"] == "vervallen"


def test_a_complaint_that_comes_back_finds_its_old_clocks(oproep, by):
    """Else un-ticking and ticking it again would buy five minutes."""
    save(oproep, by, AVULSIE)
    before = running(oproep)
    assert "contact_tandarts" in before
    save(oproep, by, {"klachten": ["ongemak"], "oorzaak_ongeval": False})
    save(oproep, by, AVULSIE)
    assert running(oproep) == before


def test_a_clock_that_comes_back_is_not_told_again(oproep, by):
    save(oproep, by, AVULSIE)
    told_at = oproep.aangenomen_op
    Termijn.objects.filter(oproep=oproep, soort="contact_tandarts").update(gemeld_op=told_at)
    save(oproep, by, {"klachten": ["ongemak"], "oorzaak_ongeval": False})
    save(oproep, by, AVULSIE)
    told = {row.soort: row.gemeld_op for row in Termijn.objects.running().filter(oproep=oproep)}
    assert told == {"contact_tandarts": told_at, "zien": None, "streef": None}


def test_speaking_to_the_dentist_ends_the_five_minutes(gesproken):
    assert set(running(gesproken)) == {"zien", "streef"}
    assert ended(gesproken) == {"contact_tandarts": "gehaald"}


def test_a_miss_ends_nothing(oproep, by, tandarts):
    save(oproep, by, AVULSIE)
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="niet_bereikt", by=by
    )
    assert "contact_tandarts" in running(oproep)


def test_appointment_leaves_the_norm_running_until_the_visit(gesproken, by):
    moment = gesproken.aangenomen_op + timedelta(minutes=40)
    actions.make_afspraak(gesproken, moment=moment, by=by, betaling_gemeld=True)
    assert set(running(gesproken)) == {"zien", "streef"}
    actions.mark_gezien(gesproken, by=by)
    assert running(gesproken) == {}
    assert ended(gesproken)["zien"] == "gehaald"


def test_another_decision_of_the_dentist_ends_the_norm(gesproken, by):
    actions.record_besluit(gesproken, besluit="eerstehulp", toelichting="UMC", by=by)
    assert running(gesproken) == {}
    assert ended(gesproken)["zien"] == "vervallen"


def test_closing_hands_the_norm_to_the_appointment(gesproken, by):
    moment = gesproken.aangenomen_op + timedelta(minutes=40)
    actions.make_afspraak(gesproken, moment=moment, by=by, betaling_gemeld=True)
    Oproep.objects.filter(pk=gesproken.pk).update(status="afgerond", afgerond_op=moment)
    gesproken.refresh_from_db()
    termijnen.sync(gesproken)
    assert ended(gesproken)["zien"] == "vervangen"


def test_abort_ends_everything(gesproken, by):
    oproep = gesproken
    assert running(oproep)
    actions.abort_oproep(oproep, reden="opgehangen", by=by)
    assert running(oproep) == {}


def test_bleeding_keeps_its_hour_beside_the_half_hour(oproep, by):
    """T-01: the call-back after 30 minutes does not start the 60 again."""
    save(oproep, by, BLOEDING)
    assert set(running(oproep)) == {"terugbellen", "bloeding"}
    assert minutes(oproep, "terugbellen") == 30
    assert minutes(oproep, "bloeding") == 60


def test_call_back_without_improvement_takes_over_the_same_hour(oproep, by):
    save(oproep, by, BLOEDING)
    hour = running(oproep)["bloeding"]
    Oproep.objects.filter(pk=oproep.pk).update(
        aangenomen_op=oproep.aangenomen_op - timedelta(minutes=35)
    )
    oproep.refresh_from_db()
    save(oproep, by, {**oproep.antwoorden, "verbetering_sinds_advies": "nee"})
    assert set(running(oproep)) == {"contact_tandarts", "zien"}
    assert running(oproep)["zien"] == hour - timedelta(minutes=35)
    assert ended(oproep) == {"terugbellen": "gehaald", "bloeding": "vervangen"}


def test_bleeding_that_stopped_ends_its_clock(oproep, by):
    save(oproep, by, BLOEDING)
    save(oproep, by, {**oproep.antwoorden, "verbetering_sinds_advies": "ja"})
    assert running(oproep) == {}
    assert ended(oproep) == {"terugbellen": "gehaald", "bloeding": "gehaald"}


def test_a_joined_call_takes_over_the_hour_of_the_first(kring, oproep, by):
    """T-01: one bleeding, one clock, from the first report on."""
    save(oproep, by, BLOEDING)
    Oproep.objects.filter(pk=oproep.pk).update(
        aangenomen_op=oproep.aangenomen_op - timedelta(minutes=20)
    )
    oproep.refresh_from_db()
    second = actions.start_oproep(kring_id=kring.pk, by=by)
    actions.join_oproep(second, eerdere=oproep, by=by)
    save(second, by, {**second.antwoorden, **BLOEDING})
    assert running(oproep) == {}
    assert ended(oproep) == {"terugbellen": "vervangen", "bloeding": "vervangen"}
    (om,) = {om for soort, om in running(second).items() if soort in ("bloeding", "zien")}
    assert round((om - second.aangenomen_op).total_seconds() / 60) == 40
    actions.part_oproep(second, by=by)
    assert set(running(oproep)) == {"terugbellen", "bloeding"}


def test_discard_leaves_no_clock(oproep, by):
    actions.discard_oproep(oproep, by=by)
    assert not Termijn.objects.exists()


def test_a_refused_step_leaves_the_clocks_alone(oproep, by):
    save(oproep, by, AVULSIE)
    before = running(oproep)
    with pytest.raises(actions.AfrondenGeweigerd):
        actions.close_oproep(oproep, controles=[], by=by)
    assert running(oproep) == before


def _row(oproep, **values):
    nu = oproep.aangenomen_op
    defaults = {"soort": "zien", "begint_op": nu, "vervalt_op": nu + timedelta(hours=1)}
    with transaction.atomic():
        return Termijn.objects.create(kring=oproep.kring, oproep=oproep, **(defaults | values))


def test_two_running_clocks_of_a_kind_are_refused(oproep):
    _row(oproep)
    with pytest.raises(IntegrityError, match="termijn_een_open_per_soort"):
        _row(oproep)


def test_a_clock_that_ends_before_it_begins_is_refused(oproep):
    with pytest.raises(IntegrityError, match="termijn_begint_voor_verval"):
        _row(oproep, vervalt_op=oproep.aangenomen_op - timedelta(minutes=1))


@pytest.mark.parametrize("values", [{"sluitreden": "gehaald"}, {"gesloten_op": "nu"}])
def test_an_end_without_reason_or_moment_is_refused(oproep, values):
    if "gesloten_op" in values:
        values = {"gesloten_op": oproep.aangenomen_op}
    with pytest.raises(IntegrityError, match="termijn_gesloten_met_reden"):
        _row(oproep, **values)


def test_a_clock_of_another_kring_cannot_hang_on_this_call(oproep, andere_kring):
    row = _row(oproep)
    Termijn.objects.filter(pk=row.pk).update(kring=andere_kring)
    with pytest.raises(IntegrityError, match="triage_termijn_oproep_id_kring"):
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_word_of_the_law_is_a_word_of_the_table():
    assert set(Termijn.Soort.values) == {soort.value for soort in Soort}
    assert set(Termijn.Sluitreden.values) == {reden.value for reden in Sluitreden}


NACHTEN = {
    # The clock goes back from 03:00 to 02:00: it shows 02:30, fifteen minutes "before" the 02:45
    # that was agreed, and the patient is three quarters of an hour late.
    "herfst": ("2026-10-24T23:45:00Z", "2026-10-25T01:30:00Z", "dienst", "45 min te laat", "02:45"),
    # It skips from 02:00 to 03:00: it shows 03:15, long "after" 02:30, and there is time left.
    "lente": ("2026-03-29T00:30:00Z", "2026-03-29T01:15:00Z", "patient", "nog 15 min", "03:30"),
}


@pytest.mark.parametrize("nacht", NACHTEN)
def test_an_hour_is_an_hour_when_the_clocks_change(oproep, kring, nacht):
    begin, nu, wachtrij, tekst, wand = NACHTEN[nacht]
    begin, nu = datetime.fromisoformat(begin), datetime.fromisoformat(nu)
    oproep.aangenomen_op, oproep.status = begin, "terugbellen"
    oproep.terugbellen_om = begin + timedelta(minutes=60)
    oproep.save()
    termijnen.sync(oproep)
    (rij,) = read_board(nu).rijen
    assert rij.wachtrij == wachtrij
    html = make_piece(Sleutel(nu, nacht), Vorm.KRING, {kring.pk: kring}).fill(nu)
    assert tekst in html
    assert f"{wand}" in html


STAPPEN = (
    *({"klachten": [k]} for k in ("avulsie", "pijn", "ongemak", "tandletsel")),
    BLOEDING,
    {**BLOEDING, "antitrombotica": "ja"},
    {**BLOEDING, "verbetering_sinds_advies": "nee"},
    {**BLOEDING, "verbetering_sinds_advies": "ja"},
    "gesproken",
    "niet_bereikt",
    "zien",
    "eerstehulp",
    "uitstel",
    "gezien",
)


def _step(oproep, stap, by, tandarts):
    if isinstance(stap, dict):
        save(oproep, by, stap)
    elif stap in ("gesproken", "niet_bereikt"):
        actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat=stap, by=by
        )
    elif stap == "zien":
        moment = oproep.aangenomen_op + timedelta(minutes=40)
        actions.make_afspraak(oproep, moment=moment, by=by, betaling_gemeld=True)
    elif stap == "gezien":
        actions.mark_gezien(oproep, by=by)
    else:
        actions.record_besluit(oproep, besluit=stap, toelichting="-", by=by)


@pytest.mark.parametrize("zaad", range(12))
def test_whatever_is_done_the_rows_are_the_clocks_of_the_call(oproep, by, tandarts, zaad):
    """The columns and the rows never disagree, in any order of steps, refused ones included."""
    kans = random.Random(zaad)
    for stap in kans.choices(STAPPEN, k=12):
        with suppress(StapGeweigerd), transaction.atomic():
            _step(oproep, stap, by, tandarts)
        fresh = Oproep.objects.get(pk=oproep.pk)
        wanted = running_terms(termijnen.state_of(fresh))
        rows = Termijn.objects.running().filter(oproep=fresh)
        found = {row.soort: (row.begint_op, row.vervalt_op) for row in rows}
        assert found == {s.value: (t.begint_op, t.vervalt_op) for s, t in wanted.items()}, stap
        for soort, column in (("zien", "zien_voor"), ("terugbellen", "terugbellen_om")):
            if soort in found:
                assert found[soort][1] == getattr(fresh, column)
