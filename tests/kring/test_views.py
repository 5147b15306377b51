"""Pages of the kring: practices, dentists, address book, users, first page."""

import re
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern import crypto
from kern.models import Logregel, Zending
from kern.outbox import place_of
from kring.models import Deelnemer, EigenTandarts, Gebruiker, Lidmaatschap, Tandarts
from tests.factories import (
    DeelnemerFactory,
    EigenTandartsFactory,
    GebruikerFactory,
    LidmaatschapFactory,
    TandartsFactory,
)

pytestmark = pytest.mark.django_db

PASSWORD = "paarse olifant op klompen"
MEMBERS = ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "beheerder", "fg"]
PRAKTIJK = {
    "naam": "Praktijk Het Plein",
    "adres": "Plein 1",
    "postcode": "3511aa",
    "plaats": "Utrecht",
    "telefoon": "030 234 56 79",
    "email": "plein@voorbeeld.example",
    "agb_code": "12 00 45 67",
}
EIGEN = {
    "naam": "E. Eigen",
    "praktijk": "Praktijk Zeist",
    "plaats": "Zeist",
    "email": "eigen@elders.example",
    "telefoon": "06-12345670",
    "agb_code": "",
}
LISTS = {
    "praktijken/": {"coordinator", "beheerder"},
    "tandartsen/": {"coordinator", "beheerder"},
    "eigen-tandartsen/": {"coordinator", "beheerder", "triagist", "tandarts_gebruiker"},
    "gebruikers/": {"coordinator", "beheerder"},
}
FORMS = {
    "instellingen/": {"coordinator"},
    "praktijken/nieuw/": {"coordinator"},
    "tandartsen/nieuw/": {"coordinator"},
    "eigen-tandartsen/nieuw/": {"coordinator", "triagist", "tandarts_gebruiker"},
    "gebruikers/rol/": {"coordinator", "beheerder"},
}


def page(kring, path=""):
    return f"/k/{kring.slug}/{path}"


@pytest.fixture
def post(kring, als, coordinator):
    """Post as the coordinator."""
    client = als(coordinator)
    return lambda path, data=None: client.post(page(kring, path), data or {})


@pytest.mark.parametrize("wie", MEMBERS)
def test_roles_open_what_the_table_says(kring, als, request, wie):
    client = als(request.getfixturevalue(wie))
    for path, allowed in (LISTS | FORMS).items():
        expected = 200 if wie in allowed else 403
        assert client.get(page(kring, path)).status_code == expected, path
    for path, allowed in FORMS.items():
        expected = 422 if wie in allowed else 403
        assert client.post(page(kring, path), {"naam": "x"}).status_code == expected, path


@pytest.mark.parametrize("wie", ["vreemde", "uitgenodigde", "beeindigde"])
def test_outsiders_see_nothing(kring, als, request, wie):
    client = als(request.getfixturevalue(wie))
    for path in ("", *LISTS, *FORMS):
        assert client.get(page(kring, path)).status_code == 404, path


def test_who_is_not_logged_in_goes_to_the_login(kring, als):
    for path in ("", *LISTS, *FORMS):
        response = als().get(page(kring, path))
        assert (response.status_code, response.url.split("?")[0]) == (302, "/aanmelden/")


def test_rows_of_another_kring_do_not_exist_here(kring, andere_kring, post, als, coordinator):
    rows = {
        "praktijken": DeelnemerFactory(kring=andere_kring, naam="Lekkage"),
        "tandartsen": TandartsFactory(kring=andere_kring, naam="Lekkage"),
        "eigen-tandartsen": EigenTandartsFactory(kring=andere_kring, naam="Lekkage"),
    }
    client = als(coordinator)
    for name, row in rows.items():
        path = f"{name}/{row.pk}/"
        assert client.get(page(kring, path)).status_code == 404
        assert post(path, PRAKTIJK | EIGEN).status_code == 404
        assert "Lekkage" not in client.get(page(kring, f"{name}/")).content.decode()
        row.refresh_from_db()
        assert row.naam == "Lekkage"


def test_add_a_practice_as_typed_by_people(post, kring):
    response = post("praktijken/nieuw/", PRAKTIJK)
    assert (response.status_code, response.url) == (302, page(kring, "praktijken/"))
    row = Deelnemer.objects.get()
    assert (row.postcode, row.telefoon, row.agb_code) == ("3511 AA", "+31302345679", "12004567")
    assert row.actief


