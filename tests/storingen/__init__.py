"""Faults in running houses: the matrix of eisen/verslag.md §5, short here, long as a program."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Gemerkt:
    """The patient of every report in these houses: nothing of her may turn up outside it."""

    naam: str
    bsn: str
    geboren: str
    diagnose: str

    @property
    def sporen(self) -> tuple[str, ...]:
        """Return what to search for; a date in the forms in which people and programs write it."""
        jaar, maand, dag = self.geboren.split("-")
        datums = (self.geboren, f"{dag}-{maand}-{jaar}", f"{jaar}{maand}{dag}")
        return (self.naam, self.bsn, *datums, self.diagnose)


GEMERKT = Gemerkt(
    "Ottoline Storingsvogel-Quist", "123456782", "1931-08-09", "Kanariefractuur van element 46"
)
