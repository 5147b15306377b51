"""The address book as a coordinator keeps it: most asked for, one wrong, and tasks about it."""

from kring import actions
from spoeddienst.demo.gegevens.bereikbaar import coordinator_of
from spoeddienst.demo.gegevens.klok import Klok
from spoeddienst.demo.gegevens.kringen import Bezetting
from verslag import taakwerk
from verslag.actions import close_taak
from verslag.models import Taak


def play(rows: Bezetting, klok: Klok) -> None:
    """Check some addresses; the last of the list turns out to be wrong."""
    by = coordinator_of(rows)
    wrong = max(rows.eigen, key=lambda row: row.naam)
    for nummer, row in enumerate(rows.eigen):
        row.refresh_from_db()
        if row.controle != row.Controle.NIET:
            continue
        if row == wrong:
            actions.report_fout(row, reden="Praktijk gestopt, mailbox wordt niet gelezen.", by=by)
        elif nummer % 3 == 0:
            actions.check_adres(
                row,
                email=row.email,
                telefoon=row.telefoon,
                toelichting="Gebeld met de praktijk.",
                by=by,
            )
    klok.zet(klok.nu)
    taakwerk.find_unread(klok.nu)
    taakwerk.find_wrong_addresses()
    done = Taak.objects.open().filter(soort=Taak.Soort.ONGELEZEN).order_by("pk").first()
    if done is not None:
        close_taak(
            kring_id=rows.kring.pk,
            sleutel=done.sleutel,
            oplossing=Taak.Oplossing.GEBELD,
            toelichting="Ze halen het vandaag op.",
            by=by,
        )
