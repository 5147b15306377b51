"""All doors of the house. Each needs a row in the access table, or the start fails."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from kring import tweede_factor
from kring.views import aanmeldingen, toestand
from spoeddienst import views

# Only the pages of allauth that this house uses; no sign-up, no mail links, no switching off.
ACCOUNT = [
    path("", account.login, name="account_login"),
    path("afmelden/", views.logout, name="account_logout"),
    path("niet-actief/", account.account_inactive, name="account_inactive"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("code/", tweede_factor.TweedeStap.as_view(), name="mfa_authenticate"),
    path("bevestigen/", tweede_factor.Bewijs.as_view(), name="bewijs"),
    path("verder/", aanmeldingen.verder, name="verder"),
    path("sessies/", aanmeldingen.sessies, name="sessies"),
    path("sessies/leeft/", aanmeldingen.sessie_leeft, name="sessie_leeft"),
    path("sessies/andere/einde/", aanmeldingen.sessies_einde, name="sessies_einde"),
    path("sessies/<uuid:nummer>/einde/", aanmeldingen.sessie_einde, name="sessie_einde"),
    path("sneltoetsen/", aanmeldingen.sneltoetsen, name="sneltoetsen"),
    path("beveiliging/", mfa.index, name="mfa_index"),
    path("beveiliging/app/", tweede_factor.AppInstellen.as_view(), name="mfa_activate_totp"),
    path("beveiliging/passkey/", tweede_factor.PasskeyToevoegen.as_view(), name="mfa_add_webauthn"),
    path(
        "beveiliging/passkey/<int:pk>/weg/",
        tweede_factor.PasskeyWeg.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("herstelcodes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "herstelcodes/nieuw/",
        tweede_factor.Herstelcodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("gezond/", views.health, name="gezond"),
    path("bezorger/", toestand.bezorger, name="bezorger"),
    path("aanmelden/", include(ACCOUNT)),
    path("beheer/", admin.site.urls),
    path("k/<slug:kring>/", include("kring.urls")),
    path("k/<slug:kring>/rooster/", include("rooster.urls")),
    path("k/<slug:kring>/bereikbaarheid/", include("bereikbaarheid.urls")),
    path("k/<slug:kring>/reglement/", include("reglement.urls")),
    path("k/<slug:kring>/triage/", include("triage.urls")),
    path("meldkamer/", include("triage.urls_meldkamer")),
    path("k/<slug:kring>/oefenen/", include("oefening.urls")),
    path("k/<slug:kring>/cijfers/", include("statistiek.urls")),
    path("k/<slug:kring>/", include("verslag.urls")),
    path("k/<slug:kring>/toezicht/", include("toezicht.urls")),
    path("k/<slug:kring>/rechten/", include("rechten.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("spoeddienst.demo.urls")))

handler400 = "spoeddienst.views.bad_request"
handler403 = "spoeddienst.views.forbidden"
handler404 = "spoeddienst.views.not_found"
