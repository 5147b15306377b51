"""A default belongs to its edition: calls under the standard are replayed by it (0018)."""

from triage.protocol import STANDAARD, STANDAARD_REGELSET

DEFAULTS = {
    "knmt-2022-tekst-2025-07-v1": {
        "jong_kind_tot_leeftijd": 12,
        "kind_tot_leeftijd": 18,
        "kind_regel": "ruim",
        "forse_pijn_vanaf_nrs": 7,
        "nrs_overleg_aanbevolen_vanaf": 7,
        "pijn_terugbel_min": 60,
        "nabloeding_terugbel_min": 30,
        "nabloeding_zien_binnen_min": 60,
        "avulsie_zien_binnen_min": 60,
        "avulsie_streef_min": 30,
        "zo_snel_mogelijk_min": 60,
        "letsel_zien_binnen_min": 1440,
        "pijn_zien_binnen_min": 1440,
        "pijn_24u_regel": "hoofdtekst_en",
        "zwelling_zonder_koorts": "contact",
        "onbekend_is_twijfel": True,
        "klok_start_nabloeding": "eerste_melding",
        "melktand_tot_leeftijd": 6,
        "wisselgebit_tot_leeftijd": 12,
        "bsn_vastleggen_toegestaan": True,
        "opname_gesprekken": True,
        "tandarts_contact_norm_min": 5,
        "achterwacht_na_pogingen": 2,
        "achterwacht_na_min": 5,
        "max_tussenschakels_automatisch": 1,
        "max_tussenschakels_handmatig": 2,
        "verslag_ook_bij_alleen_gesproken": True,
        "bevrijdingsdag_vrij": "lustrum",
        "goede_vrijdag_vrij": False,
    }
}
"""What each shipped edition means by "the standard". A new setting may join; none may change."""


def test_defaults_of_the_edition_never_change():
    known = DEFAULTS[STANDAARD_REGELSET.id]
    now = STANDAARD.as_record()
    changed = {name: now.get(name) for name, value in known.items() if now.get(name) != value}
    assert changed == {}, "een andere standaard is een nieuwe regelset (docs/besluiten/0018)"
