"""Access rows of the kring app."""

from kern.toegang import LID, Doel, Mag, Menu, Regel, Rol, public, regel

_LEZEN = (Rol.COORDINATOR, Rol.BEHEERDER)
_ADRESBOEK = (Rol.COORDINATOR, Rol.TRIAGE, Rol.TANDARTS)
_FORM = "GET POST"

REGELS = [
    regel("kring:start", LID, object="kring"),
    regel("kring:deelnemers", _LEZEN, object="deelnemers", menu=Menu("Kring", 50)),
    regel("kring:deelnemer_nieuw", Rol.COORDINATOR, methoden=_FORM, object="deelnemer"),
    regel("kring:deelnemer", Rol.COORDINATOR, methoden=_FORM, object="deelnemer"),
    regel("kring:instellingen", Rol.COORDINATOR, methoden=_FORM, object="kring"),
    regel("kring:tandartsen", _LEZEN, object="tandartsen"),
    # Which user a dentist is decides who opens which dossiers: a right as well.
    regel("kring:tandarts_nieuw", Rol.COORDINATOR, methoden=_FORM, object="tandarts", vers=True),
    regel("kring:tandarts", Rol.COORDINATOR, methoden=_FORM, object="tandarts", vers=True),
    # At night whoever sends a report must be able to add the dentist it goes to.
    regel("kring:eigen_tandartsen", _ADRESBOEK, Rol.BEHEERDER, object="eigen tandartsen"),
    regel("kring:eigen_tandarts_nieuw", _ADRESBOEK, methoden=_FORM, object="eigen tandarts"),
    # A checked address is changed by the coordinator alone (kring/adresboek.py).
    regel("kring:eigen_tandarts", _ADRESBOEK, methoden=_FORM, object="eigen tandarts"),
    regel("kring:adres_gecontroleerd", Rol.COORDINATOR, methoden="POST", object="eigen tandarts"),
    regel("kring:adres_fout", _ADRESBOEK, methoden="POST", object="eigen tandarts"),
    # The beheerder gives the roles that the coordinator may not (kring/rollen.py).
    regel("kring:gebruikers", _LEZEN, object="gebruikers"),
    regel("kring:rol_geven", _LEZEN, methoden=_FORM, object="lidmaatschap", vers=True),
    regel("kring:rol_beeindigen", _LEZEN, methoden=_FORM, object="lidmaatschap", vers=True),
    regel("kring:link_sturen", _LEZEN, methoden="POST", object="gebruiker", vers=True),
    # A lost second factor: one asks, another one decides (kring/factorherstel.py).
    regel("kring:factorherstel_vragen", _LEZEN, methoden=_FORM, object="gebruiker", vers=True),
    regel("kring:factorherstel", _LEZEN, methoden=_FORM, object="factorherstel", vers=True),
    public("kring:activeren", methoden=_FORM, doel=Doel.AANMELDEN, object="eigen account"),
    regel("kring:logboek_csv", Rol.FG, doel=Doel.CONTROLE, object="logregels", vers=True),
    regel(
        "kring:logboek",
        Rol.FG,
        doel=Doel.CONTROLE,
        object="logregels",
        menu=Menu("Logboek", 60),
    ),
    regel(
        "kring:toestand",
        Rol.BEHEERDER,
        doel=Doel.BEHEER,
        object="reservekopie en bezorger",
        menu=Menu("Toestand", 65),
    ),
    regel(
        "kring:wachtrij",
        _LEZEN,
        doel=Doel.BEHEER,
        object="berichten zonder inhoud",
        menu=Menu("Wachtrij", 66),
    ),
    regel("kring:zending_opnieuw", _LEZEN, methoden="POST", doel=Doel.BEHEER, object="bericht"),
    regel("kring:zending_stoppen", _LEZEN, methoden="POST", doel=Doel.BEHEER, object="bericht"),
    # The row of the whole admin is in spoeddienst/toegang.py; this one is its place in the menu.
    Regel(
        "admin:index",
        {"GET": Mag(frozenset({Rol.BEHEERDER}), Doel.BEHEER)},
        menu=Menu("Beheer", 70),
        object="eigen kringen",
    ),
]
