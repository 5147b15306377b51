"""Doors of the reglement app, below /k/<kring>/reglement/: a module per subject."""

from reglement.urls import (
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

app_name = "reglement"
urlpatterns = [
    *overzicht.urlpatterns,
    *deelname.urlpatterns,
    *functies.urlpatterns,
    *geschillen.urlpatterns,
    *jaarwiel.urlpatterns,
    *post.urlpatterns,
    *royement.urlpatterns,
    *stemmen.urlpatterns,
    *veiligheid.urlpatterns,
    *vergadering.urlpatterns,
    *regels.urlpatterns,
]
