"""The channel is the best one that is open, never ordinary mail, and it says why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verslag import kanaalkeuze
from verslag.kanaalkeuze import Certificaat, Kanaal, Keuze, Ontvanger, Reden, choose
from verslag.models import Overdracht

NU = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAG = timedelta(days=1)
GOED = Certificaat(
    adressen=frozenset({"eigen@elders.example"}),
    geldig_van=NU - DAG,
    geldig_tot=NU + DAG,
    bits=2048,
    is_voor_mail=True,
)
ALLES = Ontvanger(
    email="Eigen@elders.example",
    telefoon="+31612345678",
    certificaat=GOED,
    is_nta=True,
    wij_tekenen=True,
    wij_hebben_relay=True,
)


def test_the_order_of_the_channels():
    seen = [choose(ALLES, nu=NU)]
    seen.append(choose(replace(ALLES, certificaat=None), nu=NU))
    seen.append(choose(replace(ALLES, certificaat=None, is_nta=False), nu=NU))
    seen.append(choose(replace(ALLES, certificaat=None, is_nta=False, telefoon=""), nu=NU))
    assert seen == [
        Keuze(Kanaal.SMIME, (Reden.CERTIFICAAT,)),
        Keuze(Kanaal.NTA, (Reden.NTA,)),
        Keuze(Kanaal.OPHALEN, (Reden.GEEN_CERTIFICAAT, Reden.GEEN_NTA)),
        Keuze(Kanaal.PAPIER, (Reden.GEEN_CERTIFICAAT, Reden.GEEN_NTA, Reden.GEEN_TELEFOON)),
    ]


@pytest.mark.parametrize(
    ("spoiled", "reden"),
    [
        ({"geldig_tot": NU}, Reden.CERTIFICAAT_VERLOPEN),
        ({"geldig_tot": NU - DAG}, Reden.CERTIFICAAT_VERLOPEN),
        ({"geldig_van": NU + timedelta(seconds=1)}, Reden.CERTIFICAAT_TE_VROEG),
        ({"adressen": frozenset({"ander@elders.example"})}, Reden.CERTIFICAAT_ANDER_ADRES),
        ({"adressen": frozenset()}, Reden.CERTIFICAAT_ANDER_ADRES),
        ({"bits": 0}, Reden.CERTIFICAAT_GEEN_RSA),
        ({"bits": 2047}, Reden.CERTIFICAAT_TE_KORT),
        ({"is_voor_mail": False}, Reden.CERTIFICAAT_NIET_VOOR_MAIL),
    ],
)
def test_a_certificate_that_does_not_fit_leads_to_the_pick_up(spoiled, reden):
    facts = replace(ALLES, certificaat=replace(GOED, **spoiled), is_nta=False)
    assert choose(facts, nu=NU) == Keuze(Kanaal.OPHALEN, (reden, Reden.GEEN_NTA))
    assert kanaalkeuze.ZIN[reden] in choose(facts, nu=NU).zin


@pytest.mark.parametrize(
    ("spoiled", "reden"),
    [
        ({"is_nta": None}, Reden.NTA_ONBEKEND),
        ({"is_nta": False}, Reden.GEEN_NTA),
        ({"wij_hebben_relay": False}, Reden.GEEN_RELAY),
    ],
)
def test_a_domain_or_a_house_without_nta_leads_to_the_pick_up(spoiled, reden):
    facts = replace(ALLES, certificaat=None, **spoiled)
    assert choose(facts, nu=NU) == Keuze(Kanaal.OPHALEN, (Reden.GEEN_CERTIFICAAT, reden))


def test_nothing_goes_to_an_address_that_somebody_called_wrong():
    facts = replace(ALLES, adres_fout=True)
    assert choose(facts, nu=NU) == Keuze(Kanaal.PAPIER, (Reden.ADRES_FOUT,))


def test_who_cannot_sign_does_not_encrypt():
    facts = replace(ALLES, wij_tekenen=False, is_nta=False)
    assert choose(facts, nu=NU).redenen == (Reden.WIJ_TEKENEN_NIET, Reden.GEEN_NTA)


@pytest.mark.parametrize(
    ("spoiled", "reden"),
    [
        ({"omvang": kanaalkeuze.MAIL_MAX + 1}, Reden.TE_GROOT),
        ({"bijlage_wacht": True}, Reden.BIJLAGE_WACHT),
    ],
)
def test_what_does_not_fit_a_mail_is_picked_up(spoiled, reden):
    assert choose(replace(ALLES, **spoiled), nu=NU) == Keuze(Kanaal.OPHALEN, (reden,))
    assert choose(replace(ALLES, omvang=kanaalkeuze.MAIL_MAX), nu=NU).kanaal == Kanaal.SMIME


def test_without_an_address_only_paper_is_left():
    assert choose(replace(ALLES, email=""), nu=NU) == Keuze(Kanaal.PAPIER, (Reden.GEEN_EMAIL,))


FACTS = st.builds(
    Ontvanger,
    email=st.sampled_from(["", "eigen@elders.example"]),
    telefoon=st.sampled_from(["", "+31612345678"]),
    adres_fout=st.booleans(),
    certificaat=st.none()
    | st.builds(
        Certificaat,
        adressen=st.sampled_from([frozenset(), frozenset({"eigen@elders.example"})]),
        geldig_van=st.sampled_from([NU - DAG, NU + DAG]),
        geldig_tot=st.sampled_from([NU - DAG, NU + DAG]),
        bits=st.sampled_from([0, 1024, 4096]),
        is_voor_mail=st.booleans(),
    ),
    is_nta=st.sampled_from([None, True, False]),
    wij_tekenen=st.booleans(),
    wij_hebben_relay=st.booleans(),
    omvang=st.sampled_from([0, kanaalkeuze.MAIL_MAX + 1]),
    bijlage_wacht=st.booleans(),
)


@given(facts=FACTS)
def test_every_choice_is_safe_and_explained(facts):
    keuze = choose(facts, nu=NU)
    assert ", omdat " in keuze.zin
    assert keuze.kanaal == Kanaal.PAPIER or not facts.adres_fout
    if keuze.kanaal == Kanaal.SMIME:
        assert facts.wij_tekenen
        assert not kanaalkeuze.object_to(facts.certificaat, email=facts.email, nu=NU)
    elif keuze.kanaal == Kanaal.NTA:
        assert facts.is_nta is True
        assert facts.wij_hebben_relay
    elif keuze.kanaal == Kanaal.OPHALEN:
        # Two roads: the mailbox and the phone.
        assert facts.email
        assert facts.telefoon
    else:
        assert keuze.kanaal == Kanaal.PAPIER


def test_ordinary_mail_is_no_channel():
    assert {str(kanaal) for kanaal in Kanaal} == set(Overdracht.Kanaal.values)
    assert "mail" not in Overdracht.Kanaal.values


def test_every_reason_and_channel_has_words():
    assert set(kanaalkeuze.ZIN) == set(Reden)
    assert set(kanaalkeuze.ZO) == set(Kanaal)


def test_a_code_of_long_ago_is_left_out():
    assert kanaalkeuze.explain("papier", ["vervallen_code"]) == "Op papier."