def test_change_a_practice(post, deelnemer):
    assert post(f"praktijken/{deelnemer.pk}/", PRAKTIJK).status_code == 302
    deelnemer.refresh_from_db()
    # The box was left unticked.
    assert (deelnemer.naam, deelnemer.actief) == (PRAKTIJK["naam"], False)


def test_add_and_change_a_dentist(post, deelnemer, tandarts_gebruiker):
    typed = {
        "deelnemer": deelnemer.pk,
        "naam": "T. Nieuw",
        "big_nummer": "190 1234 5678",
        "telefoon": "0612345678",
        "gebruiker": tandarts_gebruiker.pk,
    }
    assert post("tandartsen/nieuw/", typed).status_code == 302
    row = Tandarts.objects.get()
    assert (row.big_nummer, row.telefoon) == ("19012345678", "+31612345678")
    assert row.gebruiker == tandarts_gebruiker
    assert post(f"tandartsen/{row.pk}/", typed | {"actief": "on"}).status_code == 302


def test_only_users_with_the_role_tandarts_can_be_linked(kring, als, coordinator, triagist):
    html = als(coordinator).get(page(kring, "tandartsen/nieuw/")).content.decode()
    assert triagist.naam not in html


def test_a_dentist_whose_role_ended_can_still_be_changed(post, deelnemer, tandarts):
    Lidmaatschap.objects.filter(gebruiker=tandarts.gebruiker).update(status="beeindigd")
    typed = {
        "deelnemer": deelnemer.pk,
        "naam": "Andere Naam",
        "big_nummer": tandarts.big_nummer,
        "telefoon": "06 12345678",
        "gebruiker": tandarts.gebruiker_id,
    }
    assert post(f"tandartsen/{tandarts.pk}/", typed).status_code == 302
    assert post(f"tandartsen/{tandarts.pk}/", typed | {"gebruiker": ""}).status_code == 422
    tandarts.refresh_from_db()
    assert tandarts.gebruiker is not None


@pytest.mark.parametrize("wie", ["coordinator", "triagist", "tandarts_gebruiker"])
def test_whoever_needs_an_own_dentist_at_night_adds_one(kring, als, request, wie):
    client = als(request.getfixturevalue(wie))
    assert client.post(page(kring, "eigen-tandartsen/nieuw/"), EIGEN).status_code == 302
    row = EigenTandarts.objects.get()
    changed = EIGEN | {"plaats": "Bilthoven"}
    assert client.post(page(kring, f"eigen-tandartsen/{row.pk}/"), changed).status_code == 302
    row.refresh_from_db()
    assert row.plaats == "Bilthoven"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", {"R. Muller", "J. Bakker"}),
        ("müller", {"R. Muller"}),
        ("MULLER zeist", {"R. Muller"}),
        ("muller utrecht", set()),
        ("%", set()),
        ("x" * 70000, set()),
    ],
)
def test_search_the_address_book(kring, als, triagist, q, found):
    EigenTandartsFactory(kring=kring, naam="R. Muller", plaats="Zeist")
    EigenTandartsFactory(kring=kring, naam="J. Bakker", plaats="Utrecht")
    response = als(triagist).get(page(kring, "eigen-tandartsen/"), {"q": q})
    assert {row.naam for row in response.context["pagina"]} == found


def test_an_odd_page_number_shows_a_page(kring, als, triagist):
    EigenTandartsFactory(kring=kring)
    for number in ("0", "-1", "x", "9" * 30):
        response = als(triagist).get(page(kring, "eigen-tandartsen/"), {"pagina": number})
        assert response.status_code == 200


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("naam", "", "verplicht"),
        ("naam", "x" * 65536, "niet meer dan 120 tekens"),
        ("naam", "a\x00b", "Null-tekens"),
        ("postcode", "0000 AA", "vier cijfers en twee letters"),
        ("telefoon", "06", "te weinig cijfers"),
        ("telefoon", "bel maar", "geen telefoonnummer"),
        ("email", "geen adres", "geldig e-mailadres"),
        ("agb_code", "123", "8 cijfers"),
    ],
)
def test_a_wrong_field_is_told_and_the_rest_stays(post, field, text, sentence):
    response = post("praktijken/nieuw/", PRAKTIJK | {field: text})
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert sentence in str(form.errors[field])
    html = response.content.decode()
    assert all(typed in html for name, typed in PRAKTIJK.items() if name != field)
    assert Deelnemer.objects.count() == 0


def test_a_double_name_is_told_at_the_field(post, kring):
    DeelnemerFactory(kring=kring, naam=PRAKTIJK["naam"])
    response = post("praktijken/nieuw/", PRAKTIJK)
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "naam": ["Er is al een praktijk met deze naam in de kring."]
    }


