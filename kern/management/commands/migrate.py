"""Django's `migrate`, which looks for garbage less often."""

import gc

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Makes the tables of a new house in four fifths of the time, for 120 MB more of memory."""

    def handle(self, *args, **options):
        # Django draws all models a hundred times over. Each holds the others, so little of it is
        # ever garbage, and looking for some went through all of them again and again.
        gc.set_threshold(200_000, 20, 20)
        return super().handle(*args, **options)
