"""What patients asked of the kring: open, granted, refused, and a file that may go."""

from datetime import timedelta

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.models import Lidmaatschap
from rechten import actions, regels
from spoeddienst.demo.gegevens.toneel import Toneel
from triage.models import Oproep, Patient

VERZOEKEN = (
    ("afschrift", 2, "paspoort", "Graag het verslag voor mijn verzekering."),
    ("inzage", 26, "identiteitskaart", "Ik wil weten wat u van mij heeft."),
    ("correctie", 9, "", "Het huisnummer is 14, niet 41."),
    ("afschrift", 40, "rijbewijs", "Nog een keer het verslag van vorige maand."),
    ("vernietiging", 5, "paspoort", "Ik kom hier niet meer en wil dat alles weg gaat."),
    ("correctie", 20, "paspoort", "Ik had wel pijn. Er staat dat ik die niet had."),
)
VERKLARING = "Ik had die avond veel pijn, ook toen de tandarts keek."


def play(toneel: Toneel) -> None:
    """Note what a few patients with a report asked, and decide about some of it."""
    kring, today = toneel.rows.kring, to_local(db_now()).date()
    member = Lidmaatschap.objects.active().filter(kring=kring, rol=Rol.COORDINATOR).first()
    by = toneel.actor(member.gebruiker, Rol.COORDINATOR)
    running = Oproep.objects.open().filter(patient__isnull=False).values("patient")
    patients = Patient.objects.living().filter(dossier__verslagen__getekend_bij__isnull=False)
    patients = patients.exclude(pk__in=running).distinct().order_by("naam")
    for patient, (soort, dagen, identiteit, wens) in zip(patients, VERZOEKEN, strict=False):
        age = regels.age_on(patient.geboortedatum, today)
        verzoek = actions.note_verzoek(
            patient=patient,
            gegevens={
                "soort": soort,
                "ontvangen_op": today - timedelta(days=dagen),
                "aanvrager": regels.OUDER if age is not None and age < 12 else regels.PATIENT,
                "aanvrager_naam": patient.naam,
                "aanvrager_adres": f"{patient.adres}\n{patient.postcode} {patient.woonplaats}",
                "wens": wens,
                "identiteit": identiteit,
            },
            by=by,
        )
        if soort in (regels.INZAGE, regels.VERNIETIGING):
            actions.decide(verzoek, toewijzen=True, by=by)
        elif soort == regels.CORRECTIE and identiteit:
            actions.decide(
                verzoek,
                toewijzen=False,
                weigergrond="juist",
                motivering="De tandarts schreef op wat u toen vertelde.",
                by=by,
            )
            actions.add_statement(verzoek, tekst=VERKLARING, by=by)
        elif dagen > 31:
            actions.decide(
                verzoek,
                toewijzen=False,
                weigergrond="buitensporig",
                motivering="U kreeg dit afschrift deze maand al twee keer.",
                by=by,
            )
