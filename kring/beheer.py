"""The admin of the beheerder: own kringen only, login and rights from the house itself.

Django's own permissions (`is_staff`, groups) are not used: who may enter follows from the role
beheerder, and the access table has refused everyone else before a page of the admin is reached.
"""

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kern.toegang import Rol


class BeheerConfig(AdminConfig):
    default_site = "kring.beheer.BeheerSite"


class BeheerSite(AdminSite):
    site_header = site_title = _("Spoeddienst beheer")
    index_title = _("Beheer van je kringen")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take the pages of this house only (`kring.admin.BeheerAdmin`).

        Third-party apps bring pages over groups and second factors, outside every kring.
        """
        if hasattr(admin_class, "kring_pad"):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        # Nothing here has a page of its own; Django's shortcut to it loads any object by number.
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", "") != "view_on_site"]

    def has_permission(self, request):
        return bool(own_kring_ids(request))

    # One login, one password page and one way out: those of the house, with the second factor.
    def login(self, request, extra_context=None):
        return redirect("account_login")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


def own_kring_ids(request) -> list[int]:
    """Return the kringen that this person is beheerder of."""
    return [row.kring_id for row in request.lidmaatschappen if row.rol == Rol.BEHEERDER]
