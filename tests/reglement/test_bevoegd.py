"""Who decides about what, and by which rule."""

import pytest

from reglement.besluitvorming import (
    Besluitsoort,
    Bestuursoptie,
    Meerderheidsoptie,
    Orgaan,
    Regel,
    Variant,
    Zitting,
    decision_body,
)
from reglement.lezing import Lezing, NieuweDeelnemer, Roostergoedkeuring, VariantEen

ALLE = tuple(Besluitsoort)
A, B = Bestuursoptie.A, Bestuursoptie.B


@pytest.mark.parametrize("soort", ALLE)
def test_every_kind_has_an_answer_with_its_article(soort):
    for optie in Bestuursoptie:
        for lijst in ((), ALLE):
            found = decision_body(
                soort, bestuursoptie=optie, meerderheidsoptie=Meerderheidsoptie.B, lijst=lijst
            )
            assert found.artikel
            assert found.uitleg
            assert (found.regel is None) == (found.eerste_zitting is None)


def test_the_list_reaches_exactly_what_10_4_rules():
    def rule(soort, lijst):
        return decision_body(
            soort,
            bestuursoptie=A,
            variant=Variant.II,
            meerderheidsoptie=Meerderheidsoptie.B,
            lijst=lijst,
            lezing=Lezing(roostergoedkeuring=Roostergoedkeuring.BESLUIT),
        ).regel

    raised = {soort for soort in ALLE if rule(soort, ALLE) is Regel.GEKWALIFICEERD}
    own = {
        Besluitsoort.ROYEMENT,
        Besluitsoort.VOORWAARDELIJK,
        Besluitsoort.HERTOELATING,
        Besluitsoort.TOETS,
    }
    assert raised == set(ALLE) - own
    assert {soort for soort in ALLE if rule(soort, ()) is Regel.ROYEMENT} == {
        Besluitsoort.ROYEMENT,
        Besluitsoort.VOORWAARDELIJK,
    }


def test_no_second_meeting_where_there_is_no_quorum():
    for soort in (Besluitsoort.HERTOELATING, Besluitsoort.TOETS):
        found = decision_body(soort, bestuursoptie=B)
        assert (found.eerste_zitting, found.tweede_mogelijk) == (Zitting.ZONDER_QUORUM, False)
        assert found.regel is Regel.GEWOON


@pytest.mark.parametrize(
    ("soort", "options", "lezing", "orgaan", "regel"),
    [
        (Besluitsoort.BESTUUR, {"bestuursoptie": B}, Lezing(), Orgaan.BESTAAT_NIET, None),
        (Besluitsoort.BESTUUR, {"bestuursoptie": A}, Lezing(), Orgaan.DEELNEMERS, Regel.GEWOON),
        (
            Besluitsoort.COORDINATOR,
            {"bestuursoptie": A, "variant": Variant.I},
            Lezing(),
            Orgaan.BESTUUR,
            None,
        ),
        (
            Besluitsoort.COORDINATOR,
            {"bestuursoptie": A, "variant": Variant.I},
            Lezing(variant_een=VariantEen.BEKRACHTIGING),
            Orgaan.DEELNEMERS,
            Regel.GEWOON,
        ),
        (
            Besluitsoort.COORDINATOR,
            {"bestuursoptie": B, "variant": Variant.I},
            Lezing(),
            Orgaan.DEELNEMERS,
            Regel.GEWOON,
        ),
        (
            Besluitsoort.TOELATING,
            {"bestuursoptie": B},
            Lezing(nieuwe_deelnemer=NieuweDeelnemer.RECHT),
            Orgaan.GEEN,
            None,
        ),
        (Besluitsoort.OVERIG, {"bestuursoptie": B}, Lezing(), Orgaan.NIET_GENOEMD, Regel.GEWOON),
    ],
)
def test_options_and_readings_say_who(*, soort, options, lezing, orgaan, regel):
    found = decision_body(soort, lezing=lezing, **options)
    assert (found.orgaan, found.regel) == (orgaan, regel)
