"""A royement that is announced: the practice was invited, and has given its side."""

from datetime import timedelta

from kern.tijd import to_local
from kern.toegang import Rol
from kring.models import Deelnemer, Lidmaatschap
from reglement.actions import royement as acties
from reglement.models import Vergadering
from reglement.pdfstuk import Pdfstuk
from spoeddienst.demo.gegevens.reglement.vergaderingen import coordinator_of
from spoeddienst.demo.gegevens.toneel import Toneel

FEITEN = (
    "In september en oktober was de praktijk bij drie diensten niet bereikbaar. De triage belde "
    "telkens vier keer, en daarna de achterwacht. Twee gesprekken hierover hielpen niet."
)
VOORSTEL = (
    "Voorwaardelijk royement. Voorwaarden: bij elke dienst wordt de telefoon opgenomen, en de "
    "praktijk controleert het nummer vóór de dienst (6.3)."
)
KANT = (
    "Onze centrale had een storing die wij niet zagen. De leverancier heeft dat op papier gezet. "
    "We hebben nu een tweede toestel."
)
BEGIN, REACTIE = timedelta(days=34), timedelta(days=16)
"""Before today."""


def propose(toneel: Toneel, vergadering: Vergadering) -> None:
    """Establish the facts, propose, and put it on the agenda of this meeting."""
    klok, by, planned = toneel.klok, coordinator_of(toneel), toneel.klok.moment
    klok.zet(klok.nu - BEGIN)
    royement = acties.start(
        deelnemer=_practice(toneel),
        grond="afspraken",
        feiten=FEITEN,
        op=to_local(klok.moment).date(),
        by=by,
    )
    klok.verder(days=2)
    acties.propose(
        royement,
        over="praktijk",
        vorm="voorwaardelijk",
        tekst=VOORSTEL,
        op=to_local(klok.moment).date(),
        by=by,
    )
    for omschrijving, regels in (
        ("Overzicht van de drie diensten", ("Drie diensten zonder gehoor", "12-09, 26-09, 17-10")),
        ("Verslag van de twee gesprekken", ("Gesprekken met de praktijk", "29-09 en 20-10")),
    ):
        stuk = Pdfstuk(f"{omschrijving.lower().replace(' ', '-')}.pdf", small_pdf(*regels))
        acties.add_stuk(royement, stuk=stuk, omschrijving=omschrijving, by=by)
    klok.zet(planned)
    acties.put_on_agenda(royement, vergadering=vergadering, by=by)


def react(toneel: Toneel) -> None:
    """Let the practice give its side, after it was invited."""
    praktijk = _practice(toneel)
    row = Lidmaatschap.objects.active().get(deelnemer=praktijk, rol=Rol.VERTEGENWOORDIGER)
    toneel.klok.zet(toneel.klok.nu - REACTIE)
    by = toneel.actor(row.gebruiker, Rol.VERTEGENWOORDIGER)
    acties.react(praktijk.royementen.get(), tekst=KANT, by=by)
    toneel.klok.zet(toneel.klok.nu)


def _practice(toneel: Toneel) -> Deelnemer:
    return toneel.rows.deelnemers[-1]


def small_pdf(*regels: str) -> bytes:
    """Return a PDF of one page with these lines; the letters of the house would take a second."""
    text = "".join(f"({regel}) Tj 0 -20 Td " for regel in regels)
    stream = f"BT /F1 14 Tf 60 780 Td {text}ET".encode("latin-1")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return out
