"""Who acts: passed into every action as `by=`, written on every access-log line."""

from dataclasses import dataclass, field, replace

INTERN = "intern"
"""The access point of work inside the house: no network address is involved."""


@dataclass(frozen=True)
class Actor:
    """A person, an invited outsider or the system, at work in one kring.

    `gebruiker_id` is None for outsiders (the own dentist at the pick-up page) and for the system.
    `doel` is the purpose of use of the route at hand, `toegangspunt` the network address.
    `namens_*` is the responsible person on whose behalf they act, when that is someone else.
    """

    naam: str
    gebruiker_id: int | None = None
    kring_id: int | None = None
    rollen: frozenset[str] = field(default_factory=frozenset)
    doel: str = ""
    toegangspunt: str = ""
    verzoek: str = ""
    namens_id: int | None = None
    namens_naam: str = ""

    def on_behalf_of(self, gebruiker_id: int | None, naam: str) -> "Actor":
        """Return this actor under the responsibility of another person."""
        return replace(self, namens_id=gebruiker_id, namens_naam=naam)

    @property
    def person_id(self) -> int:
        """Return who did it, where only a person can: the system answers no phone."""
        if self.gebruiker_id is None:
            raise ValueError(f"{self.naam} is no person with an account")
        return self.gebruiker_id

    @classmethod
    def system(cls, kring_id: int | None, naam: str = "systeem") -> "Actor":
        """Return the actor of work that no person started (sweeper, demo data)."""
        return cls(
            naam=naam,
            kring_id=kring_id,
            rollen=frozenset({"systeem"}),
            doel="beheer",
            toegangspunt=INTERN,
        )
