"""Start-up of the ground floor: system checks, grants after migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernConfig(AppConfig):
    name = "kern"
    verbose_name = "Kern"

    def ready(self):
        from kern import bewaren, checks, dagwerk, rechten, scrub, verzegeld  # noqa: F401  (registers the system checks)

        scrub.install()
        dagwerk.register("berichten_legen", bewaren.empty_old_messages)
        # A message that opens something is wiped once it left, any other a month later.
        verzegeld.register("kern_zending", "inhoud", waar="status = 'klaar' OR inhoud <> ''")
        post_migrate.connect(rechten.grant_after_migrate, sender=self)
