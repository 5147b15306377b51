"""Access rows of the letters to all who take part."""

from kern.toegang import Rol, regel

REGELS = [
    regel("reglement:post", Rol.COORDINATOR, object="brieven aan alle deelnemers"),
    regel(
        "reglement:post_nieuw",
        Rol.COORDINATOR,
        methoden="GET POST",
        object="brief aan alle deelnemers",
    ),
    regel("reglement:brief", Rol.COORDINATOR, object="brief aan alle deelnemers"),
]
