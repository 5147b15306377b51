"""What can go wrong, each with the patient in the error, the statement or the message."""

import logging
import os
import signal
import sys
import threading
import warnings

from django.db import connection, transaction
from django.template import engines
from django.template.loader import get_template

from tests.lek import ALLES, BSN, NAAM, TEKST


def fout():
    raise ValueError(ALLES)


def keten():
    try:
        int(ALLES)
    except ValueError as error:
        raise RuntimeError(f"bij {NAAM}") from error


def met_notitie():
    error = KeyError(TEKST)
    error.add_note(ALLES)
    raise error


def groep():
    raise ExceptionGroup(ALLES, [ValueError(NAAM), TypeError(TEKST)])


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def dubbel():
    """The DETAIL quotes the key."""
    statement = "INSERT INTO kern_cache (cache_key, value, expires) VALUES (%s, %s, now())"
    with transaction.atomic():
        _sql(statement, ALLES, TEKST)
        _sql(statement, ALLES, TEKST)


def leeg():
    """The DETAIL quotes the whole row."""
    _sql("INSERT INTO kern_cache (cache_key, value) VALUES (%s, %s)", NAAM, ALLES)


def geen_getal():
    """The message itself quotes the value, and LINE quotes the statement."""
    _sql(f"SELECT %s::int, '{TEKST}'", f"{BSN}x")


def geen_datum():
    _sql("SELECT %s::date", ALLES)


def te_lang():
    _sql("SELECT %s::json", f"{{{ALLES}")


def sjabloon():
    get_template(f"{NAAM}.html")


def sjabloon_in_sjabloon():
    engines["django"].from_string("{% include x %}").render({"x": ALLES})


def bibliotheek():
    """A library that logs what it was given."""
    logging.getLogger("vreemd.pakket").error(
        "Cannot handle %s for %r", NAAM, {"bsn": BSN, 1: TEKST}
    )
    try:
        fout()
    except ValueError as error:
        logging.getLogger("vreemd.pakket").warning("Retry after %s", error, exc_info=True)


def eigen_log():
    try:
        fout()
    except ValueError:
        logging.getLogger("kern.proef").exception("Fault with %s", BSN)


def draad():
    thread = threading.Thread(target=fout)
    thread.start()
    thread.join()


def waarschuwing():
    warnings.warn(ALLES, stacklevel=1)


def val_om():
    """The end of a process in the middle of its work."""
    patient = ALLES
    if "celery" in " ".join(sys.argv) and patient:
        os.kill(os.getpid(), signal.SIGKILL)


FOUTEN = {
    f.__name__: f
    for f in (
        fout,
        keten,
        met_notitie,
        groep,
        dubbel,
        leeg,
        geen_getal,
        geen_datum,
        te_lang,
        sjabloon,
        sjabloon_in_sjabloon,
        bibliotheek,
        eigen_log,
        draad,
        waarschuwing,
        val_om,
    )
}
