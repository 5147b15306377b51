"""The pages of the rules: who opens them, what a form keeps, and how many queries it takes."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kern.bewijs import SECOND_FACTOR
from kern.tijd import db_now, to_local
from reglement.actions import reglement as acties
from reglement.geldend import version_on
from reglement.models import Agendapunt, Ondertekening, Reglementversie
from tests import factories
from tests.reglement.test_variabelen import VOL


@pytest.fixture
def url(kring):
    def make(naam, versie=None, **more):
        values = {"kring": kring.slug} | more
        if versie:
            values["reglementversie"] = versie.pk
        return reverse(f"reglement:{naam}", kwargs=values)

    return make


@pytest.fixture
def bij(als, coordinator):
    """The coordinator's browser."""
    return als(coordinator)


def test_without_rules_the_page_says_how_to_begin(als, coordinator, tandarts_gebruiker, url):
    assert "Begin een concept" in als(coordinator).get(url("regels")).content.decode()
    page = als(tandarts_gebruiker).get(url("regels")).content.decode()
    assert "nog geen reglement" in page
    assert "Begin een concept" not in page


def test_a_draft_is_begun_and_opened(bij, url, kring):
    answer = bij.post(url("concept_nieuw"))
    versie = Reglementversie.objects.get(kring=kring)
    assert answer.url == url("versie", versie)
    page = bij.get(answer.url).content.decode()
    assert "Nog invullen: vergoeding per dienst bij eenzijdige toelating." in page
    assert "12 open" not in page


@pytest.mark.parametrize("rol", ["triagist", "fg"])
def test_who_takes_no_part_does_not_read_the_rules(request, als, url, geldend, rol):
    client = als(request.getfixturevalue(rol))
    assert client.get(url("regels")).status_code == 403
    assert client.get(url("versie", geldend)).status_code == 403


def test_a_draft_is_the_coordinators_alone(als, tandarts_gebruiker, beheerder, url, concept):
    for person in (tandarts_gebruiker, beheerder):
        assert als(person).get(url("versie", concept)).status_code == 404
        assert als(person).get(url("versie_pdf", concept)).status_code == 404


def test_only_the_coordinator_writes(als, vertegenwoordiger, tandarts_gebruiker, url, concept):
    for person in (vertegenwoordiger, tandarts_gebruiker):
        client = als(person)
        assert client.post(url("artikel", concept, pagina="8")).status_code == 403
        assert client.post(url("voorleggen", concept)).status_code == 403
        assert client.post(url("concept_nieuw")).status_code == 403
    concept.refresh_from_db()
    assert concept.status == "concept"


def test_the_rules_of_another_kring_are_not_there(bij, url, andere_kring):
    other = factories.ReglementversieFactory(kring=andere_kring, variabelen=dict(VOL))
    draft = factories.ReglementconceptFactory(kring=andere_kring)
    for name in ("versie", "verschil", "versie_pdf", "ondertekeningen", "verzenden"):
        assert bij.get(url(name, other)).status_code == 404
    for name in ("voorleggen", "lezingen", "versie_papier", "weggooien"):
        assert bij.get(url(name, draft)).status_code == 404
    assert bij.get(f"{url('concept_nieuw')}?van={other.pk}").status_code == 404


@pytest.mark.parametrize(
    "pagina", ["aanhef", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]
)
def test_every_page_of_the_form_opens_and_saves_as_it_was(bij, url, concept, pagina):
    page = bij.get(url("artikel", concept, pagina=pagina))
    assert page.status_code == 200
    data = {"gezien": 0}
    for field in page.context["form"]:
        value = field.value()
        if value is True:
            value = "on"
        if value not in (None, False, ""):
            data[field.html_name] = str(value) if not isinstance(value, list) else value
    answer = bij.post(url("artikel", concept, pagina=pagina), data)
    assert answer.status_code == 302, answer.context["form"].errors
    concept.refresh_from_db()
    assert concept.variabelen == VOL
    assert concept.teksten == {}


def test_a_value_that_adoption_asks_for_is_not_called_optional(bij, url, concept):
    """It may stay empty in a draft; without it nobody can adopt the rules (RG-7)."""
    later = "mag leeg in een concept, nodig voor vaststellen"

    def marks(pagina):
        page = bij.get(url("artikel", concept, pagina=pagina)).content.decode()
        found = re.findall(
            r'<(?:label|legend)[^>]*>([^<]*)<span class="niet-verplicht">([^<]*)<', page
        )
        return {label.strip(): mark for label, mark in found}

    assert marks("8")["Opzegtermijn: minstens (maanden)"] == f"({later})"
    four = marks("4")
    assert four["Extra taken van de coördinator"] == "(niet verplicht)"
    assert four["Wie wijst de coördinator aan?"] == f"({later})"
    five = marks("5")
    assert five["Avonddienst"] == f"({later})"
    assert five["Bijzondere omstandigheid 5.a"] == "(niet verplicht)"
    assert not {"Begint op", "Begint om", "Eindigt om", "Eindigt"} & five.keys()
    assert marks("8")["Eigen tekst van dit artikel"] == "(niet verplicht)"


