"""Plan, fill the agenda, change, and plan again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from kern.models import Logregel
from kern.tijd import db_now
from reglement.actions import vergadering as acties
from reglement.actions.vergadering.plannen import _EIGEN
from reglement.models import Agendapunt, Vergadering
from tests import factories

pytestmark = pytest.mark.django_db


def events():
    return set(Logregel.objects.values_list("gebeurtenis", flat=True))


def test_a_plan_has_the_chair_whose_office_it_is(kring, by):
    functie = factories.FunctieFactory(kring=kring, soort="coordinator")
    row = acties.plan(
        kring_id=kring.pk,
        titel="Jaarvergadering",
        begint_op=db_now() + timedelta(days=30),
        plaats="Utrecht",
        by=by,
    )
    assert row.voorzitter == functie.gebruiker
    assert row.status == "concept"
    assert "vergadering.gepland" in events()


def test_a_plan_in_the_past_is_refused_at_its_field(plan):
    with pytest.raises(ValidationError) as refused:
        plan(dagen=-1)
    assert "begint_op" in refused.value.message_dict


def test_a_plan_that_fails_leaves_no_row_and_no_line(plan):
    with pytest.raises(ValidationError) as refused:
        plan(duur_minuten=1)
    assert "duur_minuten" in refused.value.message_dict
    assert not Vergadering.objects.exists()
    assert "vergadering.gepland" not in events()


def test_points_keep_their_order_when_they_move_and_go(plan, by):
    row = plan("", "overig", "rooster")
    eerste, tweede, derde = row.agendapunten.order_by("volgorde")
    acties.move_point(derde, omhoog=True, by=by)
    acties.move_point(eerste, omhoog=True, by=by)  # already on top
    acties.remove_point(tweede, by=by)
    rows = row.agendapunten.order_by("volgorde")
    assert list(rows.values_list("volgorde", "pk")) == [(1, eerste.pk), (2, derde.pk)]
    assert {"agendapunt.gewijzigd", "agendapunt.weggehaald"} <= events()


def test_after_the_convocation_the_agenda_stands(leden, opgeroepen, by):
    leden(3)
    row = opgeroepen()
    punt = row.agendapunten.get()
    for act in (
        lambda: acties.add_point(row, titel="Nog iets", by=by),
        lambda: acties.remove_point(punt, by=by),
        lambda: acties.move_point(punt, omhoog=True, by=by),
        lambda: acties.change_point(punt, titel="Anders", toelichting="", besluitsoort="", by=by),
        lambda: acties.change(
            row,
            titel="Anders",
            begint_op=db_now() + timedelta(days=50),
            plaats="Elders",
            op_afstand=False,
            duur_minuten=60,
            voorzitter=None,
            by=by,
        ),
    ):
        with pytest.raises(ValidationError, match="al opgeroepen"), transaction.atomic():
            act()
    assert row.agendapunten.get().titel == "Onderwerp 1"


def test_what_was_called_off_comes_back_with_its_whole_agenda(leden, opgeroepen, by):
    leden(3)
    row = opgeroepen("overig", "", "rooster")
    acties.call_off(row, reden="De zaal is dubbel verhuurd.", by=by)
    new = acties.plan_again(row, begint_op=db_now() + timedelta(days=40), plaats="Elders", by=by)
    kept = list(new.agendapunten.order_by("volgorde").values_list("titel", "besluitsoort"))
    assert kept == [("Onderwerp 1", "overig"), ("Onderwerp 2", ""), ("Onderwerp 3", "rooster")]
    assert new.status == "concept"


def test_what_a_point_is_about_goes_along():
    """Every subject has a column of its own; a copy of the agenda forgets none."""
    subjects = {
        field.name
        for field in Agendapunt._meta.concrete_fields
        if field.is_relation and field.name not in {"kring", "vergadering", "herhaalt"}
    }
    assert subjects
    assert not subjects & _EIGEN
