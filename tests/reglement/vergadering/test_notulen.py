"""Minutes: drafted from the events, approved by who was there, then fixed."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from kern.models import Logregel
from kern.tijd import db_now, to_local
from kring.models import Gebruiker
from reglement.actions import vergadering as acties
from reglement.models import Notulen
from reglement.vergadering import papier
from reglement.vergadering.instemming import standing
from tests import factories
from tests.rooster.brieven import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def gesloten(leden, lopend, by, kring):
    """Return a closed meeting: three of four there, one decision, one point left."""
    rows = leden(4)
    row = lopend("overig", "", "royement")
    for praktijk in rows[:3]:
        acties.arrive(row, deelnemer=praktijk, by=by)
    acties.answer(row, deelnemer=rows[3], antwoord="komt_niet", by=by)
    een, _twee, drie = row.agendapunten.order_by("volgorde")
    acties.table_point(een, by=by)
    acties.note_point(een, aantekening="Iedereen vond het een goed plan.", by=by)
    factories.BesluitFactory(kring=kring, agendapunt=een, tekst="Er komt een achterwacht.")
    acties.table_point(drie, by=by)
    factories.BesluitFactory(kring=kring, agendapunt=drie, tekst="Praktijk 00 gaat weg.")
    acties.leave(row, deelnemer=rows[2], by=by)
    row = acties.close_meeting(row, by=by)
    row.praktijken = rows
    return row


def test_the_draft_tells_what_happened(gesloten):
    tekst = gesloten.notulen.tekst
    for part in (
        "Aanwezig: 3 van 4 deelnemers",
        "Praktijk 02: Stem 02, van ",
        "Praktijk 03 (afgemeld)",
        "Iedereen vond het een goed plan.",
        "Er komt een achterwacht.",
        "Dit punt is niet behandeld.",
        "Twee derde van 4 deelnemers",
        "cd" * 32,
    ):
        assert part in tekst, part


def test_two_writers_never_overwrite_each_other(gesloten, by):
    row = gesloten.notulen
    acties.write_minutes(row, tekst="Van de eerste.", gezien=1, by=by)
    with pytest.raises(ValidationError, match="intussen gewijzigd"), transaction.atomic():
        acties.write_minutes(row, tekst="Van de tweede.", gezien=1, by=by)
    row.refresh_from_db()
    assert (row.tekst, row.versie) == ("Van de eerste.", 2)


def test_who_was_there_is_asked_and_nobody_else(gesloten, by):
    acties.submit_minutes(gesloten.notulen, by=by)
    asked = [mail for mail in letters() if "wil je ze nakijken" in mail["Subject"]]
    assert len(asked) == 3
    with pytest.raises(ValidationError, match="Alleen wie bij de vergadering was"):
        acties.answer_minutes(
            gesloten.notulen, deelnemer=gesloten.praktijken[3], akkoord=True, by=by
        )


def answer_all(row, praktijken, by, **last):
    for praktijk in praktijken[:2]:
        acties.answer_minutes(row, deelnemer=praktijk, akkoord=True, by=by)
    acties.answer_minutes(row, deelnemer=praktijken[2], by=by, **last)


def test_adopted_minutes_are_fixed_and_everybody_gets_the_decisions(gesloten, by):
    row = acties.submit_minutes(gesloten.notulen, by=by)
    with pytest.raises(ValidationError, match="Nog niet iedereen"), transaction.atomic():
        acties.adopt_minutes(row, by=by)
    answer_all(row, gesloten.praktijken, by, akkoord=True)
    row = acties.adopt_minutes(row, by=by)
    assert row.sha256 == hashlib.sha256(row.tekst.encode()).hexdigest()
    with pytest.raises(ProgrammingError, match="alleen toevoegen"), transaction.atomic():
        Notulen.objects.filter(pk=row.pk).update(tekst="Anders")
    with pytest.raises(ProgrammingError, match="alleen toevoegen"), transaction.atomic():
        Notulen.objects.filter(pk=row.pk)._raw_delete("default")
    told = [mail for mail in letters() if mail["Subject"].startswith("Besluiten van")]
    assert len(told) == 4
    text = told[0].get_content()
    assert "Er komt een achterwacht." in text
    assert "cd" * 32 in text.replace("\n", "")
    # What is said of one practice is not for the mail.
    assert "gaat weg" not in text
    assert "notulen.vastgesteld" in set(Logregel.objects.values_list("gebeurtenis", flat=True))


def test_an_objection_asks_a_reason(gesloten, by):
    row = acties.submit_minutes(gesloten.notulen, by=by)
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        answer_all(row, gesloten.praktijken, by, akkoord=False)
    assert "opmerking" in refused.value.message_dict
    answer_all(row, gesloten.praktijken, by, akkoord=False, opmerking="Ik was er tot het eind.")
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        acties.adopt_minutes(row, by=by)
    assert "reden" in refused.value.message_dict
    assert acties.adopt_minutes(row, reden="Zie de presentielijst.", by=by).reden


def test_what_a_practice_said_itself_is_not_answered_over(gesloten, by, actor):
    row = acties.submit_minutes(gesloten.notulen, by=by)
    een, twee, drie = gesloten.praktijken[:3]
    own = actor(Gebruiker.objects.get(naam="Stem 00"))
    acties.answer_minutes(row, deelnemer=een, akkoord=False, opmerking="Niet zo.", by=own)
    with pytest.raises(ValidationError, match="antwoordde al zelf"), transaction.atomic():
        acties.answer_minutes(row, deelnemer=een, akkoord=True, by=by)
    # Of another practice the coordinator notes what came by telephone, and corrects it.
    acties.answer_minutes(row, deelnemer=twee, akkoord=False, opmerking="Te kort.", by=by)
    acties.answer_minutes(row, deelnemer=twee, akkoord=True, by=by)
    acties.answer_minutes(row, deelnemer=een, akkoord=True, by=own)
    acties.answer_minutes(row, deelnemer=drie, akkoord=True, by=by)
    # Nobody objects any more, so it asks no reason.
    assert acties.adopt_minutes(row, by=by).reden == ""


def test_minutes_that_were_taken_back_are_answered_anew(gesloten, by):
    row = acties.submit_minutes(gesloten.notulen, by=by)
    answer_all(row, gesloten.praktijken, by, akkoord=True)
    row = acties.take_back_minutes(row, by=by)
    row = acties.submit_minutes(row, by=by)
    assert row.ronde == 2
    with pytest.raises(ValidationError, match="Nog niet iedereen"):
        acties.adopt_minutes(row, by=by)


@pytest.mark.parametrize(("dagen", "mag"), [(0, False), (1, True)])
def test_silence_is_consent_the_day_after_the_last(dagen, mag):
    today = to_local(db_now()).date()
    stand = standing({1, 2}, {1: True}, vandaag=today + timedelta(days=dagen), reageren_tot=today)
    assert (stand.mag, stand.stil) == (mag, {2})


@pytest.mark.traag
def test_the_minutes_on_paper(gesloten, by):
    import io

    from pypdf import PdfReader

    row = acties.submit_minutes(gesloten.notulen, by=by)
    pages = PdfReader(io.BytesIO(papier.render(row, db_now()))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Er komt een achterwacht." in text
    assert "Niet vastgesteld" in text
    assert "cdcdcdcd" in text
