"""The ledger of attempts: double clicks, mistakes, and whose card stands on the screen."""

import pytest
from django.db import DatabaseError, transaction

from kern.models import Logregel
from kring.models import Kring
from tests.triage.hulp import HTMX, text_of
from triage import actions, scherm
from triage.models import Contactpoging, Oproep, Vergissing
from triage.overgangen import StapGeweigerd


def events(oproep):
    lines = Logregel.objects.filter(object_id=str(oproep.pk)).order_by("id")
    return list(lines.values_list("gebeurtenis", flat=True))


def test_a_double_click_is_one_attempt(client, url, avulsie, tandarts, ledger):
    data = {"tandarts": str(tandarts.pk), "rol": "dienstdoende", "resultaat": "niet_bereikt"}
    for _click in range(2):
        assert (
            client.post(url("contactpoging", avulsie), data | {"formulier": "a" * 32}).status_code
            == 302
        )
    assert ledger() == [("dienstdoende", "niet_bereikt")]
    client.post(url("contactpoging", avulsie), data | {"formulier": "b" * 32})
    assert len(ledger()) == 2


def test_the_page_gives_every_form_a_number_of_its_own(client, url, avulsie):
    first, second = (client.get(url("oproep", avulsie)) for _ in range(2))
    assert first.context["formulier"] != second.context["formulier"]
    assert f'name="formulier" value="{first.context["formulier"]}"' in text_of(first)


def test_time_of_arrival_goes_along(client, url, avulsie, tandarts):
    data = {
        "tandarts": str(tandarts.pk),
        "rol": "dienstdoende",
        "resultaat": "gesproken",
        "aanwezig_om": "2026-11-23T23:15",
    }
    client.post(url("contactpoging", avulsie), data)
    poging = Contactpoging.objects.get()
    assert poging.aanwezig_om.isoformat() == "2026-11-23T22:15:00+00:00"
    assert "er om 23:15" in text_of(client.get(url("oproep", avulsie)))


def test_a_mistake_stays_to_be_seen_and_no_longer_counts(client, url, avulsie, log, ledger):
    wrong, _right = log("niet_bereikt"), log("niet_bereikt")
    assert scherm.page(avulsie)["beurt"].rol == "achterwacht"
    data = {"poging": str(wrong.pk), "reden": "Verkeerde knop."}
    assert client.post(url("vergissing", avulsie), data).status_code == 302
    assert Contactpoging.objects.count() == 2
    assert ledger() == [("dienstdoende", "niet_bereikt")]
    assert scherm.page(avulsie)["beurt"].rol == "dienstdoende"
    assert "vergissing: Verkeerde knop." in text_of(client.get(url("oproep", avulsie)))
    assert events(avulsie)[-2] == "contactpoging.vergissing"


def test_a_mistake_needs_a_reason_and_happens_once(client, url, avulsie, log):
    wrong = log("niet_bereikt")
    data = {"poging": str(wrong.pk), "reden": " "}
    refused = client.post(url("vergissing", avulsie), data)
    assert (refused.status_code, Vergissing.objects.count()) == (422, 0)
    assert "Schrijf op wat er misging." in text_of(refused)
    for _again in range(2):
        client.post(url("vergissing", avulsie), data | {"reden": "Dubbel."})
    assert Vergissing.objects.count() == 1


def test_attempt_of_another_call_is_no_choice(client, url, avulsie, log, by):
    other = actions.start_oproep(kring_id=avulsie.kring_id, by=by)
    data = {"poging": str(log("niet_bereikt").pk), "reden": "Dubbel."}
    response = client.post(url("vergissing", other), data, headers=HTMX)
    assert "Kies welke poging een vergissing was." in text_of(response)
    assert not Vergissing.objects.exists()


def test_conversation_that_never_was_takes_the_dentist_off_the_call(avulsie, log, by):
    wrong = log("gesproken")
    actions.retract_contactpoging(wrong, reden="Verkeerde knop.", by=by)
    avulsie.refresh_from_db()
    assert avulsie.behandelaar is None
    with pytest.raises(actions.AfrondenGeweigerd, match="Spreek eerst de dienstdoende"):
        actions.close_oproep(avulsie, controles=[], by=by)


def test_conversation_under_a_decision_stays(avulsie, log, by):
    wrong = log("gesproken")
    actions.record_besluit(avulsie, besluit="eerstehulp", toelichting="", by=by)
    with pytest.raises(StapGeweigerd, match="een besluit vastgelegd"):
        actions.retract_contactpoging(wrong, reden="Verkeerde knop.", by=by)
    assert not Vergissing.objects.exists()


def test_conversation_with_another_does_not_carry_the_decision(avulsie, log, achterwacht, by):
    wrong = log("gesproken")
    actions.record_besluit(avulsie, besluit="eerstehulp", toelichting="", by=by)
    later = log("gesproken", van=achterwacht, rol="achterwacht")
    with pytest.raises(StapGeweigerd, match="een besluit vastgelegd"):
        actions.retract_contactpoging(wrong, reden="Verkeerde knop.", by=by)
    actions.retract_contactpoging(later, reden="Verkeerde knop.", by=by)
    avulsie.refresh_from_db()
    assert avulsie.behandelaar == wrong.tandarts


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_rewrites_the_ledger(log, change):
    log("niet_bereikt")
    rows = Contactpoging.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(resultaat="gesproken") if change == "update" else rows._raw_delete("default")
    assert Contactpoging.objects.get().resultaat == "niet_bereikt"


def test_the_card_goes_from_dentist_to_backup_to_coordinator(
    client, url, avulsie, log, achterwacht
):
    Kring.objects.update(telefoon_coordinator="+31301112233")
    log("niet_bereikt")
    log("voicemail")
    assert "Bel nu de achterwacht" in text_of(client.get(url("oproep", avulsie)))
    log("niet_bereikt", van=achterwacht, rol="achterwacht")
    log("niet_bereikt", van=achterwacht, rol="achterwacht")
    shown = text_of(client.get(url("oproep", avulsie)))
    assert "Bel nu de coördinator" in shown
    assert "tel:+31301112233" in shown


def test_telling_the_coordinator_is_not_consulting_a_dentist(
    client, url, avulsie, ledger, tandarts
):
    data = {"rol": "coordinator", "resultaat": "ingelicht", "tandarts": ""}
    assert client.post(url("contactpoging", avulsie), data).status_code == 302
    assert ledger() == [("coordinator", "ingelicht")]
    assert not scherm.page(avulsie)["bereik"].gesproken
    without = client.post(url("contactpoging", avulsie), data | {"resultaat": "gesproken"})
    assert without.status_code == 422
    found = {"rol": "coordinator", "resultaat": "gesproken", "tandarts": str(tandarts.pk)}
    assert client.post(url("contactpoging", avulsie), found).status_code == 302
    assert Oproep.objects.get(pk=avulsie.pk).behandelaar == tandarts


def test_name_may_be_told_only_after_the_appointment(client, url, avulsie, log, by):
    assert "naam nog niet noemen" in text_of(client.get(url("oproep", avulsie)))
    log("gesproken")
    assert "naam nog niet noemen" in text_of(client.get(url("oproep", avulsie)))
    actions.make_afspraak(avulsie, moment=avulsie.aangenomen_op, by=by)
    shown = text_of(client.get(url("oproep", avulsie)))
    assert "mag je noemen" in shown
    assert "naam nog niet noemen" not in shown


def test_check_at_the_start_of_the_duty_is_a_red_bar(client, url, avulsie):
    assert "nog niet gecontroleerd" in text_of(client.get(url("oproep", avulsie)))
