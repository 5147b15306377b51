"""A draft of the coming period: filled by the quick answer, so that loading stays quick."""

from kern.actor import Actor
from rooster.actions.concept import fill_concept, make_concept, pin_place
from rooster.concept.rekenen import occupation
from rooster.concept.uitvoer import duties_of, instance_of
from rooster.models import Conceptplaats, Roosterperiode
from rooster.planner import read_instance
from rooster.planner.greedy import greedy


def fill(periode: Roosterperiode) -> None:
    """Make a draft with its places filled, two of them pinned."""
    by = Actor.system(periode.kring_id, "demogegevens")
    concept = make_concept(periode=periode, naam="Eerste proef", diensten=duties_of(periode), by=by)
    inst = read_instance(instance_of(concept))
    fill_concept(concept, bezetting=occupation(inst, greedy(inst)), by=by)
    gevuld = Conceptplaats.objects.filter(dienst__concept=concept, tandarts__isnull=False)
    for plaats in gevuld.order_by("dienst__begin", "rol")[4:6]:
        pin_place(plaats, vast=True, by=by)
