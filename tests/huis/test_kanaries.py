"""Nothing of another kring is ever shown (S03); of the own one only what a role may see (S08).

Two kringen with a canary in every text field; a spider goes through the house as everybody of the
one. `SPOED_MATRIX_SCHRIJF=1` writes tests/huis/velden.txt anew; read its diff.
"""

import logging
import os
from collections import Counter, defaultdict
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client

from kern.models import Logregel
from kern.tenancy import kring_context, set_context
from tests import factories
from tests.huis import kanaries, spin
from tests.huis.objecten import objects_of
from tests.huis.personen import ROLLEN, cast, client_of

GOLDEN = Path(__file__).with_name("velden.txt")
ZORG = {"TR", "TA", "collega", "ophaler"}
"""Who may see anything of a patient at all."""

FG_ZOEKT = {"triage.Patient.naam", "triage.Patient.geboortedatum", "triage.Patient.woonplaats"}
"""By these the functionaris finds the patient who asks who looked into the dossier."""

WIE_HET_IS = {
    *("triage.Patient.naam", "triage.Patient.geboortedatum", "triage.Patient.telefoon"),
    *("triage.Patient.adres", "triage.Patient.postcode", "triage.Patient.woonplaats"),
}
"""By these the coordinator joins two rows of one patient and answers who asks for a copy: who it
is, nothing of their health and no BSN (decisions 0032 and 0038)."""

EIGEN_ACCOUNT = {"kring.Gebruiker.naam", "kring.Gebruiker.email"}

HEAD = """\
# Wie ziet welk veld van de eigen kring, ergens in het huis: pagina, pdf, csv of fragment.
# Geschreven door test_kanaries.py; lees de diff. Namen als in matrix.txt; - is niemand.
"""

WIE = [*ROLLEN, "collega", "uitgenodigd:TR", "beeindigd:TA", "zonder2e", "ophaler", "niemand"]


def _name(persoon) -> str:
    return persoon.code if persoon.groep == "actief" else persoon.naam


@pytest.fixture
def huis(db):
    """Build both kringen; return the cages, the objects and everybody's client."""
    cages, kringen = {}, {}
    for slug, letter in (("vecht", "a"), ("maas", "b")):
        cages[slug] = kanaries.Kooi(letter)
        with cages[slug].filling():
            kringen[slug] = factories.KringFactory(slug=slug, naam=f"Kring {slug}")
    set_context([kring.pk for kring in kringen.values()])
    with cages["vecht"].filling():
        personen, own, _ = cast(kringen["vecht"], kringen["maas"])
    objects = {}
    for slug, kring in kringen.items():
        with cages[slug].filling():
            tandarts = own if slug == "vecht" else factories.TandartsFactory(kring=kring)
            objects[slug] = objects_of(kring, tandarts)
        kanaries.extra_objects(cages[slug], objects[slug])
        cages[slug].fill_rest(kring)
        objects[slug].logregel = Logregel.objects.get(kring=kring, gebeurtenis="proef.kanarie")
    overdracht = objects["vecht"].overdracht
    overdracht.refresh_from_db()
    chosen = {_name(persoon): persoon for persoon in personen}
    clients = {wie: client_of(chosen[wie], overdracht) for wie in WIE}
    return cages, objects, clients


def _twins(objects: dict) -> dict[str, str]:
    """Return what names an object of the own kring, with the name of its twin."""
    own, other = vars(objects["vecht"]), vars(objects["maas"])
    pairs = {}
    for name, mine in own.items():
        pk, twin = getattr(mine, "pk", mine), getattr(other[name], "pk", other[name])
        # Short numbers stand in any text; the addresses with them are asked by route.
        if len(str(pk)) > 8:
            pairs[str(pk)] = str(twin)
    return pairs


@pytest.mark.traag
@pytest.mark.eigen_logregels
def test_every_text_field_has_a_canary(huis):
    cages, objects, _clients = huis
    for slug, cage in cages.items():
        assert kanaries.missing(cage, objects[slug].kring) == []
    fields = {
        kanaries.label_of(f) for m in kanaries.models_of_a_kring() for f in kanaries.text_fields(m)
    }
    assert set(kanaries.ZONDER) - fields == set()


@pytest.fixture
def reis(huis, caplog):
    """Send the spider through the house as everybody, and sort what it brings back."""
    cages, objects, clients = huis
    caplog.set_level(logging.INFO)
    found = SimpleNamespace(
        pages=Counter(), sees=defaultdict(set), wrong=[], kinds=Counter(), bsn=set()
    )
    for wie, client in clients.items():
        for visit in spin.Spin(wie, client, objects, _twins(objects)).crawl():
            found.pages[wie] += 1
            found.kinds[f"{visit.soort} {visit.status}"] += 1
            found.wrong += _faults(visit, cages)
            own = cages["vecht"].seen_in(visit.tekst)
            if visit.vraag.startswith("GET") and "triage.Patient.bsn" in own:
                found.bsn.add(wie)
            # A message is for its recipient, not for who caused it.
            for label in own if visit.soort != "bericht" else ():
                found.sees[label].add(wie)
    for name, cage in cages.items():
        if logged := cage.seen_in(caplog.text):
            found.wrong.append(f"applicatielog, {name}: {sorted(logged)}")
    return found


