"""What a kring fills in as typed variables, and the view of them that the software reads.

Pure. `WAARDEN` of a version are plain JSON by key ("8.opzegmaanden"); a missing key is still open.
Places that the register and the decision fill by themselves (parties, dates) have no variable.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reglement.inhoud.soorten import Diensttijd, Soort, Variabele, diensttijd

A, B, I, II = "A", "B", "I", "II"  # noqa: E741 (the model names its options so)
_JAAR, _WEEK, _MAAND = ("jaar", "jaar"), ("week", "weken"), ("maand", "maanden")

BESLUITEN = (
    ("vaststellen", "het vaststellen van dit reglement (10.1a)"),
    ("wijzigen", "het wijzigen van dit reglement (10.1b)"),
    ("verzorgingsgebied", "het wijzigen van het verzorgingsgebied (10.1c)"),
    ("bestuur", "het benoemen van het bestuur (10.1d)"),
    ("coordinator", "het benoemen van de coördinator of de plaatsvervanger (10.1e)"),
    ("toelating", "het toelaten van een nieuwe deelnemer (11.5)"),
    ("rooster", "het goedkeuren van het rooster (4.2)"),
    ("niet_voorzien", "wat dit reglement niet regelt (11.5)"),
    # Often chosen, without effect: 9.2 rules these itself. Offered, so that the screen can say so.
    ("royement", "royement (10.1f)"),
    ("hertoelating", "het opnieuw toelaten van een geroyeerde deelnemer (10.1g)"),
)

_TEKST, _GETAL, _KEUZE, _LIJST = Soort.TEKST, Soort.GETAL, Soort.KEUZE, Soort.LIJST

VARIABELEN: tuple[Variabele, ...] = (
    Variabele("0.naam", "0", _TEKST, "Naam van de spoedgevallendienst"),
    Variabele("0.gebied", "0", _TEKST, "Naam van het verzorgingsgebied"),
    Variabele(
        "0.rechtsvorm",
        "0",
        _KEUZE,
        "Rechtsvorm van de kring",
        keuzes=(
            ("geen", "geen: de praktijken werken samen zonder rechtspersoon"),
            ("vereniging", "vereniging"),
            ("stichting", "stichting"),
            ("anders", "een andere rechtspersoon"),
        ),
        uitleg="Een rechtspersoon moet een statuut of reglement hebben (§ 5.7).",
        voorstel="geen",
    ),
    Variabele(
        "2.gebied",
        "2",
        _LIJST,
        "Gemeenten en wijken van het verzorgingsgebied",
        uitleg="Eén per regel. Hoe preciezer, hoe minder discussie (§ 5.1).",
    ),
    Variabele(
        "3.richtlijn_jaar",
        "3",
        _GETAL,
        "Jaar van de KNMT-richtlijn waarmee iedereen akkoord gaat",
        minimaal=2010,
        maximaal=2099,
        voorstel=2022,
    ),
    Variabele(
        "4.optie",
        "4",
        _KEUZE,
        "Wie leidt de kring?",
        keuzes=(
            (A, "optie A: een bestuur, met een coördinator"),
            (B, "optie B: alleen een coördinator en een plaatsvervanger"),
        ),
        voorstel=B,
    ),
    Variabele(
        "4.variant",
        "4",
        _KEUZE,
        "Wie wijst de coördinator aan?",
        keuzes=((I, "variant I: het bestuur"), (II, "variant II: de deelnemers")),
        als=("4.optie", A),
    ),
    Variabele(
        "4.jaren_bestuur",
        "4",
        _GETAL,
        "Zittingstermijn van het bestuur",
        _JAAR,
        maximaal=10,
        als=("4.optie", A),
        uitleg="Herbenoemen kan één keer, voor net zo lang.",
    ),
    Variabele(
        "4.jaren_coordinator",
        "4",
        _GETAL,
        "Zittingstermijn van de coördinator en de plaatsvervanger",
        _JAAR,
        maximaal=10,
        uitleg="Herbenoemen kan één keer, voor net zo lang.",
        voorstel=3,
    ),
    Variabele(
        "4.weken_oproep",
        "4",
        _GETAL,
        "Oproep voor een vergadering: minstens",
        _WEEK,
        maximaal=26,
        uitleg="Bij 4 weken of meer kan een vergadering binnen vier weken (9.2k) niet.",
        voorstel=3,
    ),
    Variabele(
        "4.extra_taken",
        "4",
        _LIJST,
        "Extra taken van de coördinator",
        # Letters g up to z of 4.2.
        maximaal=20,
        verplicht=False,
        uitleg="Eén per regel; leeg als er geen zijn.",
    ),
    Variabele("5.avond", "5", Soort.DIENST, "Avonddienst"),
    Variabele("5.nacht", "5", Soort.DIENST, "Nachtdienst"),
    Variabele("5.weekend", "5", Soort.DIENST, "Weekenddienst"),
    *(
        Variabele(
            f"5.{letter}",
            "5",
            _TEKST,
            f"Bijzondere omstandigheid 5.{letter}",
            verplicht=False,
            uitleg="Bijvoorbeeld minder diensten bij zwangerschap. Leeg: dit lid vervalt (§ 5.3).",
        )
        for letter in "abc"
    ),
    Variabele(
        "8.opzegmaanden", "8", _GETAL, "Opzegtermijn: minstens", _MAAND, maximaal=24, voorstel=3
    ),
    Variabele(
        "9.min_weken",
        "9",
        _GETAL,
        "Termijn bij voorwaardelijk royement: minstens",
        _WEEK,
        maximaal=104,
        voorstel=4,
    ),
    Variabele(
        "9.max_maanden",
        "9",
        _GETAL,
        "Termijn bij voorwaardelijk royement: hoogstens",
        _MAAND,
        maximaal=36,
        voorstel=6,
    ),
    Variabele(
        "9.bedrag",
        "9",
        Soort.BEDRAG,
        "Vergoeding per dienst bij eenzijdige toelating",
        uitleg="Voor elke dienst die de praktijk dat jaar had gedaan (9.2l).",
    ),
    Variabele(
        "10.optie",
        "10",
        _KEUZE,
        "Met welke meerderheid besluit de kring?",
        keuzes=(
            (A, "optie A: altijd met een gewone meerderheid"),
            (B, "optie B: voor sommige besluiten twee derde van de stemmen"),
        ),
        voorstel=A,
    ),
    Variabele(
        "10.lijst",
        "10",
        Soort.BESLUITEN,
        "Besluiten met twee derde van de stemmen",
        keuzes=BESLUITEN,
        als=("10.optie", B),
    ),
    Variabele(
        "10.dagen_verslag",
        "10",
        _GETAL,
        "Verslag van een vergadering: uiterlijk na",
        ("dag", "dagen"),
        maximaal=60,
        uitleg="Het model noemt geen termijn (10.6).",
        voorstel=14,
    ),
    Variabele(
        "11.weken",
        "11",
        _GETAL,
        "Aankondiging van wat het reglement niet regelt: minstens",
        _WEEK,
        maximaal=26,
        voorstel=3,
    ),
    Variabele("slot.plaats", "0", _TEKST, "Plaats van ondertekening"),
)

PER_SLEUTEL = {var.sleutel: var for var in VARIABELEN}
VOORSTEL = {var.sleutel: var.voorstel for var in VARIABELEN if var.voorstel is not None}


def open_variables(waarden: Mapping[str, Any]) -> list[Variabele]:
    """Return what still has to be filled in before the rules can be adopted (G-05)."""
    return [var for var in VARIABELEN if var.is_open(waarden)]


@dataclass(frozen=True)
class Variabelen(Mapping[str, Any]):
    """The variables of one version as the software asks for them; None is not filled in.

    `nummer` is that of the version; None: the kring has no rules yet, and these are the values
    that a first draft begins with. A page that uses one then says so.
    """

    waarden: Mapping[str, Any]
    nummer: int | None = None

    def __getitem__(self, sleutel: str) -> Any:
        value = self.waarden.get(sleutel)
        return value if PER_SLEUTEL[sleutel].applies(self.waarden) else None

    def __iter__(self) -> Iterator[str]:
        return iter(PER_SLEUTEL)

    def __len__(self) -> int:
        return len(PER_SLEUTEL)

    def in_words(self, sleutel: str) -> str:
        return PER_SLEUTEL[sleutel].in_words(self[sleutel])

    @property
    def is_standaard(self) -> bool:
        """Whether these are no rules of the kring, only where a draft begins."""
        return self.nummer is None

    @property
    def heeft_bestuur(self) -> bool:
        return bool(self["4.optie"] == A)

    @property
    def bestuursoptie(self) -> str:
        """4.1: "A" (bestuur) or "B" (coördinator only)."""
        return str(self["4.optie"] or B)

    @property
    def variant(self) -> str | None:
        """4.1 option A: "I" (bestuur appoints the coördinator) or "II" (deelnemers)."""
        return self["4.variant"]  # type: ignore[no-any-return]

    @property
    def meerderheidsoptie(self) -> str:
        """10.4: "A" (all ordinary) or "B" (some by two thirds)."""
        return str(self["10.optie"] or A)

    @property
    def lijst(self) -> tuple[str, ...]:
        """10.4 B: the kinds of decision that need two thirds."""
        return tuple(self["10.lijst"] or ())

    @property
    def weken_oproep(self) -> int:
        """4.2: weeks between convocation and meeting."""
        return self._number("4.weken_oproep")

    @property
    def weken_niet_voorzien(self) -> int:
        """11.5: weeks for what the rules do not provide for."""
        return self._number("11.weken")

    @property
    def dagen_verslag(self) -> int:
        """10.6: days within which the deelnemers get the minutes; the model says none (BV-8)."""
        return self._number("10.dagen_verslag")

    @property
    def jaren_bestuur(self) -> int | None:
        """4.1: years of office, None without a bestuur."""
        return self["4.jaren_bestuur"]  # type: ignore[no-any-return]

    @property
    def jaren_coordinator(self) -> int:
        return self._number("4.jaren_coordinator")

    @property
    def opzegmaanden(self) -> int:
        return self._number("8.opzegmaanden")

    @property
    def min_weken(self) -> int:
        return self._number("9.min_weken")

    @property
    def max_maanden(self) -> int:
        return self._number("9.max_maanden")

    @property
    def bedrag_cent(self) -> int | None:
        """9.2l: whole cents for each duty; only the kring can say, so None without rules."""
        return self["9.bedrag"]  # type: ignore[no-any-return]

    @property
    def rechtsvorm(self) -> str:
        return str(self["0.rechtsvorm"] or "geen")

    @property
    def is_vereniging(self) -> bool:
        """Whether BW 2:35 holds beside the rules when a practice is expelled (RG-14)."""
        return self.rechtsvorm == "vereniging"

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """2: what the area consists of, in the words of the rules."""
        return tuple(self["2.gebied"] or ())

    @property
    def extra_taken(self) -> tuple[str, ...]:
        return tuple(self["4.extra_taken"] or ())

    @property
    def diensttijden(self) -> dict[str, Diensttijd | None]:
        """5.1: the times by kind (avond, nacht, weekend); None: no duty of its own."""
        return {naam: diensttijd(self[f"5.{naam}"]) for naam in ("avond", "nacht", "weekend")}

    def _number(self, sleutel: str) -> int:
        value = self[sleutel]
        return int(VOORSTEL[sleutel] if value is None else value)
