"""Who the roles of the app are."""

from kern.toegang import Rol

LEZERS = frozenset({Rol.COORDINATOR, Rol.VERTEGENWOORDIGER, Rol.TANDARTS, Rol.BEHEERDER})
"""Those who take part in the kring or run it; the triage desk and the FG take no part."""
