"""What the beheerder sees and changes. Every change is a line of the access log.

Nothing with a history is deleted, roles are given on the page Gebruikers (kring/rollen.py), and
of a zending only the status is shown: the content is sealed and stays so.
"""

from django import forms
from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.migraties import tenant_parents
from kern.models import Logregel, Zending
from kring.beheer import own_kring_ids
from kring.models import Deelnemer, EigenTandarts, Gebruiker, Kring, Lidmaatschap, Tandarts
from kring.rollen import memberships_anywhere


class _RijForm(forms.ModelForm):
    """A row of one kring: what it points at lies in the same kring."""

    def clean(self):
        data = super().clean()
        kring_id = data["kring"].pk if data.get("kring") else self.instance.kring_id
        for field in tenant_parents(self._meta.model):
            parent = data.get(field.name)
            if parent is not None and parent.kring_id != kring_id:
                self.add_error(field.name, _("Kies iets uit dezelfde kring."))
        return data

    def _get_validation_exclusions(self):
        # The kring is not on the form of an existing row, but unique names are unique within it.
        excluded = super()._get_validation_exclusions()
        return excluded if "kring" in self.fields else excluded - {"kring"}


_VRAGEN = ("exact", "isnull")
"""What the links of a list filter ask."""


class BeheerAdmin(admin.ModelAdmin):
    """Rights from the role, rows from the own kringen, changes to the access log."""

    kring_pad = "kring"
    mag_toevoegen = mag_wijzigen = False
    view_on_site = False
    actions = None
    list_per_page = 50

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request):
        return self.mag_toevoegen and self.admin_site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.mag_wijzigen and self.admin_site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        # An empty `_to_field` in the form would be looked up as a field without a name.
        return super().get_object(request, object_id, from_field or None)

    def get_queryset(self, request):
        # Row-level security holds the same line; this one also leaves out a beheerder's own
        # memberships elsewhere, which the database does show to them.
        kringen = own_kring_ids(request)
        return super().get_queryset(request).filter(**{f"{self.kring_pad}__in": kringen})

    def lookup_allowed(self, lookup, value, request=None):
        """Answer the links of the filters only.

        Django lets the address ask anything of a column that is not on the page: a password
        hash can be read letter by letter from which rows remain.
        """
        return lookup in {f"{naam}__{soort}" for naam in self.list_filter for soort in _VRAGEN}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "kring":
            kwargs["queryset"] = Kring.objects.filter(pk__in=own_kring_ids(request))
        elif db_field.remote_field.model is Gebruiker:
            kwargs["queryset"] = _people(request)
        else:
            kwargs["queryset"] = db_field.remote_field.model.objects.filter(
                kring__in=own_kring_ids(request)
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fixed = ["kring"] if obj and "kring" in (self.fields or ()) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def kring_ids_of(self, request, obj) -> list[int]:
        """Return the kringen in whose log a change of this object belongs."""
        return [obj.kring_id]

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        # Django leads to its index with a sentence; in this house another kring's row is a 404.
        raise Http404

    # Django would keep names and changed fields in a table of its own, outside every kring.
    def log_addition(self, request, obj, message):
        self._log(request, obj, "toegevoegd", "C")

    def log_change(self, request, obj, message):
        self._log(request, obj, "gewijzigd", "U")

    def _log(self, request, obj, wat: str, actie: str) -> None:
        soort = obj._meta.model_name
        for kring_id in self.kring_ids_of(request, obj):
            logboek.record(
                f"beheer.{soort}_{wat}",
                actie,
                by=request.actor,
                kring_id=kring_id,
                object_soort=soort,
                object_id=obj.pk,
            )

    def history_view(self, request, object_id, extra_context=None):
        """Show the lines of the access log about this object."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        lines = Logregel.objects.filter(
            kring__in=own_kring_ids(request),
            object_soort=obj._meta.model_name,
            object_id=str(obj.pk),
        ).order_by("-id")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Geschiedenis van %s") % obj,
            "opts": self.opts,
            "regels": lines[:200],
        }
        return TemplateResponse(request, "kring/beheer_historie.html", context)


def _people(request):
    """Return the users with a role, of any state, in the own kringen."""
    rows = Lidmaatschap.objects.filter(kring__in=own_kring_ids(request))
    return Gebruiker.objects.filter(pk__in=rows.values("gebruiker")).order_by("naam")


@admin.register(Kring)
class KringAdmin(BeheerAdmin):
    kring_pad = "pk"
    mag_wijzigen = True
    list_display = ["naam", "plaats", "spoednummer"]
    fields = [
        *("slug", "naam", "plaats", "spoednummer", "telefoon_coordinator"),
        *("meldmail_triage", "meldtelefoon_triage"),
        "ophaal_dagen",
    ]
    # It stands in every bookmark and in every link that was mailed.
    readonly_fields = ["slug"]

    def kring_ids_of(self, request, obj):
        return [obj.pk]


@admin.register(Gebruiker)
class GebruikerAdmin(BeheerAdmin):
    """Only the name: the address is the login, and passwords are chosen by their owner.

    The name of someone who also works elsewhere stands in the reports and the log of that kring.
    """

    mag_wijzigen = True
    list_display = ["naam", "email", "last_login"]
    search_fields = ["naam", "email"]
    fields = ["naam", "email", "is_active", "last_login", "aangemaakt_op"]
    readonly_fields = ["email", "is_active", "last_login", "aangemaakt_op"]

    def get_queryset(self, request):
        return _people(request)

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        own = own_kring_ids(request)
        return obj is None or all(row.kring_id in own for row in memberships_anywhere(obj))

    def kring_ids_of(self, request, obj):
        rows = Lidmaatschap.objects.filter(gebruiker=obj, kring__in=own_kring_ids(request))
        return sorted(set(rows.values_list("kring_id", flat=True)))


@admin.register(Lidmaatschap)
class LidmaatschapAdmin(BeheerAdmin):
    list_display = ["gebruiker", "rol", "status", "kring"]
    list_filter = ["rol", "status"]
    list_select_related = ["gebruiker", "kring"]
    search_fields = ["gebruiker__naam", "gebruiker__email"]
    fields = ["kring", "gebruiker", "rol", "status", "deelnemer", "aangemaakt_op", "gewijzigd_op"]


class _RijAdmin(BeheerAdmin):
    form = _RijForm
    mag_toevoegen = mag_wijzigen = True
    list_select_related = ["kring"]


@admin.register(Deelnemer)
class DeelnemerAdmin(_RijAdmin):
    list_display = ["naam", "plaats", "telefoon", "actief", "kring"]
    list_filter = ["actief"]
    search_fields = ["naam", "plaats"]
    fields = [
        "kring",
        "naam",
        "adres",
        "postcode",
        "plaats",
        "telefoon",
        "email",
        "agb_code",
        "actief",
    ]


@admin.register(Tandarts)
class TandartsAdmin(_RijAdmin):
    list_display = ["naam", "big_nummer", "deelnemer", "actief", "kring"]
    list_filter = ["actief"]
    list_select_related = ["kring", "deelnemer"]
    search_fields = ["naam", "big_nummer"]
    fields = ["kring", "deelnemer", "naam", "big_nummer", "telefoon", "gebruiker", "actief"]

    def get_readonly_fields(self, request, obj=None):
        # Who stands behind a dentist signs the reports: that has one door (kring.actions).
        return [*super().get_readonly_fields(request, obj), *(["gebruiker"] if obj else [])]


@admin.register(EigenTandarts)
class EigenTandartsAdmin(_RijAdmin):
    """Read only: a changed address drops its check, and that happens at one door (adresboek)."""

    mag_toevoegen = mag_wijzigen = False
    list_display = ["naam", "praktijk", "plaats", "email", "controle", "kring"]
    list_filter = ["controle"]
    search_fields = ["naam", "praktijk", "plaats", "email"]
    fields = [
        *("kring", "naam", "praktijk", "plaats", "email", "telefoon", "agb_code"),
        *("controle", "gecontroleerd_op", "fout_reden"),
    ]


@admin.register(Logregel)
class LogregelAdmin(BeheerAdmin):
    """The access log, read only; opening it is logged in every kring that is shown."""

    list_display = ["tijdstip", "gebruiker_naam", "gebeurtenis", "actie", "uitkomst", "kring"]
    list_filter = ["actie", "uitkomst"]
    list_select_related = ["kring"]
    ordering = ["-id"]
    # Counting a log of millions of lines for each page would cost more than the page.
    show_full_result_count = False
    fields = [
        "kring",
        "tijdstip",
        "gebeurtenis",
        "actie",
        "uitkomst",
        "gebruiker_naam",
        "rollen",
        "doel",
        "toegangspunt",
        "verzoek",
        "object_soort",
        "object_id",
        "patient_id",
    ]

    def changelist_view(self, request, extra_context=None):
        self._note(request)
        return super().changelist_view(request, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._note(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def _note(self, request):
        for kring_id in own_kring_ids(request):
            logboek.note_read(
                "logboek.geraadpleegd",
                by=request.actor,
                kring_id=kring_id,
                object_soort="logboek",
            )


@admin.register(Zending)
class ZendingAdmin(BeheerAdmin):
    list_display = ["soort", "status", "pogingen", "aangemaakt_op", "verzonden_op", "kring"]
    list_filter = ["soort", "status"]
    list_select_related = ["kring"]
    ordering = ["-aangemaakt_op"]
    fields = [
        "kring",
        "soort",
        "status",
        "pogingen",
        "aangemaakt_op",
        "volgende_poging_op",
        "verzonden_op",
        "fout",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("inhoud")
