"""Make a new sealing key and bring every sealed value to it; the house stays open."""

from collections import Counter
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from kern import crypto, hersleutelen


class Command(BaseCommand):
    help = (
        "Maakt een nieuwe veldsleutel en versleutelt alles opnieuw, terwijl er gewerkt wordt. "
        "Afgebroken? Start het opnieuw: het gaat verder met dezelfde sleutel."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--controleer",
            action="store_true",
            help="tel alleen hoeveel waarden elke sleutel heeft",
        )

    def handle(self, *args, controleer=False, **options):
        if controleer:
            self._tell(hersleutelen.counts())
            return
        if not hersleutelen.is_owner():
            raise CommandError(
                "Draai dit als eigenaar van de tabellen: gebruik de DATABASE_URL van de migraties."
            )
        with self._alone():
            sleutel = self._choose_key()
            onleesbaar = self._reseal(sleutel)
            self._conclude(sleutel, onleesbaar)

    @contextmanager
    def _alone(self):
        with hersleutelen.alone() as mine:
            if not mine:
                raise CommandError(
                    "Er draait al een andere draai_sleutels. Wacht tot die klaar is."
                )
            yield

    def _choose_key(self) -> int:
        """Go on with a key that is not everywhere yet; else make the next one."""
        newest = crypto.key_ids()[-1]
        in_use = _totals(hersleutelen.counts())
        if any(key != newest for key in in_use):
            self.stdout.write(f"Verder met sleutel {newest}: er zijn nog waarden met een oudere.")
            return newest
        try:
            made = crypto.new_key()
        except OSError as error:
            raise CommandError(
                f"Hier kan ik geen sleutel maken in {settings.SLEUTEL_MAP} ({error.strerror}). "
                f"Maak zelf het bestand {newest + 1} (openssl rand -hex 32), zet de rechten op "
                "0400 en draai dit opnieuw."
            ) from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Sleutel {made} is gemaakt. Maak nu een kopie voor in de kluis.")
        return made

    def _reseal(self, sleutel: int) -> dict[str, set[str]]:
        onleesbaar = {}
        for stand in hersleutelen.reseal_all():
            if stand.totaal:
                self.stdout.write(f"  {stand.kolom.naam}: {stand.klaar} van {stand.totaal}")
                self.stdout.flush()
            if stand.onleesbaar:
                onleesbaar[stand.kolom.naam] = stand.onleesbaar
        return onleesbaar

    def _conclude(self, sleutel: int, onleesbaar: dict[str, set[str]]) -> None:
        """Say that an old key may go, and only when that is certain."""
        quiet = hersleutelen.wait_for_older_transactions()
        found = hersleutelen.counts()
        self._tell(found)
        if onleesbaar:
            waar = ", ".join(f"{naam} ({len(rows)})" for naam, rows in sorted(onleesbaar.items()))
            raise CommandError(
                f"Er zijn waarden die niet opengaan: {waar}. Laat alle sleutels staan en onderzoek "
                "dit eerst (docs/productie.md, Sleutels).",
                returncode=1,
            )
        old = sorted(set(_totals(found)) - {sleutel})
        if old or not quiet:
            raise CommandError(
                "Nog niet alles is klaar: er liep ander werk. Laat de oude sleutels staan en draai "
                "dit opnieuw.",
                returncode=1,
            )
        gone = [key for key in crypto.key_ids() if key != sleutel]
        for key in gone:
            self.stdout.write(
                f"Geen enkele waarde gebruikt sleutel {key} nog. Haal {settings.SLEUTEL_MAP}/{key} "
                "weg en bewaar hem in de kluis, zolang er reservekopieën zijn van vóór vandaag."
            )
        self.stdout.write(f"Klaar: alles is verzegeld met sleutel {sleutel}.")

    def _tell(self, found: dict[str, dict[int, int]]) -> None:
        for naam, per_key in sorted(found.items()):
            what = ", ".join(f"sleutel {key}: {count}" for key, count in sorted(per_key.items()))
            self.stdout.write(f"{naam}: {what or 'geen waarden'}")
        present = set(crypto.key_ids())
        for key in sorted(set(_totals(found)) - present):
            self.stdout.write(f"LET OP: sleutel {key} is in gebruik maar ontbreekt.")


def _totals(found: dict[str, dict[int, int]]) -> Counter[int]:
    """Return how many values each key has over all columns."""
    return sum((Counter(per_key) for per_key in found.values()), Counter())
