"""Access rows of the reglement app: a module per subject."""

from reglement.toegang import (
    deelname,
    functies,
    geschillen,
    jaarwiel,
    overzicht,
    post,
    regels,
    royement,
    stemmen,
    veiligheid,
    vergadering,
)

REGELS = [
    *overzicht.REGELS,
    *deelname.REGELS,
    *functies.REGELS,
    *geschillen.REGELS,
    *jaarwiel.REGELS,
    *post.REGELS,
    *royement.REGELS,
    *stemmen.REGELS,
    *veiligheid.REGELS,
    *vergadering.REGELS,
    *regels.REGELS,
]
