"""Access rows of the rooster app."""

from kern.toegang import LID, Menu, Rol, regel

_FORM = "GET POST"

REGELS = [
    regel("rooster:overzicht", LID, object="diensten", menu=Menu("Rooster", 20)),
    regel("rooster:nu", LID, object="diensten"),
    regel("rooster:dienst_nieuw", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst_verwijderen", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
]
