"""What was promised, by kind and state, and the demands that came up in meetings."""

from collections import Counter

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.deals.models import Commitment
from ekspora.deals.queries.commitments import by_state
from ekspora.demand.models import Demand, Outcome
from ekspora.programmes.models import Activity
from ekspora.results.figures import Counted, Promises
from ekspora.results.queries.pages import Pages

State = Commitment.State


def promises(activity: Activity, pages: Pages) -> list[Promises]:
    """A line for each kind of promise that was made, with its states open, kept and dropped."""
    counts = Counter({(kind, state): n for kind, state, n in by_state(activity.scope)})
    kinds = [
        (code, label) for code, label in Outcome.Step.choices if any(counts[code, s] for s in State.values)
    ]
    return [
        Promises(
            label,
            tuple(
                Counted(
                    f"promises.{code}.{state}", counts[code, state], words, "",
                    pages.commitments(show=state, kind=code),
                )
                for state, words in State.choices
            ),
        )
        for code, label in kinds
    ]  # fmt: skip


def promise_totals(found: list[Promises], pages: Pages) -> list[Counted]:
    """All kinds together, by state."""
    return [
        Counted(
            f"promises.{state}", sum(line.states[n].value for line in found), words, "",
            pages.commitments(show=state),
        )
        for n, (state, words) in enumerate(State.choices)
    ]  # fmt: skip


def demands(activity: Activity, actor: Actor) -> Counted:
    """Demands that came up in meetings; a link only for whoever sees every one of them in the list. One query."""
    found = Demand.objects.filter(encounter__scope=activity.scope).aggregate(
        n=Count("id"), seen=Count("id", filter=Q(agency__in=actor.agencies()))
    )
    url = f"{reverse('demands')}?scope={activity.scope}" if found["seen"] == found["n"] else ""
    return Counted("demands", found["n"], _("demands noted"), _("somebody at home looks for it"), url)
