"""Plan a roster from a file to a file, without a database, so that others can check and compare."""

import json
import math
import os
import signal
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rooster.planner import InstantieFout, read_instance
from rooster.planner.instantie import Instantie
from rooster.planner.klok import Voortgang
from rooster.planner.oplossen import Uitkomst, plan_json, solve

FOUT_BESTAND = 2
"""Exit code for a file that cannot be read, understood or written."""


def _seconds(tekst: str) -> float:
    try:
        waarde = float(tekst.replace(",", "."))
    except ValueError:
        waarde = math.nan
    if not 0 < waarde <= 86_400:
        raise ArgumentTypeError("geef een aantal seconden tussen 0 en 86400")
    return waarde


class Command(BaseCommand):
    help = "Maakt een rooster: leest een rooster-instantie/1 en schrijft een rooster-plan/1."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("instantie", type=Path, help="bestand met de vraag (JSON)")
        parser.add_argument("--uit", type=Path, required=True, help="bestand voor het plan")
        parser.add_argument("--seconden", type=_seconds, default=60.0, help="hoogstens (60)")

    def handle(self, *args, instantie, uit, seconden, **options):
        inst = _read(instantie)
        if not uit.parent.is_dir() or uit.is_dir():
            raise CommandError(f"Kan {uit} niet schrijven: de map bestaat niet.", returncode=2)
        try:
            uitkomst = solve(inst, seconden=seconden, voortgang=self._listen())
        except InstantieFout as fout:
            raise CommandError(_lines(instantie, fout.klachten), returncode=FOUT_BESTAND) from fout
        _write(uit, plan_json(inst, uitkomst))
        self._tell(inst, uitkomst, uit)

    def _listen(self):
        """Return a listener that shows the way on a terminal; Ctrl-C keeps the best so far."""
        gestopt = []
        for nummer in (signal.SIGINT, signal.SIGTERM):
            signal.signal(nummer, lambda *_: gestopt.append(1))
        zien = self.stderr.isatty()

        def listen(stand: Voortgang) -> bool:
            if zien:
                regel = f"{stand.seconden:5.1f} s  {stand.fase:10}  doel {stand.doel}"
                self.stderr.write(f"\r{regel}  ondergrens {stand.ondergrens}   ", ending="")
                self.stderr.flush()
            return not gestopt

        return listen

    def _tell(self, inst: Instantie, uitkomst: Uitkomst, uit: Path) -> None:
        o = uitkomst.oordeel
        bewijs = "bewezen het best" if uitkomst.optimaal else "niet bewezen het best"
        if uitkomst.afgebroken:
            bewijs += ", afgebroken"
        for regel in (
            f"{inst.naam}: {len(inst.diensten)} diensten, {len(inst.praktijken)} praktijken, "
            f"{len(inst.tandartsen)} tandartsen",
            f"doel {uitkomst.doel}   ondergrens {uitkomst.ondergrens}   "
            f"gap {_dutch(100 * uitkomst.gap, 2)} %   tijd {_dutch(uitkomst.seconden, 1)} s   "
            f"({bewijs})",
            f"onbezet {o.onbezet}   buiten de band van de praktijk {o.buiten_praktijk}   "
            f"buiten de band van de tandarts {o.buiten_tandarts}   wensen {o.wensen}",
            *(
                f"{cat}: grootste afwijking {_dutch(e.afwijking, 3)} "
                f"(ondergrens {_dutch(e.ondergrens, 3)}), per rol {_dutch(e.per_rol, 3)}"
                for cat, e in o.eerlijkheid.items()
            ),
            f"plan geschreven naar {uit}",
        ):
            self.stdout.write(regel)


def _dutch(getal: float, cijfers: int) -> str:
    return f"{getal:.{cijfers}f}".replace(".", ",")


def _lines(bestand: Path, klachten: list[str]) -> str:
    return "\n".join([f"{bestand} is niet bruikbaar:", *(f"- {klacht}" for klacht in klachten)])


def _read(bestand: Path) -> Instantie:
    try:
        inhoud: Any = json.loads(bestand.read_text(encoding="utf-8"))
    except OSError as fout:
        waarom = "het bestaat niet" if isinstance(fout, FileNotFoundError) else fout.strerror
        reden = f"Kan {bestand} niet lezen: {waarom}."
        raise CommandError(reden, returncode=FOUT_BESTAND) from fout
    except json.JSONDecodeError as fout:
        reden = f"{bestand} is geen JSON: fout op regel {fout.lineno}, teken {fout.colno}."
        raise CommandError(reden, returncode=FOUT_BESTAND) from fout
    except (ValueError, RecursionError) as fout:
        reden = f"{bestand} is geen leesbare JSON in UTF-8."
        raise CommandError(reden, returncode=FOUT_BESTAND) from fout
    try:
        return read_instance(inhoud)
    except InstantieFout as fout:
        raise CommandError(_lines(bestand, fout.klachten), returncode=FOUT_BESTAND) from fout


def _write(bestand: Path, inhoud: dict[str, object]) -> None:
    """Write whole or not at all: a reader never sees half a plan."""
    vers = bestand.with_name(f".{bestand.name}.{os.getpid()}")
    try:
        vers.write_text(json.dumps(inhoud, ensure_ascii=False, indent=1), encoding="utf-8")
        vers.replace(bestand)
    except OSError as fout:
        vers.unlink(missing_ok=True)
        reden = f"Kan {bestand} niet schrijven: {fout.strerror}."
        raise CommandError(reden, returncode=FOUT_BESTAND) from fout
