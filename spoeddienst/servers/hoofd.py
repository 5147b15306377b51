"""The command line behind `./spoed`, in two stages around the birth of .venv."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from spoeddienst.servers import bootstrap, demo, omgeving, opdracht
from spoeddienst.servers.instantie import CHECKOUT
from spoeddienst.servers.melding import Stop, say

HELP = """\
Spoeddienst: rooster, triage, verslag en overdracht voor een kring van tandartsen.

  ./spoed demo              start alles op deze computer en toon het adres
  ./spoed demo --poort 9000   … op een andere poort
  ./spoed demo --rondgang     speel één hele nacht na zonder browser en controleer elke stap
  ./spoed test [pytest …]   alle tests, op eigen wegwerpservers
  ./spoed storingsproef     zet elke storing in en tel wat er verloren gaat (half uur)
  ./spoed manage …          een beheercommando van Django op dezelfde servers
  ./spoed omgeving          alleen .venv maken of bijwerken

Nodig: Python 3.11 of nieuwer. De rest haalt dit script zelf op, in .venv en var/.
Met DATABASE_URL en REDIS_URL in de omgeving start `manage` geen eigen servers (productie)."""


def main(args: Sequence[str]) -> int:
    try:
        return _dispatch(args)
    except Stop as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        return 130


def _dispatch(args: Sequence[str]) -> int:
    command, rest = (args[0] if args else "", list(args[1:]))
    if command in ("", "help", "-h", "--help"):
        print(HELP)
        return 0
    if command not in ("demo", "test", "storingsproef", "manage", "omgeving"):
        raise Stop(f"Onbekende opdracht: {command}\n\n{HELP}", code=2)
    if sys.platform != "linux":
        raise Stop("Spoeddienst draait op Linux (bijvoorbeeld Debian 12).")
    if command == "demo":
        options = demo.read_options(rest)
    if not (command == "manage" and omgeving.is_production()):
        bootstrap.ensure(tests=command == "test")
        _continue_in_venv(args)
    if command == "manage":
        return opdracht.manage(rest)
    if command == "test":
        return opdracht.test(rest)
    if command == "storingsproef":
        return opdracht.storingsproef(rest)
    if command == "omgeving":
        return 0
    return demo.run(options)


def _continue_in_venv(args: Sequence[str]) -> None:
    """Replace this process by the same command under the Python that has the packages."""
    if Path(sys.prefix).resolve() != bootstrap.VENV.resolve():
        python = str(bootstrap.PYTHON)
        os.execv(python, [python, str(CHECKOUT / "spoed"), *args])
