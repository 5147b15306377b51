"""Table 6, side conditions: access, payment, behaviour, registration and who is calling."""

from triage.protocol.regels.basis import GEEN_EFFECT, Effect, Regel, Situatie, always
from triage.protocol.uitkomst import MoetGezien, Tabel, Zekerheid


def _will_be_seen(sit: Situatie) -> bool:
    return sit.tot_nu_toe.moet_gezien is MoetGezien.JA


def _inform_before_visit(sit: Situatie) -> Effect:
    needs_company = sit.is_kind or sit.f.begeleiding_nodig
    access = "max_een_begeleider" if needs_company else "alleen_patient_toegang"
    return Effect(adviezen=frozenset({"informeer_betaling", access}))


def _misbehaves(sit: Situatie) -> bool:
    return sit.f.agressie != "geen"


def _report_aggression(sit: Situatie) -> Effect:
    """T-11: reported to the dentist, never a refusal by the software."""
    adviezen = {"grens_stellen_script"}
    if sit.f.agressie == "dreigend":
        adviezen.add("politie_overwegen")
    return Effect(adviezen=frozenset(adviezen), melden_agressie=True)


_GEEN_WEIGERINGSGROND = Effect(vlaggen=frozenset({"inschrijving_geen_weigeringsgrond"}))


def registration_reminder(sit: Situatie) -> Effect:
    """A flag, not a rule: being registered elsewhere or unknown changes nothing (§1.3.2)."""
    if sit.f.ingeschreven_bij_deelnemer in ("nee", "onbekend"):
        return _GEEN_WEIGERINGSGROND
    return GEEN_EFFECT


REGELS = (
    Regel(
        id="R-80",
        tabel=Tabel.RANDVOORWAARDEN,
        paragraaf="§3.2.1; Bijlage 1 §2.4; §5.5",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_will_be_seen,
        effect=_inform_before_visit,
        instellingen=("kind_tot_leeftijd",),
        fase=3,
    ),
    Regel(
        id="R-81",
        tabel=Tabel.RANDVOORWAARDEN,
        paragraaf="§3.2.1; §5.5; Bijlage 1 §3.1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_misbehaves,
        effect=_report_aggression,
    ),
    Regel(
        id="R-82",
        tabel=Tabel.RANDVOORWAARDEN,
        paragraaf="§2.2.4; §4.3",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=lambda sit: sit.f.eigen_tandarts == "geen",
        effect=always(Effect(adviezen=frozenset({"zoek_eigen_tandarts_met_klem"}))),
    ),
    Regel(
        id="R-83",
        tabel=Tabel.RANDVOORWAARDEN,
        paragraaf="§1.3.2; Bijlage 2 art. 1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=lambda sit: sit.f.passant,
        effect=always(_GEEN_WEIGERINGSGROND),
    ),
    Regel(
        id="R-84",
        tabel=Tabel.RANDVOORWAARDEN,
        paragraaf="§1.3.2; §5.2.2",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=lambda sit: sit.f.mondhygienist_patient,
        effect=always(Effect(vlaggen=frozenset({"mondhygienist_afspraak_controleren"}))),
    ),
    Regel(
        id="R-85",
        tabel=Tabel.RANDVOORWAARDEN,
        paragraaf="Bijlage 1 §2.2",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=lambda sit: sit.f.beller == "ander",
        effect=always(GEEN_EFFECT),
    ),
)
