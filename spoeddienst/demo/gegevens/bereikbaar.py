"""Whether the kring can be reached: checks, forwarding, announcements and notices that left."""

from datetime import date, datetime, time, timedelta

from bereikbaarheid import actions
from bereikbaarheid.models import Herinnering, Weekbericht
from bereikbaarheid.regels import PUNTEN, week_to_announce
from kern.actor import Actor
from kern.models import Zending
from kern.tijd import from_local, to_local
from kern.toegang import Rol
from kring.models import Lidmaatschap
from rooster.models import Dienst, Dienstplaats
from spoeddienst.demo.gegevens import bezorgd
from spoeddienst.demo.gegevens.klok import Klok
from spoeddienst.demo.gegevens.kringen import Bezetting

CENTRALE = "Telefoniste van de meldkamer"
TE_LANG = "Telefooncentrale van de praktijk\nDoorschakeldienst van de provider"
LIJST = (
    ("media", "Weekblad {plaats}", "redactie@weekblad.{slug}.example"),
    ("media", "Radio {plaats}", "nieuws@radio.{slug}.example"),
    ("huisarts", "Huisartsenpost {plaats}", "balie@huisartsenpost.{slug}.example"),
    ("ziekenhuis", "Spoedeisende hulp", "seh@ziekenhuis.{slug}.example"),
    ("politie", "Politie, basisteam {plaats}", "wachtcommandant@politie.{slug}.example"),
)
DONDERDAG, NEGEN = 3, time(9)


def play(rows: Bezetting, roster: list[Dienst], klok: Klok, *, gecontroleerd: bool) -> None:
    """Fill one kring; `gecontroleerd`: whether the check of the running duty is done."""
    by = coordinator_of(rows)
    _forward(rows, by)
    _announce(rows, by, klok)
    _send_notices(rows, roster, by, klok)
    now = next(dienst for dienst in roster if dienst.begin <= klok.nu < dienst.einde)
    _check(now, klok, gecontroleerd=gecontroleerd)
    klok.zet(klok.nu)


def coordinator_of(rows: Bezetting) -> Actor:
    lid = Lidmaatschap.objects.select_related("gebruiker").get(
        kring=rows.kring, rol=Rol.COORDINATOR
    )
    return Actor(
        naam=lid.gebruiker.naam,
        gebruiker_id=lid.gebruiker_id,
        kring_id=rows.kring.pk,
        rollen=frozenset({Rol.COORDINATOR.value}),
        doel="organisatie",
        toegangspunt="192.0.2.10",
    )


def _forward(rows: Bezetting, by: Actor) -> None:
    """The number itself by hand; one practice with a link too many, one still unknown."""
    chains = [(None, "handmatig", CENTRALE)]
    for nummer, deelnemer in enumerate(rows.deelnemers[:-1]):
        chains.append((deelnemer, "automatisch", TE_LANG if nummer == 1 else ""))
    for deelnemer, soort, schakels in chains:
        actions.save_doorschakeling(
            kring_id=rows.kring.pk, deelnemer=deelnemer, soort=soort, schakels=schakels, by=by
        )


def _announce(rows: Bezetting, by: Actor, klok: Klok) -> None:
    first, second = rows.deelnemers[:2]
    actions.save_aankondiging(
        first, openingstijden="maandag tot en met donderdag van 8.00 tot 17.00 uur", by=by
    )
    soon = to_local(klok.nu).date() + timedelta(days=21)
    for deelnemer, dagen, reden in ((first, 0, "studiedag"), (second, 9, "vakantie")):
        actions.add_sluiting(
            deelnemer, van=soon, tot=soon + timedelta(days=dagen), reden=reden, by=by
        )


def _send_notices(rows: Bezetting, roster: list[Dienst], by: Actor, klok: Klok) -> None:
    """The notices of the last two Thursdays; of the newest one letter did not arrive."""
    kring = rows.kring
    for soort, naam, email in LIJST:
        actions.add_ontvanger(
            kring_id=kring.pk,
            soort=soort,
            naam=naam.format(plaats=kring.plaats),
            email=email.format(slug=kring.slug),
            by=by,
        )
    system = Actor.system(kring.pk, "weekbericht")
    for moment in _thursdays(klok.nu):
        klok.zet(moment)
        week = week_to_announce(to_local(moment).date(), DONDERDAG)
        if week <= to_local(roster[0].begin).date():
            # The roster of this kring begins halfway: that night would be a hole.
            continue
        bericht, _aantal = actions.send_weekbericht(kring, week, by=system)
        for row in bericht.bezorgingen.select_related("zending"):
            bezorgd.close(row.zending, Zending.Status.VERZONDEN, moment)
    last = Weekbericht.objects.filter(kring=kring).first()
    row = last.bezorgingen.select_related("zending").get(naam__startswith="Radio")
    fout = "mailserver antwoordt 550"
    Zending.objects.filter(pk=row.zending_id).update(
        status=Zending.Status.MISLUKT, verzonden_op=None, fout=fout
    )


def _thursdays(nu: datetime) -> list[datetime]:
    """Return the last two Thursdays at nine that are behind us, the oldest first."""
    today: date = to_local(nu).date()
    last = today - timedelta(days=(today.weekday() - DONDERDAG) % 7)
    moments = [from_local(datetime.combine(last - timedelta(weeks=n), NEGEN)) for n in (2, 1, 0)]
    return [moment for moment in moments if moment <= nu][-2:]


def _check(dienst: Dienst, klok: Klok, *, gecontroleerd: bool) -> None:
    """The dentist was reminded and then ticked all points, or only the first two."""
    places = {plaats.rol: plaats for plaats in dienst.plaatsen.all()}
    first = places[Dienstplaats.Rol.DIENSTDOENDE]
    Herinnering.objects.create(
        kring_id=dienst.kring_id,
        dienst=dienst,
        tandarts=first.tandarts,
        soort=Herinnering.Soort.VOOR,
        begin=dienst.begin,
        gemaakt_op=dienst.begin - timedelta(minutes=30),
    )
    todo = PUNTEN[first.rol] if gecontroleerd else PUNTEN[first.rol][:2]
    steps = [(first, punt) for punt in todo]
    if gecontroleerd:
        second = places[Dienstplaats.Rol.ACHTERWACHT]
        steps += [(second, punt) for punt in PUNTEN[second.rol]]
    for minuut, (plaats, punt) in enumerate(steps):
        klok.zet(dienst.begin - timedelta(minutes=12 - minuut))
        gebruiker = plaats.tandarts.gebruiker
        actions.tick_punt(
            plaats,
            punt=punt,
            by=Actor(
                naam=gebruiker.naam,
                gebruiker_id=gebruiker.pk,
                kring_id=dienst.kring_id,
                rollen=frozenset({Rol.TANDARTS.value}),
                doel="organisatie",
                toegangspunt="192.0.2.10",
            ),
        )
