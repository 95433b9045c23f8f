"""Who may use the addresses of this room."""

from ekspora.core.models import Agency
from ekspora.demand.models import Demand
from ekspora.directory.models import Representative
from tests.permissions.rows import OFFICERS, Row
from tests.world import World

# The list and the form hold only what belongs to the officer's own agencies.
EVERY_OFFICER = OFFICERS | {"other_officer"}


def demand(world: World, agency: Agency | None = None, text: str = "Green coffee") -> Demand:
    """A demand of the first representative, looked after by the lead."""
    representative = Representative.objects.get(person=world.people["representative"])
    return Demand.objects.create(representative=representative, text=text, agency=agency or world.lead)


def _demand(world: World) -> tuple[object, ...]:
    return (demand(world).pk,)


LEAD = frozenset({"lead_officer"})

ROWS: list[Row] = [
    Row("demands", EVERY_OFFICER),
    Row("demand_new", EVERY_OFFICER),
    Row("demand_edit", LEAD, _demand),
    Row("demand_answer", LEAD, _demand, method="post", data={"text": "Bisa, 2 ton sebulan."}),
    Row("demand_close", LEAD, _demand, method="post", data={"action": "close"}),
]
