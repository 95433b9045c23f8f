"""A plan as a result: what it must keep, its figures and bounds, and a reason for each request left out. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ekspora.engines.meetings import Instance, Meeting, Proven, Result, Unscheduled, explain, weight_bound
from ekspora.engines.meetings.bounds import breaks_bound
from ekspora.engines.meetings.grid import compile_grid
from ekspora.meetings.hall import waived
from ekspora.meetings.plan import Place, Plan, gaps, has_room, pair_of

BY_HAND = "hand"
TAKEN_OUT = "taken_out"


def asked(plan: Plan) -> Instance:
    """The instance with the plan's locks: locked meetings are required in their slot, their table is taken.

    The engine has no "table of one request"; who stays at that table is unavailable in that slot instead.
    """
    taken = {(plan.at[key].table, plan.at[key].slot): key for key in plan.locked}
    kept_from: defaultdict[str, set[int]] = defaultdict(set)
    for p in plan.instance.participants:
        for (table, slot), key in taken.items():
            if p.table == table and p.id not in pair_of(plan, key):
                kept_from[p.id].add(slot)
    return replace(
        plan.instance,
        participants=tuple(
            replace(p, unavailable=p.unavailable | kept_from[p.id]) if p.id in kept_from else p
            for p in plan.instance.participants
        ),
        requests=tuple(
            replace(r, required=True, slot=plan.at[r.id].slot) if r.id in plan.locked else r
            for r in plan.instance.requests
        ),
    )


def at_locked_tables(plan: Plan, meetings: Iterable[Meeting]) -> dict[str, Place]:
    """Computed meetings with each locked one at its own table: whoever got that table takes the other."""
    at = {m.request: Place(m.slot, m.table) for m in meetings}
    seated = {(place.table, place.slot): key for key, place in at.items()}
    for key in sorted(plan.locked):
        own, now = plan.at[key], at[key]
        other = seated.get((own.table, own.slot))
        if other is not None and other != key:
            at[other] = now
            seated[now.table, now.slot] = other
        at[key] = own
        seated[own.table, own.slot] = key
    return at


def binding(plan: Plan) -> Instance:
    """What the plan as it stands must keep: :func:`asked` without what it waives knowingly."""
    meetings = [(plan.requests[key], place.slot, place.table) for key, place in plan.at.items()]
    instance, missing = waived(asked(plan), meetings, plan.now), set(plan.missing)
    spread = [gaps(plan.days.get(p.id, ())) for p in instance.participants] or [0]
    unfair = instance.fairness is not None and max(spread) - min(spread) > instance.fairness
    return replace(
        instance,
        fairness=None if unfair else instance.fairness,
        requests=tuple(replace(r, required=False) if r.id in missing else r for r in instance.requests),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Bounds that still hold from the version before: on the weight, and on the gaps of the same meetings."""

    weight: int | None = None
    breaks: int | None = None


def judged(plan: Plan, known: Known, taken_out: frozenset[str] = frozenset()) -> Result:
    """Figures, bounds and reasons of a plan made by hand. Bounds are proven, optimality is claimed only where
    value and bound meet. Milliseconds at 40 × 22 (a flow and O(slots) for each reason)."""
    instance = binding(plan)
    number = {r.id: n for n, r in enumerate(instance.requests)}
    grid = compile_grid(instance)
    placement = {number[key]: place.slot - 1 for key, place in plan.at.items()}
    weight, breaks = plan.weight, plan.breaks
    weight_limit = min(b for b in (weight_bound(instance), known.weight) if b is not None)
    breaks_limit = max(breaks_bound(grid, sorted(placement)), known.breaks or 0)
    return Result(
        status="feasible",
        meetings=meetings_of(plan),
        unscheduled=tuple(_reason(plan, u, taken_out) for u in _explained(plan, instance)),
        weight=weight, weight_bound=weight_limit, breaks=breaks, breaks_bound=breaks_limit,
        proven=Proven(weight=weight == weight_limit, breaks=breaks == breaks_limit),
        method=BY_HAND,
    )  # fmt: skip


def explained(plan: Plan) -> tuple[Unscheduled, ...]:
    """The engine's reasons, with :func:`mark` in place of ids so that names can be put in when shown."""
    return _explained(plan, asked(plan))


def _explained(plan: Plan, instance: Instance) -> tuple[Unscheduled, ...]:
    marks = {p.id: mark(p.id) for p in instance.participants}
    placed = Result("feasible", meetings=meetings_of(plan))
    return explain(instance, placed, marks, plan.now if plan.now > 1 else None)


def meetings_of(plan: Plan) -> tuple[Meeting, ...]:
    """The plan's meetings as the engine lists them: by slot, then in the order of the requests."""
    placed = [(plan.at[r.id], r.id) for r in plan.instance.requests if r.id in plan.at]
    return tuple(Meeting(key, p.slot, p.table) for p, key in sorted(placed, key=lambda row: row[0].slot))


def mark(participant: str) -> str:
    """Stands in a stored reason for a name: names change, differ by language, can be erased."""
    return f"{{{participant}}}"


def _reason(plan: Plan, engine: Unscheduled, taken_out: frozenset[str]) -> Unscheduled:
    """The engine knows nothing of hands: say that an officer took it out, or that there is room for it."""
    if engine.request in taken_out:
        text = {"id": "Dikeluarkan oleh petugas.", "en": "Taken out by an officer."}
        return Unscheduled(engine.request, TAKEN_OUT, text)
    if engine.code in ("time", "fairness") and has_room(plan, engine.request):
        text = {"id": "Masih ada tempat; dapat ditambahkan.", "en": "There is room; it can be added."}
        return Unscheduled(engine.request, "room", text)
    return engine