def test_the_list_names_the_representative_or_says_there_is_none(
    kring, als, coordinator, vertegenwoordiger
):
    DeelnemerFactory(kring=kring)
    html = als(coordinator).get(page(kring, "praktijken/")).content.decode()
    assert vertegenwoordiger.naam in html
    assert "nog niemand" in html


@pytest.mark.parametrize("path", list(LISTS))
def test_lists_cost_the_same_for_one_and_thirty_rows(kring, als, coordinator, path):
    def fill(number):
        for _ in range(number):
            tandarts = TandartsFactory(kring=kring, gebruiker=GebruikerFactory())
            rol = {"rol": "vertegenwoordiger", "deelnemer": tandarts.deelnemer}
            LidmaatschapFactory(kring=kring, **rol)
            EigenTandartsFactory(kring=kring)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(kring, path)).status_code == 200
        return len(captured)

    client = als(coordinator)
    fill(1)
    one = queries()
    fill(29)
    assert queries() == one


# --- roles and the one-time link


def give(post, **typed):
    values = {"email": "nieuw@voorbeeld.example", "naam": "Noor Nieuw", "rol": "triagemedewerker"}
    return post("gebruikers/rol/", values | typed)


def link_in(response) -> str:
    """Return the link from the mail; whoever asked for it must not see it on the screen."""
    assert "/activeren/" not in response.content.decode()
    zending = Zending.objects.latest("aangemaakt_op")
    mail = message_from_bytes(
        crypto.unseal(zending.inhoud, place=place_of(zending)), policy=policy.default
    )
    assert mail["To"] in response.content.decode()
    return re.search(r"/k/vecht/activeren/\S+", mail.get_content())[0]


def test_a_new_person_gets_in_by_the_link(post, als, kring):
    response = give(post)
    assert response.status_code == 200
    link = link_in(response)
    visitor = als()
    assert visitor.get(link).status_code == 200
    shown = visitor.get(link)
    assert shown.status_code == 200
    # A password manager has to know whose password this is.
    username = re.search(r'<input[^>]*autocomplete="username"[^>]*>', shown.content.decode())[0]
    assert 'value="nieuw@voorbeeld.example"' in username
    assert " hidden" in username
    choose = {"wachtwoord": PASSWORD, "herhaling": PASSWORD}
    done = visitor.post(link, choose)
    assert (done.status_code, done.url) == (302, "/aanmelden/")
    gebruiker = Gebruiker.objects.get(email="nieuw@voorbeeld.example")
    assert gebruiker.check_password(PASSWORD)
    assert gebruiker.lidmaatschappen.get().status == Lidmaatschap.Status.ACTIEF
    assert visitor.get(link).status_code == 404
    assert visitor.post(link, choose).status_code == 404
    # Logged in with a password alone, the second factor comes first.
    response = als(gebruiker, tweede_factor=False).get(page(kring))
    assert (response.status_code, response.url) == (302, "/aanmelden/beveiliging/app/")
    line = Logregel.objects.get(gebeurtenis="gebruiker.wachtwoord_gezet")
    assert line.gebruiker_naam == "Noor Nieuw"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"wachtwoord": "kort", "herhaling": "kort"}, "wachtwoord", "12 tekens"),
        ({"wachtwoord": "nieuw@voorbeeld.example"}, "wachtwoord", "e-mailadres"),
        ({"herhaling": "iets anders dan dat"}, "herhaling", "niet gelijk"),
        ({"wachtwoord": "x" * 65536}, "wachtwoord", "niet meer dan 128 tekens"),
        ({"wachtwoord": "paarse\x00olifant op"}, "wachtwoord", "Null-tekens"),
    ],
)
def test_a_wrong_password_is_told_and_uses_nothing_up(post, als, typed, field, sentence):
    link = link_in(give(post))
    visitor = als()
    response = visitor.post(link, {"wachtwoord": PASSWORD, "herhaling": PASSWORD} | typed)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])
    assert visitor.get(link).status_code == 200
    assert not Gebruiker.objects.get(email="nieuw@voorbeeld.example").has_usable_password()


def test_a_dead_link_tells_nothing_about_anyone(post, als):
    link = link_in(give(post))
    response = als().get(link[:-5] + "xxxx/")
    assert response.status_code == 404
    assert "Noor" not in response.content.decode()
    assert "werkt niet meer" in response.content.decode()


def test_activating_on_the_coordinators_screen_logs_the_coordinator_out(kring, als, coordinator):
    client = als(coordinator)
    link = link_in(give(lambda path, data: client.post(page(kring, path), data)))
    client.post(link, {"wachtwoord": PASSWORD, "herhaling": PASSWORD})
    assert client.get(page(kring)).status_code == 302


