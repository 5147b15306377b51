"""Call the deelnemers: all of them, in time, never with what is not for the mail."""

import pytest
from django.core.exceptions import ValidationError

from kern.dagwerk import Beurt
from kern.models import Logregel, Zending
from kern.tijd import db_now, to_local
from reglement import oproepdeel
from reglement.actions import vergadering as acties
from reglement.models import Uitnodiging, Vergadering
from reglement.vergadering.herinneren import remind
from tests import factories
from tests.rooster.brieven import letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Only what these tests register has a say."""
    monkeypatch.setattr(oproepdeel, "_DELEN", [])


def test_every_deelnemer_is_called_also_one_without_vertegenwoordiger(leden, plan, by):
    rows = leden(4, zonder=1)
    row = acties.convoke(plan("overig"), by=by)
    assert (row.status, row.stap) == ("opgeroepen", 1)
    assert Uitnodiging.objects.filter(vergadering=row).count() == 4
    mails = letters()
    assert len(mails) == 4
    assert rows[3].email in {mail["To"] for mail in mails}
    assert "vergadering.opgeroepen" in set(Logregel.objects.values_list("gebeurtenis", flat=True))


def test_the_subject_of_a_royement_is_always_called_and_never_named(leden, plan, by, kring):
    rows = leden(3)
    factories.DeelnameFactory(kring=kring, deelnemer=rows[0], status="voorwaardelijk")
    meeting = plan("royement")
    meeting.agendapunten.update(titel=f"Royement van {rows[0].naam}", toelichting="Geheim feit")
    acties.convoke(meeting, by=by)
    assert Uitnodiging.objects.filter(deelnemer=rows[0]).exists()
    for mail in letters():
        text = mail.get_content()
        assert "Een voorstel over een praktijk" in text
        assert "Geheim feit" not in text
        assert f"Royement van {rows[0].naam}" not in text


def test_who_is_no_deelnemer_is_not_called(leden, plan, by, kring):
    rows = leden(3)
    factories.DeelnameFactory(kring=kring, deelnemer=rows[0], status="geroyeerd")
    acties.convoke(plan("overig"), by=by)
    assert set(Uitnodiging.objects.values_list("deelnemer", flat=True)) == {
        row.pk for row in rows[1:]
    }


def test_too_late_is_refused_with_article_and_earliest_day_and_nothing_is_lost(leden, plan, by):
    leden(3)
    meeting = plan("royement", dagen=10)
    with pytest.raises(ValidationError) as refused:
        acties.convoke(meeting, by=by)
    text = " ".join(refused.value.messages)
    assert "art. 9.2c" in text
    assert "De vroegste dag is" in text
    meeting.refresh_from_db()
    assert meeting.status == "concept"
    assert meeting.agendapunten.count() == 1
    assert not Zending.objects.exists()


@pytest.mark.parametrize(
    ("soorten", "velden", "zin"),
    [((), {}, "agenda is nog leeg"), (("overig",), {"voorzitter": None}, "geen voorzitter")],
)
def test_an_unfinished_plan_says_what_it_lacks(*, leden, plan, by, soorten, velden, zin):
    leden(3)
    with pytest.raises(ValidationError, match=zin):
        acties.convoke(plan(*soorten, **velden), by=by)


def test_a_subject_may_object_and_writes_it_down(leden, plan, by):
    leden(3)
    written, off = [], []
    reasons = ["Er zijn nog geen stukken (art. 9.2b)."]
    oproepdeel.register(
        oproepdeel.Oproepdeel(
            lambda row: reasons,
            lambda row, who: written.append(row.pk),
            lambda row: off.append(row.pk),
        )
    )
    meeting = plan("overig")
    with pytest.raises(ValidationError, match=r"9\.2b"):
        acties.convoke(meeting, by=by)
    assert not written
    reasons.clear()
    acties.convoke(meeting, by=by)
    assert written == [meeting.pk]
    acties.call_off(meeting, reden="Te weinig mensen.", by=by)
    assert off == [meeting.pk]
    # Of what was never called nobody hears.
    acties.call_off(plan("overig"), reden="Toch niet.", by=by)
    assert off == [meeting.pk]


def test_calling_twice_is_refused(leden, opgeroepen, by):
    leden(3)
    row = opgeroepen()
    with pytest.raises(ValidationError, match="al opgeroepen"):
        acties.convoke(row, by=by)
    assert Zending.objects.count() == 3


def test_a_later_answer_replaces_the_first(leden, opgeroepen, by):
    rows = leden(3)
    row = opgeroepen()
    acties.answer(row, deelnemer=rows[0], antwoord="komt", by=by)
    found = acties.answer(row, deelnemer=rows[0], antwoord="komt_niet", by=by)
    assert found.antwoord == "komt_niet"
    assert Uitnodiging.objects.exclude(antwoord="").count() == 1


def test_from_elsewhere_only_when_the_convocation_says_so(leden, opgeroepen, by):
    rows = leden(3)
    with pytest.raises(ValidationError, match="niet in de oproep"):
        acties.answer(opgeroepen(), deelnemer=rows[0], antwoord="op_afstand", by=by)
    row = opgeroepen(op_afstand=True, titel="Op afstand")
    assert acties.answer(row, deelnemer=rows[0], antwoord="op_afstand", by=by).geantwoord_op


def test_calling_off_tells_who_was_called(leden, opgeroepen, by):
    leden(3)
    acties.call_off(opgeroepen(), reden="De zaal is dubbel verhuurd.", by=by)
    told = [mail for mail in letters() if "Afgelast" in mail["Subject"]]
    assert len(told) == 3
    assert "dubbel verhuurd" in told[0].get_content()


def test_the_silent_are_asked_once_more_and_once_only(leden, opgeroepen, by, kring):
    rows = leden(3)
    row = opgeroepen()
    acties.answer(row, deelnemer=rows[0], antwoord="komt", by=by)
    day = to_local(db_now()).date()
    from datetime import timedelta

    Vergadering.objects.filter(pk=row.pk).update(
        begint_op=db_now() + timedelta(days=3), opgeroepen_op=db_now() - timedelta(days=20)
    )
    for _twice in range(2):
        remind(Beurt(kring.pk, day, None))
    asked = [mail for mail in letters() if mail["Subject"].startswith("Kom je?")]
    assert len(asked) == 2
