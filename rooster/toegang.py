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

_CONCEPT = [
    regel("rooster:concepten", Rol.COORDINATOR, object="concepten"),
    regel("rooster:concept_nieuw", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept", Rol.COORDINATOR, object="concept"),
    regel("rooster:concept_rekenen", Rol.COORDINATOR, methoden="POST", object="concept"),
    regel("rooster:concept_voortgang", Rol.COORDINATOR, object="concept", achtergrond=True),
    regel("rooster:concept_stoppen", Rol.COORDINATOR, methoden="POST", object="concept"),
    regel("rooster:concept_wat_als", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept_kiezen", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:concept_weg", Rol.COORDINATOR, methoden=_FORM, object="concept"),
    regel("rooster:conceptplaats", Rol.COORDINATOR, methoden=_FORM, object="conceptplaats"),
    regel("rooster:conceptplaats_vast", Rol.COORDINATOR, methoden="POST", object="conceptplaats"),
]

REGELS = [
    regel("rooster:overzicht", LID, object="diensten", menu=Menu("Rooster", 20)),
    regel("rooster:nu", LID, object="diensten"),
    regel("rooster:dienst_nieuw", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    regel("rooster:dienst_verwijderen", Rol.COORDINATOR, methoden=_FORM, object="dienst"),
    *_AGENDA,
    *_CONCEPT,
]