def test_a_coordinator_is_not_offered_the_roles_above(kring, als, coordinator, beheerder):
    roles = {}
    for person in (coordinator, beheerder):
        form = als(person).get(page(kring, "gebruikers/rol/")).context["form"]
        roles[person] = {value for value, _label in form.fields["rol"].choices if value}
    assert roles[coordinator] == {
        "triagemedewerker",
        "tandarts",
        "coordinator",
        "vertegenwoordiger",
    }
    assert roles[beheerder] - roles[coordinator] == {"beheerder", "fg"}


def test_a_refused_role_is_told_at_the_field(post, coordinator, deelnemer, vertegenwoordiger):
    refused = {
        "rol": give(post, rol="fg"),
        "email": give(post, email=coordinator.email),
        "deelnemer": give(post, rol="vertegenwoordiger", deelnemer=str(deelnemer.pk)),
    }
    for field, response in refused.items():
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
    assert not Gebruiker.objects.filter(email="nieuw@voorbeeld.example").exists()


def test_end_a_role(post, kring, als, coordinator, triagist):
    row = triagist.lidmaatschappen.get()
    path = f"gebruikers/rol/{row.pk}/einde/"
    assert triagist.naam in als(coordinator).get(page(kring, path)).content.decode()
    assert als(triagist).get(page(kring)).status_code == 200
    assert post(path).status_code == 302
    assert als(triagist).get(page(kring)).status_code == 404


def test_the_last_coordinator_hears_why_not(post, coordinator):
    response = post(f"gebruikers/rol/{coordinator.lidmaatschappen.get().pk}/einde/")
    assert response.status_code == 422
    assert "enige coördinator" in response.content.decode()


def test_a_role_in_another_kring_is_not_ended_here(post, vreemde):
    row = vreemde.lidmaatschappen.first()
    assert post(f"gebruikers/rol/{row.pk}/einde/").status_code == 404
    assert post(f"gebruikers/{vreemde.pk}/link/").status_code == 404


def test_a_link_on_request(post, triagist, fg):
    assert link_in(post(f"gebruikers/{triagist.pk}/link/"))
    refused = post(f"gebruikers/{fg.pk}/link/")
    assert refused.status_code == 422
    assert "Vraag de beheerder" in refused.content.decode()


# --- first pages


@pytest.mark.parametrize("wie", MEMBERS)
def test_the_first_page_says_as_what_one_works(kring, als, request, wie):
    gebruiker = request.getfixturevalue(wie)
    rol = gebruiker.lidmaatschappen.get().get_rol_display()
    html = als(gebruiker).get(page(kring)).content.decode()
    assert f"Je werkt hier als {rol}." in html
    assert "Nu heeft niemand dienst" in html


def test_who_works_for_more_kringen_chooses(kring, andere_kring, als, triagist, beeindigde):
    client = als(triagist)
    assert client.get("/").url == page(kring)
    LidmaatschapFactory(kring=andere_kring, gebruiker=triagist)
    html = client.get("/").content.decode()
    assert page(kring) in html
    assert page(andere_kring) in html
    assert "geen rol in een kring" in als(beeindigde).get("/").content.decode()


# --- settings of the kring


def test_the_coordinator_sets_the_days_of_a_pick_up(als, kring, andere_kring, coordinator):
    client = als(coordinator)
    assert "Van 7 tot en met 30 dagen" in client.get(page(kring, "instellingen/")).content.decode()
    assert client.post(page(kring, "instellingen/"), {"ophaal_dagen": "30"}).status_code == 302
    kring.refresh_from_db()
    assert kring.ophaal_dagen == 30
    line = Logregel.objects.get(gebeurtenis="kring.gewijzigd")
    assert (line.actie, line.object_id) == ("U", str(kring.pk))
    andere_kring.refresh_from_db()
    assert andere_kring.ophaal_dagen == 14


@pytest.mark.parametrize("dagen", ["6", "31", "0", "-1", "", "veel", "99999999999999999999"])
def test_days_out_of_bounds_are_refused_at_the_field(als, kring, coordinator, dagen):
    answer = als(coordinator).post(page(kring, "instellingen/"), {"ophaal_dagen": dagen})
    assert answer.status_code == 422
    assert 'id="id_ophaal_dagen"' in answer.content.decode()
    kring.refresh_from_db()
    assert kring.ophaal_dagen == 14
    assert not Logregel.objects.filter(gebeurtenis="kring.gewijzigd").exists()
