"""The instant answer: duty by duty the cheapest dentist, and one exchange where nobody is left."""

import numpy as np

from rooster.planner.instantie import Instantie
from rooster.planner.model import PLAATSEN, Model, Vulling
from rooster.planner.rollen import Plan, with_roles


def greedy(inst: Instantie) -> Plan:
    """Return a plan that breaks no hard rule, within two seconds for the largest kring."""
    model = Model(inst)
    vulling = Vulling(model)
    fill(vulling)
    return with_roles(model, vulling.cel)


def fill(vulling: Vulling) -> None:
    """Fill the empty places of a roster, those with the fewest dentists first."""
    model = vulling.model
    weinig_eerst = np.lexsort((np.arange(model.aantal_d), model.vrij.sum(axis=0)))
    for d in weinig_eerst:
        while vulling.bezet[d] < PLAATSEN and _place_cheapest(vulling, int(d)):
            pass
    for d in np.nonzero(vulling.bezet < PLAATSEN)[0]:
        while vulling.bezet[d] < PLAATSEN and _exchange(vulling, int(d)):
            pass


def _place_cheapest(vulling: Vulling, d: int) -> bool:
    kan = np.nonzero(vulling.candidates(d))[0]
    if not len(kan):
        return False
    vulling.place(int(kan[np.argmin(vulling.price(d)[kan])]), d)
    return True


def _exchange(vulling: Vulling, d: int) -> bool:
    """Give the duty to someone whose one duty in the way another dentist can take over."""
    for t in np.nonzero(vulling.blocked(d))[0]:
        in_de_weg = vulling.clashes(int(t), d)
        if len(in_de_weg) != 1 or vulling.model.vast[in_de_weg[0]]:
            continue
        u, e = in_de_weg[0]
        vulling.remove(u, e)
        if vulling.candidates(d)[t]:
            vulling.place(int(t), d)
            if _place_cheapest(vulling, e):
                return True
            vulling.remove(int(t), d)
        vulling.place(u, e)
    return False
