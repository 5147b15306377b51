"""The law of deciding together: quorum, majority, casting vote, electorate (art. 9.2 and 10).

Pure: whole numbers and a `Lezing` in, a frozen result out that carries its article, its reading,
its numbers and a sentence. No percentage and no float anywhere: two thirds is `3a >= 2n`.
"""

from reglement.besluitvorming.anders import (
    AndereUitkomst,
    Geheimwaarschuwing,
    Kantelpunt,
    other_readings,
    secrecy_warning,
    turning_points,
)
from reglement.besluitvorming.doorslag import Doorslag, Doorslaghouder, casting_holder
from reglement.besluitvorming.kiezers import Kiesregister, Kiezer, Status, electorate
from reglement.besluitvorming.quorum import (
    Opkomst,
    Quorum,
    half_plus_one,
    present_count,
    quorum,
    second_meeting_helps,
    two_thirds,
)
from reglement.besluitvorming.soorten import (
    Besluitsoort,
    Bestuursoptie,
    Bevoegd,
    Meerderheidsoptie,
    Orgaan,
    Regel,
    Stem,
    Uitkomst,
    Variant,
    Zitting,
    decision_body,
)
from reglement.besluitvorming.uitslag import (
    Betrokkene,
    Stemmen,
    StemmenFout,
    Stemuitslag,
    judge_vote,
    threshold,
)

__all__ = [
    "AndereUitkomst",
    "Besluitsoort",
    "Bestuursoptie",
    "Betrokkene",
    "Bevoegd",
    "Doorslag",
    "Doorslaghouder",
    "Geheimwaarschuwing",
    "Kantelpunt",
    "Kiesregister",
    "Kiezer",
    "Meerderheidsoptie",
    "Opkomst",
    "Orgaan",
    "Quorum",
    "Regel",
    "Status",
    "Stem",
    "Stemmen",
    "StemmenFout",
    "Stemuitslag",
    "Uitkomst",
    "Variant",
    "Zitting",
    "casting_holder",
    "decision_body",
    "electorate",
    "half_plus_one",
    "judge_vote",
    "other_readings",
    "present_count",
    "quorum",
    "second_meeting_helps",
    "secrecy_warning",
    "threshold",
    "turning_points",
    "two_thirds",
]
