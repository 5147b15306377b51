"""Access rows of the doors that belong to no app: front door, login, admin."""

from kern.toegang import Doel, Mag, Regel, Rol, public

# Fresh, because it also links a user to a dentist, and shows the access log.
_ADMIN = Mag(frozenset({Rol.BEHEERDER}), Doel.BEHEER, vers=True)


def _own(route: str, methoden: str = "GET POST", *, vers: bool = False, **kwargs) -> Regel:
    """A page about the own account: anyone who is logged in."""
    mag = Mag(doel=Doel.AANMELDEN, vers=vers)
    return Regel(route, dict.fromkeys(methoden.split(), mag), object="eigen account", **kwargs)


REGELS = [
    public("gezond"),
    Regel("home", {"GET": Mag()}),
    # A page asks it by itself, a screen on the wall too; it tells nothing of anybody.
    Regel("bezorger", {"GET": Mag()}, achtergrond=True, scherm=True),
    public("account_login", methoden="GET POST", doel=Doel.AANMELDEN),
    public("account_logout", methoden="GET POST", doel=Doel.AANMELDEN),
    public("account_inactive", doel=Doel.AANMELDEN),
    # Between password and code nobody is logged in yet.
    public("mfa_authenticate", methoden="GET POST", doel=Doel.AANMELDEN),
    # The first factor is set up in a session that has none yet; every other one after a proof.
    _own("mfa_activate_totp", vers=True, zonder_tweede_factor=True),
    _own("mfa_add_webauthn", vers=True, zonder_tweede_factor=True),
    _own("mfa_remove_webauthn", vers=True),
    public("mfa_login_webauthn", methoden="GET POST", doel=Doel.AANMELDEN),
    _own("bewijs"),
    _own("verder", "GET"),
    _own("sessies", "GET"),
    _own("sessie_leeft", "GET", achtergrond=True, scherm=True),
    _own("sessie_einde", "POST"),
    _own("sessies_einde", "POST"),
    _own("sneltoetsen"),
    _own("account_change_password", vers=True),
    _own("mfa_index", "GET"),
    # Shown once, right after they were made.
    _own("mfa_view_recovery_codes", "GET", vers=True),
    _own("mfa_generate_recovery_codes", vers=True),
    Regel("admin", {"GET": _ADMIN, "POST": _ADMIN}, prefix=True, object="eigen kringen"),
]
