"""Safety on duty (§5.5): the sheet of an address for who works there, and incidents."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kern.actor import Actor
from kern.models import Logregel
from reglement.actions.veiligheid import follow_incident, report_incident, save_blad
from reglement.models import Incident, Veiligheidsblad
from reglement.veiligheid.recht import duty_practices, may_read_sheet
from tests import factories
from tests.reglement.deelnemen import DAG, duty, events, page, today

pytestmark = pytest.mark.django_db

BLAD = {
    "tweede_persoon": "op_afspraak",
    "wie": "de assistent",
    "uitgangen": "Achter de balie.",
    "begeleiders": "1",
}


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


def wrote(kring, deelnemer, by, **anders):
    typed = {
        "soort": "bedreiging",
        "gebeurd_op": timezone.now() - timedelta(hours=1),
        "deelnemer": deelnemer,
        "tekst": "De begeleider sloeg op de balie.",
        "alleen": True,
        "politie": False,
    }
    return report_incident(kring_id=kring.pk, by=by, **typed | anders)


def test_saving_the_sheet_says_who_looked_at_it_today(kring, deelnemer, co):
    row = save_blad(deelnemer, by=co, tweede_persoon="nee", uitgangen="Achterdeur.")
    again = save_blad(deelnemer, by=co, tweede_persoon="altijd", uitgangen="Achterdeur.")
    assert again.pk == row.pk
    assert (again.nagekeken_op, again.nagekeken_door_id) == (today(), co.gebruiker_id)
    assert events().count("veiligheidsblad.opgeslagen") == 2


def test_more_than_one_companion_is_refused_by_the_database(deelnemer, co):
    with pytest.raises(ValidationError) as refused:
        save_blad(deelnemer, by=co, tweede_persoon="nee", uitgangen="x", begeleiders=2)
    assert "§ 5.5" in refused.value.message_dict["begeleiders"][0]
    assert not Veiligheidsblad.objects.exists()


def test_an_incident_is_sealed_and_never_changed(kring, deelnemer, co):
    row = wrote(kring, deelnemer, co)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst FROM reglement_incident")
        assert b"balie" not in bytes(cursor.fetchone()[0])
    assert Incident.objects.get().tekst == "De begeleider sloeg op de balie."
    with pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.filter(pk=row.pk).update(politie=True)
    assert events()[-1] == "incident.gemeld"


def test_a_name_or_a_moment_to_come_is_refused(kring, deelnemer, co):
    before = Logregel.objects.count()
    with pytest.raises(ValidationError, match="de patiënt"):
        wrote(kring, deelnemer, co, tekst="Mevrouw Jansen schold.")
    with pytest.raises(ValidationError, match="moet nog komen"):
        wrote(kring, deelnemer, co, gebeurd_op=timezone.now() + timedelta(hours=1))
    assert not Incident.objects.exists()
    assert Logregel.objects.count() == before


def test_nothing_comes_after_the_step_that_closes(kring, deelnemer, co):
    row = wrote(kring, deelnemer, co)
    follow_incident(row, tekst="Gebeld met de praktijk.", sluit=False, by=co)
    with pytest.raises(ValidationError, match="de patiënt"):
        follow_incident(row, tekst="Meneer Bakker gesproken.", sluit=False, by=co)
    follow_incident(row, tekst="Slot vervangen.", sluit=True, by=co)
    with pytest.raises(ValidationError, match="afgesloten"):
        follow_incident(row, tekst="Nog iets.", sluit=False, by=co)
    assert row.stappen.count() == 2


# --- pages


def test_the_practice_keeps_its_sheet_and_who_works_there_reads_it(
    als, kring, tandarts, vertegenwoordiger
):
    own = page(kring, f"veiligheid/{tandarts.deelnemer_id}/")
    keeper = als(vertegenwoordiger)
    assert "Vul de veiligheid" in keeper.get(page(kring)).content.decode()
    wrong = keeper.post(f"{own}wijzigen/", BLAD | {"begeleiders": "3"})
    assert wrong.status_code == 422
    assert "Achter de balie." in wrong.content.decode()
    assert keeper.post(f"{own}wijzigen/", BLAD).status_code == 302
    assert "Vul de veiligheid" not in keeper.get(page(kring)).content.decode()
    dentist = als(tandarts.gebruiker)
    assert "Achter de balie." in dentist.get(own).content.decode()
    assert dentist.get(f"{own}wijzigen/").status_code == 403


def test_a_dentist_of_elsewhere_reads_it_from_a_week_before_the_duty(
    als, kring, deelnemer, tandarts_gebruiker
):
    elders = factories.TandartsFactory(kring=kring, gebruiker=tandarts_gebruiker)
    factories.VeiligheidsbladFactory(kring=kring, deelnemer=deelnemer)
    client = als(tandarts_gebruiker)
    url = page(kring, f"veiligheid/{deelnemer.pk}/")
    assert client.get(url).status_code == 404
    dienst = duty(kring, today() + 20 * DAG, elders)
    dienst.plaatsen.filter(rol="dienstdoende").update(deelnemer=deelnemer)
    assert client.get(url).status_code == 404
    dienst = duty(kring, today() + 6 * DAG, elders)
    dienst.plaatsen.filter(rol="dienstdoende").update(deelnemer=deelnemer)
    assert client.get(url).status_code == 200


def test_whoever_is_no_person_is_not_taken_for_a_dentist_without_an_account(kring, tandarts):
    tandarts.gebruiker = None
    tandarts.save()
    duty(kring, today(), tandarts)
    system = Actor.system(kring.pk)
    assert duty_practices(system) == set()
    assert not may_read_sheet(tandarts.deelnemer_id, system)


def test_the_first_page_shows_the_sheet_to_who_is_on_duty_only(als, kring, tandarts, triagist):
    blad = factories.VeiligheidsbladFactory(kring=kring, deelnemer=tandarts.deelnemer)
    start = f"/k/{kring.slug}/"
    client = als(tandarts.gebruiker)
    assert "Veilig dienst doen" not in client.get(start).content.decode()
    factories.DienstFactory(kring=kring, dienstdoende=tandarts)
    html = client.get(start).content.decode()
    assert "Veilig dienst doen" in html
    assert blad.uitgangen in html
    assert "Veilig dienst doen" not in als(triagist).get(start).content.decode()
    blad.delete()
    assert "nog niet ingevuld" in client.get(start).content.decode()


def test_an_incident_is_told_on_a_page_and_worked_out_by_the_coordinator(
    als, kring, tandarts, coordinator
):
    client = als(tandarts.gebruiker)
    url = page(kring, "veiligheid/incident/")
    typed = {
        "soort": "telefoon",
        "gebeurd_op": (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "deelnemer": str(tandarts.deelnemer_id),
        "tekst": "Mevrouw Jansen schold.",
        "alleen": "ja",
        "politie": "nee",
    }
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "Mevrouw Jansen schold." in wrong.content.decode()
    assert client.post(url, typed | {"tekst": "De patiënt schold."}).status_code == 302
    row = Incident.objects.get()
    own = page(kring, f"veiligheid/incident/{row.pk}/")
    assert "De patiënt schold." in client.get(own).content.decode()
    assert client.post(own, {"tekst": "x"}).status_code == 403
    keeper = als(coordinator)
    assert "Behandel het incident" in keeper.get(page(kring)).content.decode()
    assert keeper.post(own, {"tekst": ""}).status_code == 422
    assert keeper.post(own, {"tekst": "Besproken.", "sluit": "on"}).status_code == 302
    assert "Besproken." in client.get(own).content.decode()
    assert "Behandel het incident" not in keeper.get(page(kring)).content.decode()
    read = Logregel.objects.filter(gebeurtenis="incident.gezien", object_id=str(row.pk))
    assert read.filter(gebruiker_id=tandarts.gebruiker_id).exists()


@pytest.mark.parametrize(
    ("persoon", "gezien"),
    [
        ("triagist", [200, 404]),
        ("vertegenwoordiger", [404, 200]),
        ("tandarts_gebruiker", [404, 404]),
        ("coordinator", [200, 200]),
        ("beheerder", [403, 403]),
    ],
)
def test_an_incident_is_for_its_reporter_the_practice_and_the_coordinator(
    request, als, kring, persoon, gezien
):
    told = factories.IncidentFactory(kring=kring, gemeld_door=request.getfixturevalue("triagist"))
    request.getfixturevalue("vertegenwoordiger")
    at_home = factories.IncidentFactory(kring=kring, deelnemer=request.getfixturevalue("deelnemer"))
    client = als(request.getfixturevalue(persoon))
    urls = [page(kring, f"veiligheid/incident/{row.pk}/") for row in (told, at_home)]
    assert [client.get(url).status_code for url in urls] == gezien


def test_another_kring_sees_nothing(als, kring, andere_kring, coordinator):
    elders = factories.VeiligheidsbladFactory(kring=andere_kring)
    incident = factories.IncidentFactory(kring=andere_kring)
    client = als(coordinator)
    for path in (f"{elders.deelnemer_id}/", f"{elders.deelnemer_id}/wijzigen/"):
        assert client.get(page(kring, f"veiligheid/{path}")).status_code == 404
    assert client.get(page(kring, f"veiligheid/incident/{incident.pk}/")).status_code == 404


def test_the_list_asks_the_same_queries_for_1_and_for_30(
    als, kring, coordinator, django_assert_max_num_queries
):
    client = als(coordinator)
    url = page(kring, "veiligheid/")
    factories.VeiligheidsbladFactory(kring=kring)
    factories.IncidentFactory(kring=kring)
    client.get(url)
    with django_assert_max_num_queries(30) as few:
        client.get(url)
    for _number in range(29):
        factories.VeiligheidsbladFactory(kring=kring)
        factories.IncidentstapFactory(kring=kring)
    with django_assert_max_num_queries(len(few)):
        html = client.get(url).content.decode()
    assert html.count("veiligheid/incident/") > 29
