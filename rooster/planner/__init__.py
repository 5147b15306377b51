"""The planner of the roster (RO §3): a plain instance in, a plan with its proof out.

Pure: no Django, no rows, no clock of the house; the standard library, numpy and HiGHS only.
"""

from rooster.planner.instantie import Instantie, InstantieFout, to_json
from rooster.planner.lezen import read_instance, read_plan
from rooster.planner.toetsing import judge

__all__ = ["Instantie", "InstantieFout", "judge", "read_instance", "read_plan", "to_json"]
