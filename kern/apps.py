"""Start-up of the ground floor: system checks, grants after migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernConfig(AppConfig):
    name = "kern"
    verbose_name = "Kern"

    def ready(self):
        from kern import checks, rechten, scrub, verzegeld  # noqa: F401  (registers the system checks)

        scrub.install()
        # A message that opens something is wiped once it left.
        verzegeld.register("kern_zending", "inhoud", waar="NOT eenmalig OR inhoud <> ''")
        post_migrate.connect(rechten.grant_after_migrate, sender=self)
