"""What every page frame needs: kring, menu, demo banner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from kern import toegang
from kern.bewijs import is_proved
from kern.models import Hartslag


@dataclass
class Menuplaats:
    """One entry of the main menu; `plaats` is "page" on its own page, "true" below it."""

    titel: str
    url: str
    sneltoets: str = ""
    plaats: str = ""
    telt: Callable[[], int] | None = None

    @cached_property
    def telling(self) -> int:
        """What waits there; asked where it is drawn, so a polled fragment pays no query for it."""
        return self.telt() if self.telt else 0


@dataclass(frozen=True)
class Hoofdmenu:
    """The places of one person, most used first: some in the bar, the others below "Meer"."""

    alle: list[Menuplaats]

    @property
    def balk(self) -> list[Menuplaats]:
        """The places in the bar; one too many stays, for a button would take as much room."""
        fits = len(self.alle) <= toegang.MENU_OPEN + 1
        return self.alle if fits else self.alle[: toegang.MENU_OPEN]

    @property
    def meer(self) -> list[Menuplaats]:
        return self.alle[len(self.balk) :]

    @property
    def telling(self) -> int:
        """What waits behind the button that a phone has instead of the bar."""
        return sum(place.telling for place in self.alle)

    def __bool__(self) -> bool:
        return bool(self.alle)


def page_frame(request) -> dict:
    """Return the template context of the frame; safe on error pages too."""
    kring = getattr(request, "kring", None)
    return {
        "demo": settings.DEMO,
        "kring": kring,
        "kringen": _own_kringen(request),
        "menu": Hoofdmenu(_menu(request, kring) if kring else []),
        "sneltoetsen_uit": getattr(getattr(request, "user", None), "sneltoetsen_uit", False),
        # Lazy: a polled fragment has no frame and pays no query for it.
        "bezorger_stil": SimpleLazyObject(lambda: _sweeper_is_silent(request)),
        "bezorger_vraagt": SimpleLazyObject(lambda: _is_at_work(request)),
    }


def _sweeper_is_silent(request) -> bool:
    """Return whether reports wait because nothing delivers them: everybody at work should know."""
    return _is_at_work(request) and not Hartslag.objects.beats(Hartslag.BEZORGER)


def _is_at_work(request) -> bool:
    """Return whether this is somebody who came all the way in; an error page may lack the rest."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and is_proved(request.session)


def _own_kringen(request) -> list:
    seen = {row.kring_id: row.kring for row in getattr(request, "lidmaatschappen", [])}
    return sorted(seen.values(), key=lambda kring: kring.naam)


def _menu(request, kring) -> list[Menuplaats]:
    """Return the places in the main menu of this person."""
    actor = getattr(request, "actor", None)
    places = []
    for row in toegang.menu_rows(actor.rollen if actor else frozenset()):
        try:
            url = reverse(row.route, kwargs={"kring": kring.slug})
        except NoReverseMatch:
            url = reverse(row.route)
        telt = partial(row.menu.telt, actor) if row.menu.telt else None
        places.append(Menuplaats(row.menu.titel, url, row.menu.toets, telt=telt))
    below = [place for place in places if request.path.startswith(place.url)]
    if below:
        # The board is /triage/, searching /triage/zoeken/: the longer address wins.
        current = max(below, key=lambda place: len(place.url))
        current.plaats = "page" if current.url == request.path else "true"
    return places
