"""A house with planted faults, each with a patient in it: what of her ends up where? (S31, S32)"""

NAAM = "Kanarina van Leeuwerik-Lekstra"
BSN = "123456782"
TEKST = "Fistel bij de zevenendertigste kanariemolaar"
CANARIES = (NAAM, BSN, TEKST)
ALLES = f"{NAAM} ({BSN}): {TEKST}"
