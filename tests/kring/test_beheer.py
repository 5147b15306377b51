"""The admin: the beheerder of the own kringen, every change logged, history kept."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern import outbox
from kern.models import Logregel
from kring.models import Deelnemer, Tandarts
from tests.factories import (
    DeelnemerFactory,
    EigenTandartsFactory,
    GebruikerFactory,
    LidmaatschapFactory,
    TandartsFactory,
)

pytestmark = pytest.mark.django_db

PRAKTIJK = {
    "naam": "Praktijk Het Plein",
    "adres": "Plein 1",
    "postcode": "3511 AA",
    "plaats": "Utrecht",
    "telefoon": "030 2345679",
    "email": "plein@voorbeeld.example",
    "agb_code": "",
    "actief": "on",
}
MODELS = [
    "kring/kring",
    "kring/gebruiker",
    "kring/lidmaatschap",
    "kring/deelnemer",
    "kring/tandarts",
    "kring/eigentandarts",
    "kern/logregel",
    "kern/zending",
]


@pytest.fixture
def client(als, beheerder):
    return als(beheerder)


def test_the_whole_admin_opens_for_a_beheerder(client, kring, tandarts, triagist):
    EigenTandartsFactory(kring=kring)
    outbox.enqueue_sms(kring_id=kring.pk, sleutel="x", telefoon="+31612345670", tekst="geheim")
    assert client.get("/beheer/").status_code == 200
    for model in MODELS:
        response = client.get(f"/beheer/{model}/")
        assert response.status_code == 200, model
        rows = response.context["cl"].result_list
        assert rows, model
        row = client.get(f"/beheer/{model}/{rows[0].pk}/change/")
        assert row.status_code == 200, model
        assert "geheim" not in row.content.decode()
        assert client.get(f"/beheer/{model}/{rows[0].pk}/history/").status_code == 200, model


@pytest.mark.parametrize(
    "wie",
    ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "fg", "beeindigde"],
)
def test_others_do_not_come_in(als, request, wie, deelnemer):
    client = als(request.getfixturevalue(wie))
    for path in ("", "kring/deelnemer/", f"kring/deelnemer/{deelnemer.pk}/change/"):
        assert client.get(f"/beheer/{path}").status_code == 403


def test_who_is_not_logged_in_goes_to_the_login_of_the_house(als, beheerder):
    assert als().get("/beheer/").url.startswith("/aanmelden/")
    assert als().get("/beheer/login/").url.startswith("/aanmelden/")
    response = als(beheerder, tweede_factor=False).get("/beheer/")
    assert response.url == "/aanmelden/beveiliging/app/"


def test_the_exits_are_those_of_the_house(client):
    assert client.get("/beheer/password_change/").url == "/aanmelden/wachtwoord/"
    assert client.post("/beheer/logout/").url == "/aanmelden/afmelden/"


def test_another_kring_is_neither_listed_nor_opened(client, beheerder, andere_kring, vreemde):
    # As a mere coordinator there, the beheerder may open that kring, but not in the admin.
    LidmaatschapFactory(kring=andere_kring, gebruiker=beheerder, rol="coordinator")
    theirs = TandartsFactory(kring=andere_kring, naam="Lekkage")
    eigen = EigenTandartsFactory(kring=andere_kring, naam="Lekkage")
    outbox.enqueue_sms(kring_id=andere_kring.pk, sleutel="x", telefoon="+31612345670", tekst="x")
    rows = {
        "kring/kring": andere_kring,
        "kring/deelnemer": theirs.deelnemer,
        "kring/tandarts": theirs,
        "kring/eigentandarts": eigen,
        "kring/gebruiker": vreemde,
        "kring/lidmaatschap": vreemde.lidmaatschappen.first(),
    }
    for model, row in rows.items():
        html = client.get(f"/beheer/{model}/").content.decode()
        assert str(row.pk) not in html or model in ("kring/kring", "kring/gebruiker"), model
        assert "Lekkage" not in html
        assert "Vreemde" not in html
        # Django's admin sends an unknown object to its index with a notice.
        assert client.get(f"/beheer/{model}/{row.pk}/change/").status_code == 404, model
    assert not client.get("/beheer/kern/zending/").context["cl"].result_list
    kringen = {
        row.kring_id for row in client.get("/beheer/kern/logregel/").context["cl"].result_list
    }
    assert andere_kring.pk not in kringen


def test_add_and_change_are_logged_in_the_kring(client, kring, beheerder):
    path = "/beheer/kring/deelnemer/"
    assert client.post(f"{path}add/", PRAKTIJK | {"kring": kring.pk}).status_code == 302
    row = Deelnemer.objects.get()
    changed = PRAKTIJK | {"plaats": "Zeist"}
    assert client.post(f"{path}{row.pk}/change/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.plaats, row.kring_id) == ("Zeist", kring.pk)
    found = Logregel.objects.filter(object_soort="deelnemer").order_by("pk")
    assert list(found.values_list("gebeurtenis", "kring_id", "gebruiker_id", "object_id")) == [
        ("beheer.deelnemer_toegevoegd", kring.pk, beheerder.pk, str(row.pk)),
        ("beheer.deelnemer_gewijzigd", kring.pk, beheerder.pk, str(row.pk)),
    ]
    assert LogEntry.objects.count() == 0
    assert "beheer.deelnemer_gewijzigd" in client.get(f"{path}{row.pk}/history/").content.decode()


def test_a_row_is_not_added_to_another_kring(client, andere_kring):
    response = client.post("/beheer/kring/deelnemer/add/", PRAKTIJK | {"kring": andere_kring.pk})
    assert response.status_code == 200
    assert "kring" in response.context["adminform"].form.errors
    assert Deelnemer.objects.count() == 0


def test_a_row_never_moves_to_another_kring(client, beheerder, andere_kring, deelnemer):
    LidmaatschapFactory(kring=andere_kring, gebruiker=beheerder, rol="beheerder")
    client.post(
        f"/beheer/kring/deelnemer/{deelnemer.pk}/change/", PRAKTIJK | {"kring": andere_kring.pk}
    )
    before = deelnemer.kring_id
    deelnemer.refresh_from_db()
    assert deelnemer.kring_id == before


def test_a_dentist_of_one_kring_gets_no_practice_of_another(client, beheerder, kring, andere_kring):
    LidmaatschapFactory(kring=andere_kring, gebruiker=beheerder, rol="beheerder")
    typed = {
        "kring": kring.pk,
        "deelnemer": DeelnemerFactory(kring=andere_kring).pk,
        "naam": "T. Nieuw",
        "big_nummer": "19012345678",
        "telefoon": "0612345678",
        "gebruiker": "",
    }
    response = client.post("/beheer/kring/tandarts/add/", typed)
    assert response.context["adminform"].form.errors == {
        "deelnemer": ["Kies iets uit dezelfde kring."]
    }
    assert Tandarts.objects.count() == 0


def test_a_double_name_is_told_also_when_the_kring_is_not_on_the_form(client, kring, deelnemer):
    other = DeelnemerFactory(kring=kring)
    typed = PRAKTIJK | {"naam": deelnemer.naam}
    response = client.post(f"/beheer/kring/deelnemer/{other.pk}/change/", typed)
    assert response.status_code == 200
    assert "al een praktijk met deze naam" in response.content.decode()


def test_nothing_is_deleted_and_roles_are_not_given_here(client, deelnemer, coordinator, tandarts):
    row = coordinator.lidmaatschappen.get()
    for path in (
        f"kring/deelnemer/{deelnemer.pk}/delete/",
        f"kring/tandarts/{tandarts.pk}/delete/",
        "kring/lidmaatschap/add/",
        "kring/gebruiker/add/",
        "kring/kring/add/",
        "kern/logregel/add/",
        "kern/zending/add/",
    ):
        assert client.post(f"/beheer/{path}", {"post": "yes"}).status_code == 403, path
    path = f"/beheer/kring/lidmaatschap/{row.pk}/change/"
    assert client.post(path, {"rol": "fg", "status": "actief"}).status_code == 403
    delete = {"action": "delete_selected", "_selected_action": str(deelnemer.pk)}
    client.post("/beheer/kring/deelnemer/", delete)
    assert Deelnemer.objects.filter(pk=deelnemer.pk).exists()


def test_of_a_user_only_the_name_changes(client, kring, triagist, beheerder):
    before = triagist.email
    typed = {"naam": "Nieuwe Naam", "email": "x@y.example", "password": "!", "is_superuser": "on"}
    client.post(f"/beheer/kring/gebruiker/{triagist.pk}/change/", typed)
    triagist.refresh_from_db()
    assert (triagist.naam, triagist.email) == ("Nieuwe Naam", before)
    assert not triagist.is_superuser
    line = Logregel.objects.get(gebeurtenis="beheer.gebruiker_gewijzigd")
    assert (line.kring_id, line.gebruiker_id) == (kring.pk, beheerder.pk)


def test_who_also_works_elsewhere_is_not_renamed_here(client, kring, andere_kring, triagist):
    LidmaatschapFactory(kring=andere_kring, gebruiker=triagist)
    url, before = f"/beheer/kring/gebruiker/{triagist.pk}/change/", triagist.naam
    assert client.get(url).status_code == 200
    assert client.post(url, {"naam": "Andere Naam"}).status_code == 403
    triagist.refresh_from_db()
    assert triagist.naam == before


@pytest.mark.parametrize(
    "query",
    [
        "kring/gebruiker/?password__startswith=argon2",
        "kring/gebruiker/?is_superuser__exact=0",
        "kring/gebruiker/?naam__regex=(((",
        "kring/lidmaatschap/?gebruiker__password__startswith=a",
        "kern/zending/?inhoud=abc",
        "kern/zending/?sleutel__startswith=code",
        "kern/logregel/?hash=a",
        "kern/logregel/?tijdstip__year=99999999999999999999",
    ],
)
def test_a_list_answers_no_questions_but_those_of_its_filters(client, query):
    assert client.get(f"/beheer/{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "kring/lidmaatschap/?rol__exact=tandarts&status__exact=actief",
        "kring/tandarts/?actief__exact=1",
        "kern/zending/?status__exact=klaar&soort__exact=mail",
        "kern/logregel/?actie__exact=C",
    ],
)
def test_the_filters_of_a_list_work(client, query):
    assert client.get(f"/beheer/{query}").status_code == 200


def test_the_admin_leads_to_no_page_of_an_object(client, deelnemer):
    soort = ContentType.objects.get_for_model(Deelnemer)
    assert client.get(f"/beheer/r/{soort.pk}/{deelnemer.pk}/").status_code == 404
    assert client.get(f"/beheer/r/{soort.pk}/1/").status_code == 404


def test_opening_the_log_here_is_logged_too(client, kring, beheerder):
    client.get("/beheer/kern/logregel/")
    line = Logregel.objects.get(gebeurtenis="logboek.geraadpleegd")
    assert (line.kring_id, line.gebruiker_id) == (kring.pk, beheerder.pk)


@pytest.mark.parametrize("model", ["kring/tandarts", "kring/lidmaatschap", "kring/deelnemer"])
def test_lists_cost_the_same_for_one_and_thirty_rows(client, kring, model):
    def fill(number):
        for _ in range(number):
            gebruiker = GebruikerFactory()
            LidmaatschapFactory(kring=kring, gebruiker=gebruiker)
            TandartsFactory(kring=kring, gebruiker=gebruiker)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/beheer/{model}/").status_code == 200
        return len(captured)

    fill(1)
    queries()
    one = queries()
    fill(29)
    assert queries() == one


def test_no_patient_data_is_registered():
    names = {model._meta.label for model in admin.site._registry}
    assert not {name for name in names if name.startswith(("triage.", "verslag."))}


def test_an_empty_field_name_is_no_field(client, kring, deelnemer):
    """Found by the fuzzer: Django looks the hidden `_to_field` up, also when it is empty."""
    url = f"/beheer/kring/deelnemer/{deelnemer.pk}/change/"
    assert client.post(url, {"_to_field": ""}).status_code == 200
    assert client.post("/beheer/kring/deelnemer/1/change/", {"_to_field": ""}).status_code == 404


def test_the_admin_never_changes_who_a_dentist_is(client, tandarts, beheerder):
    before = tandarts.gebruiker
    url = f"/beheer/kring/tandarts/{tandarts.pk}/change/"
    assert 'name="gebruiker"' not in client.get(url).content.decode()
    typed = {
        "kring": tandarts.kring_id,
        "deelnemer": tandarts.deelnemer_id,
        "naam": "Andere Naam",
        "big_nummer": tandarts.big_nummer,
        "telefoon": tandarts.telefoon,
        "gebruiker": beheerder.pk,
        "actief": "on",
    }
    assert client.post(url, typed).status_code == 302
    tandarts.refresh_from_db()
    assert (tandarts.naam, tandarts.gebruiker) == ("Andere Naam", before)
