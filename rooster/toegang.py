"""Access rows of the rooster app."""

from kern.toegang import LID, Doel, Menu, Rol, public, regel

_FORM = "GET POST"

# Agenda and area: a feed is read by a program without a login; its address is the secret.
_AGENDA = [
    regel("rooster:agenda", LID, methoden=_FORM, object="eigen agendalink"),
    regel("rooster:agenda_intrekken", LID, methoden=_FORM, object="agendalink"),
    public("rooster:agenda_lezen", doel=Doel.ORGANISATIE, object="diensten met geheime link"),
    regel("rooster:gebied", LID, object="gebied"),
    regel("rooster:gebied_wijzigen", Rol.COORDINATOR, methoden=_FORM, object="gebied"),
]

REGELS = [
    regel("rooster:overzicht", LID, object="diensten", menu=Menu("Rooster", 20)),
    regel("rooster:nu", LID, object="diensten"),
    regel("rooster:dienst_nieuw", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst_verwijderen", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    *_AGENDA,
]