@pytest.mark.parametrize(("vorm", "told"), [("vereniging", True), ("stichting", False)])
def test_an_association_reads_what_the_law_adds_to_expelling(bij, url, kring, vorm, told):
    versie = factories.ReglementversieFactory(
        kring=kring, variabelen=dict(VOL) | {"0.rechtsvorm": vorm}
    )
    page = bij.get(url("versie", versie)).content.decode()
    assert ("BW 2:35" in page) == told
    assert ("titeldeel=2&amp;artikel=35" in page) == told


def test_a_page_that_does_not_exist_is_not_found(bij, url, concept):
    assert bij.get(url("artikel", concept, pagina="12")).status_code == 404


def test_a_wrong_value_is_told_at_its_field_and_what_was_typed_stays(bij, url, concept):
    answer = bij.post(
        url("artikel", concept, pagina="9"),
        {"gezien": 0, "v-9-min_weken": "veel", "v-9-max_maanden": "7", "v-9-bedrag": "12,50"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert answer.context["form"].errors["v-9-min_weken"]
    assert 'value="veel"' in page
    assert 'value="7"' in page
    concept.refresh_from_db()
    assert concept.variabelen == VOL


def test_a_duty_that_ends_before_it_begins_is_refused(bij, url, concept):
    data = {
        "gezien": 0,
        "v-5-avond-dagen": ["0"],
        "v-5-avond-begin": "17:00",
        "v-5-avond-einde": "16:00",
        "v-5-avond-later": "0",
    }
    answer = bij.post(url("artikel", concept, pagina="5"), data)
    assert "Een dienst eindigt na het begin" in answer.content.decode()


def test_an_amount_is_typed_the_dutch_way_and_kept_in_cents(bij, url, concept):
    bij.post(url("artikel", concept, pagina="9"), {"gezien": 0, "v-9-bedrag": "312,50"})
    concept.refresh_from_db()
    assert concept.variabelen["9.bedrag"] == 31250


def test_who_saw_an_older_draft_keeps_what_was_typed_and_may_save_again(bij, url, concept, door):
    acties.save_article(
        concept, pagina="11", waarden={"11.weken": 4}, tekst=None, gezien=0, by=door
    )
    data = {"gezien": 0, "v-8-opzegmaanden": "9"}
    answer = bij.post(url("artikel", concept, pagina="8"), data)
    page = answer.content.decode()
    assert (answer.status_code, "collega" in page, 'value="9"' in page) == (422, True, True)
    assert 'name="gezien" value="1"' in page
    assert bij.post(url("artikel", concept, pagina="8"), data | {"gezien": 1}).status_code == 302


def test_the_readings_are_chosen_and_kept(bij, url, concept):
    page = bij.get(url("lezingen", concept))
    data = {field.html_name: field.value() for field in page.context["form"]}
    answer = bij.post(
        url("lezingen", concept), data | {"gezien": 0, "helft_plus_een": "letterlijk"}
    )
    assert answer.status_code == 302
    concept.refresh_from_db()
    assert concept.lezing["helft_plus_een"] == "letterlijk"
    wrong = bij.post(url("lezingen", concept), data | {"gezien": 1, "extra_feestdagen": "5 mei"})
    assert "jaar-maand-dag" in wrong.content.decode()


def test_an_unfinished_draft_is_not_put_on_the_agenda_and_the_page_says_what_lacks(
    bij, url, concept, vergadering
):
    del concept.variabelen["11.weken"]
    concept.save()
    answer = bij.post(
        url("voorleggen", concept),
        {"vergadering": vergadering.pk, "toelichting": "Omdat.", "gezien": 0},
    )
    page = answer.content.decode()
    assert (answer.status_code, Agendapunt.objects.count()) == (422, 0)
    assert "aankondiging van wat het reglement niet regelt" in page
    assert "Omdat." in page


def test_a_text_that_changed_since_the_page_is_not_put_on_the_agenda(
    bij, url, concept, vergadering
):
    assert 'name="gezien" value="0"' in bij.get(url("voorleggen", concept)).content.decode()
    concept.wijziging = 1
    concept.save()
    form = {"vergadering": vergadering.pk, "toelichting": "Omdat.", "gezien": 0}
    answer = bij.post(url("voorleggen", concept), form)
    page = answer.content.decode()
    assert (answer.status_code, Agendapunt.objects.count()) == (422, 0)
    assert "Omdat." in page
    assert 'name="gezien" value="1"' in page


def test_from_draft_to_rules_by_the_pages(bij, url, concept, vergadering, besluit):
    vandaag = to_local(db_now()).date()
    form = {"vergadering": vergadering.pk, "toelichting": "Omdat.", "gezien": 0}
    answer = bij.post(url("voorleggen", concept), form)
    assert answer.status_code == 302
    assert Agendapunt.objects.get().toelichting == "Omdat."
    besluit(concept)
    page = bij.get(url("verwerken", concept)).content.decode()
    assert "art. 10.7" in page
    answer = bij.post(
        url("verwerken", concept), {"geldig_vanaf": vandaag.isoformat(), "versturen": ""}
    )
    assert answer.url == url("versie", concept)
    assert version_on(concept.kring_id, vandaag) == concept
    assert "Stuur aan alle deelnemers" in bij.get(answer.url).content.decode()


def test_a_day_before_the_decision_is_refused_at_its_field(bij, url, voorstel, besluit, vandaag):
    besluit(voorstel)
    early = (vandaag - timedelta(days=1)).isoformat()
    answer = bij.post(url("verwerken", voorstel), {"geldig_vanaf": early, "versturen": "on"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["geldig_vanaf"]
    voorstel.refresh_from_db()
    assert voorstel.status == "voorgelegd"


def test_paper_is_registered_with_its_place(bij, url, concept, vandaag):
    day = (vandaag - timedelta(days=300)).isoformat()
    data = {"besloten_op": day, "geldig_vanaf": day, "reden": "Map 3."}
    assert bij.post(url("versie_papier", concept), data | {"reden": ""}).status_code == 422
    assert bij.post(url("versie_papier", concept), data).status_code == 302
    page = bij.get(url("regels")).content.decode()
    assert "Reglement, versie 1" in page


def test_the_differences_name_the_variable_and_mark_the_words(
    als, tandarts_gebruiker, url, voorstel
):
    page = als(tandarts_gebruiker).get(url("verschil", voorstel)).content.decode()
    assert "<del>3</del><ins>6</ins>" in page
    assert "6 maanden" in page


def test_the_pdf_is_one_and_carries_its_title(als, tandarts_gebruiker, url, geldend):
    answer = als(tandarts_gebruiker).get(url("versie_pdf", geldend))
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert "versie 1" in reader.metadata.title
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "Artikel 11. Slotbepalingen" in text
    assert "Vastgesteld te Maarssen" in text


def test_a_vertegenwoordiger_reads_and_signs(als, url, geldend, tekenaar):
    client = als(tekenaar.gebruiker)
    assert "Je handtekening ontbreekt" in client.get(url("regels")).content.decode()
    data = {"deelnemer": tekenaar.praktijk.pk, "gezien": geldend.sha256}
    wrong = client.post(url("ondertekenen", geldend), data)
    assert (wrong.status_code, Ondertekening.objects.count()) == (422, 0)
    answer = client.post(url("ondertekenen", geldend), data | {"akkoord": "ja"})
    assert answer.status_code == 302
    assert Ondertekening.objects.get().gebruiker == tekenaar.gebruiker
    assert "Je handtekening ontbreekt" not in client.get(url("regels")).content.decode()


def test_signing_asks_a_fresh_second_factor(als, url, geldend, tekenaar):
    client = als(tekenaar.gebruiker)
    session = client.session
    session[SECOND_FACTOR] -= 3600
    session.save()
    data = {"deelnemer": tekenaar.praktijk.pk, "gezien": geldend.sha256, "akkoord": "ja"}
    answer = client.post(url("ondertekenen", geldend), data)
    assert answer.status_code == 401
    assert not Ondertekening.objects.exists()


def test_nobody_signs_for_a_practice_of_somebody_else(als, url, geldend, tekenaar, kring):
    other = factories.DeelnemerFactory(kring=kring)
    data = {"deelnemer": other.pk, "gezien": geldend.sha256, "akkoord": "ja"}
    answer = als(tekenaar.gebruiker).post(url("ondertekenen", geldend), data)
    assert (answer.status_code, Ondertekening.objects.count()) == (422, 0)


def test_who_signed_is_for_coordinator_and_vertegenwoordigers(
    als, url, geldend, tekenaar, tandarts_gebruiker
):
    assert als(tandarts_gebruiker).get(url("ondertekeningen", geldend)).status_code == 403
    assert tekenaar.praktijk.naam not in str(
        als(tandarts_gebruiker).get(url("regels")).content.decode()
    )
    page = als(tekenaar.gebruiker).get(url("ondertekeningen", geldend)).content.decode()
    assert tekenaar.praktijk.naam in page


def test_the_overview_says_what_waits(bij, url, voorstel, besluit):
    besluit(voorstel)
    assert "Verwerk het besluit over het reglement" in bij.get(url("overzicht")).content.decode()


def test_the_overview_asks_for_the_signature(als, url, geldend, tekenaar):
    page = als(tekenaar.gebruiker).get(url("overzicht")).content.decode()
    assert "Onderteken het reglement, versie 1" in page


@pytest.mark.parametrize("naam", ["regels", "versie", "ondertekeningen"])
def test_a_page_asks_as_much_of_many_practices_as_of_one(bij, url, geldend, naam):
    address = url(naam) if naam == "regels" else url(naam, geldend)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert bij.get(address).status_code == 200
        return len(found)

    count()
    one = count()
    for _n in range(30):
        factories.DeelnemerFactory(kring=geldend.kring)
    assert count() == one
