"""What came up in a meeting and somebody in the guest's country looks for: a demand that knows its meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ekspora.core.models import Agency, Person
from ekspora.demand.models import Demand, Encounter
from ekspora.demand.services import demands, telling
from ekspora.programmes.models import Activity, Participation


@transaction.atomic
def look_for(
    *,
    key: str,
    met_at: datetime,
    activity: Activity,
    maker: Participation,
    guest: Participation,
    values: Mapping[str, Any],
    actor: Person,
    agency: Agency | None = None,
) -> Demand:
    """Take down what somebody at the guest's home looks for; ``agency`` looks after it, the lead by default.

    Said twice it is one demand. The goods' sector is the business's where nothing else is said.
    """
    assert maker.business is not None  # by constraint
    assert guest.representative is not None  # by constraint
    encounter: Encounter = telling.open_encounter(
        scope=activity.scope, key=key, business=maker.business,
        representative=guest.representative, met_at=met_at,
    )  # fmt: skip
    return demands.take_down(
        representative=guest.representative, agency=agency or activity.lead,
        values={"sector": maker.business.sector, **values}, actor=actor, encounter=encounter,
    )  # fmt: skip
