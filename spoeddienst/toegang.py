"""Access rows of the doors that belong to no app: front door, login, admin."""

from kern.toegang import Doel, Mag, Regel, Rol, public

_SELF = Mag(doel=Doel.AANMELDEN)
_ADMIN = Mag(frozenset({Rol.BEHEERDER}), Doel.BEHEER)


def _own(route: str, methoden: str = "GET POST", *, zonder_tweede_factor: bool = False) -> Regel:
    """A page about the own account: anyone who is logged in."""
    return Regel(
        route,
        dict.fromkeys(methoden.split(), _SELF),
        zonder_tweede_factor=zonder_tweede_factor,
        object="eigen account",
    )


REGELS = [
    public("gezond"),
    Regel("home", {"GET": Mag()}),
    public("account_login", methoden="GET POST", doel=Doel.AANMELDEN),
    public("account_logout", methoden="GET POST", doel=Doel.AANMELDEN),
    public("account_inactive", doel=Doel.AANMELDEN),
    # Between password and code nobody is logged in yet.
    public("mfa_authenticate", methoden="GET POST", doel=Doel.AANMELDEN),
    _own("mfa_activate_totp", zonder_tweede_factor=True),
    _own("account_reauthenticate", zonder_tweede_factor=True),
    _own("mfa_reauthenticate"),
    _own("account_change_password"),
    _own("mfa_index", "GET"),
    _own("mfa_view_recovery_codes"),
    _own("mfa_generate_recovery_codes"),
    Regel("admin", {"GET": _ADMIN, "POST": _ADMIN}, prefix=True, object="eigen kringen"),
]
