"""All doors of the house. Each needs a row in the access table, or the start fails."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from spoeddienst import views

# Only the pages of allauth that this house uses; no sign-up, no mail links, no switching off.
ACCOUNT = [
    path("", account.login, name="account_login"),
    path("afmelden/", account.logout, name="account_logout"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("niet-actief/", account.account_inactive, name="account_inactive"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("code/opnieuw/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("beveiliging/", mfa.index, name="mfa_index"),
    path("beveiliging/app/", views.activate_totp, name="mfa_activate_totp"),
    path("herstelcodes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "herstelcodes/nieuw/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("gezond/", views.health, name="gezond"),
    path("aanmelden/", include(ACCOUNT)),
    path("beheer/", admin.site.urls),
    path("k/<slug:kring>/", include("kring.urls")),
    path("k/<slug:kring>/rooster/", include("rooster.urls")),
    path("k/<slug:kring>/triage/", include("triage.urls")),
    path("k/<slug:kring>/", include("verslag.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("spoeddienst.demo.urls")))

handler400 = "spoeddienst.views.bad_request"
handler403 = "spoeddienst.views.forbidden"
handler404 = "spoeddienst.views.not_found"