def _faults(visit: spin.Bezoek, cages: dict) -> list[str]:
    """Return what is wrong with one answer."""
    faults = []
    if strange := cages["maas"].seen_in(visit.tekst):
        faults.append(f"andere kring: {sorted(strange)}")
    if visit.status >= 500:
        faults.append("een storing")
    if visit.vraag.startswith("GET") and (written := visit.schreef - spin.MAY_WRITE):
        faults.append(f"schreef bij een GET in {sorted(written)}")
    if visit.soort == "bericht":
        # S31: no mail and no text message holds anything of a patient.
        own = {label for label in cages["vecht"].seen_in(visit.tekst) if _of_patient(label)}
        faults += [f"bericht met {sorted(own)}"] if own else []
    return [f"{visit.wie}: {visit.vraag} ({visit.status}): {fault}" for fault in faults]


def _of_patient(label: str) -> bool:
    # About the protocol, and about places to send somebody to: both know of no patient.
    if label.startswith(("triage.Protocolversie.", "triage.Verwijsadres.")):
        return False
    return label.startswith("triage.") or label.startswith(
        ("verslag.Verslag", "verslag.Verslagversie", "verslag.Bijlage")
    )


def _golden(sees: dict[str, set[str]]) -> str:
    labels = sorted(
        kanaries.label_of(field)
        for model in kanaries.models_of_a_kring()
        for field in kanaries.text_fields(model)
        if kanaries.label_of(field) not in kanaries.ZONDER
    )
    return HEAD + "".join(
        f"{label:40} {' '.join(w for w in WIE if w in sees[label]) or '-'}\n" for label in labels
    )


@pytest.mark.traag
@pytest.mark.eigen_logregels
def test_nobody_sees_another_kring_and_each_role_only_its_fields(reis):
    (Path(os.environ["SPOED_MAP"]) / "spin.txt").write_text(f"{reis.pages}\n{reis.kinds}\n")
    found = _golden(reis.sees)
    if os.environ.get("SPOED_MATRIX_SCHRIJF"):
        GOLDEN.write_text(found)
    assert not reis.wrong, "\n".join(reis.wrong)
    # Apart from the golden file: nobody but who helps the patient sees anything of a patient's
    # health, and a BSN is on no page that is merely opened (S10).
    medical = {
        label: who
        - ZORG
        - ({"FG"} if label in FG_ZOEKT else set())
        - ({"CO"} if label in WIE_HET_IS else set())
        for label, who in reis.sees.items()
        if _of_patient(label)
    }
    assert {label: who for label, who in medical.items() if who} == {}
    assert reis.bsn == set()
    # Who has no living role sees the own name and address, on the page of the own account.
    for who in ("uitgenodigd:TR", "beeindigd:TA", "zonder2e"):
        assert {label for label in reis.sees if who in reis.sees[label]} <= EIGEN_ACCOUNT
    assert {label for label in reis.sees if "niemand" in reis.sees[label]} == set()
    # The spider can see: each kind of page was read, and what should be shown was found.
    assert reis.sees["triage.Patient.naam"] == ZORG | {"FG", "CO"}
    assert "ophaler" in reis.sees["verslag.Verslag.diagnose"]
    assert {"application/pdf 200", "text/csv 200", "text/html 200", "bericht 0"} <= set(reis.kinds)
    assert {kind.rpartition(" ")[2] for kind in reis.kinds} >= {"302", "403", "404", "405", "422"}
    assert min(reis.pages.values()) >= 100
    assert found.splitlines() == GOLDEN.read_text().splitlines()


@pytest.mark.traag
@pytest.mark.eigen_logregels
def test_error_pages_sing_no_canary(huis, monkeypatch):
    """400, 403, 404, 405, and 500 with every canary of both kringen in the text of the error."""
    cages, _objects, clients = huis
    birds = " ".join(needle for cage in cages.values() for needle in cage.label_of_needle)

    def broken(request):
        raise RuntimeError(birds)

    statuses = Counter()
    monkeypatch.setattr("kring.startpagina.blocks", broken)
    for client in clients.values():
        client.raise_request_exception = False
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        for response in (
            client.get("/k/vecht/"),
            client.get("/k/vecht/?q=%00"),
            client.get("/k/vecht/bestaat-niet/"),
            client.delete("/k/vecht/"),
            strict.post("/k/vecht/triage/nieuw/"),
            client.get("/k/vecht/logboek/"),
        ):
            statuses[response.status_code] += 1
            for cage in cages.values():
                assert response.status_code == 200 or not cage.seen_in(spin.text_of(response))
    assert set(statuses) >= {400, 403, 404, 405, 500}
    assert statuses[500] == len([*ROLLEN, "collega"])


@pytest.mark.traag
@pytest.mark.eigen_logregels
def test_the_spider_finds_a_planted_leak(huis, monkeypatch):
    """A page that shows the other kring, in a hidden field or with spaces, is found."""
    cages, objects, clients = huis
    other = objects["maas"]
    with kring_context(other.kring.pk):
        patient = type(other.patient).objects.get(pk=other.patient.pk)
        leak = f"<input type=hidden value='{patient.telefoon[:6]} {patient.telefoon[6:]}'>"
    body = HttpResponse(f"<p>{patient.naam.upper()}</p>{leak}{patient.geboortedatum:%d-%m-%Y}")
    monkeypatch.setattr("kring.views.start.render", lambda *a, **k: body)
    visit, _response = spin.Spin("TR", clients["TR"], objects, {})._ask("GET", "/k/vecht/")
    assert cages["maas"].seen_in(visit.tekst) == {
        "triage.Patient.naam",
        "triage.Patient.telefoon",
        "triage.Patient.geboortedatum",
    }
    assert _faults(visit, cages)
