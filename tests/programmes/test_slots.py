"""Slots follow from the agenda: worked examples, and properties against a minute-by-minute model."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ekspora.programmes.slots import capacity, cuts, morning_slots, slots_of, unavailable

JAKARTA = ZoneInfo("Asia/Jakarta")
START = datetime(2027, 1, 20, 1, tzinfo=UTC)  # 08.00 in Jakarta


@dataclass(frozen=True)
class Plan:
    slot_minutes: int = 20
    pause_minutes: int = 5


@dataclass(frozen=True)
class Part:
    pk: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    audience: str = "all"
    attendee_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Who:
    pk: int = 1
    side: str = "maker"
    arrives_at: datetime | None = None
    leaves_at: datetime | None = None


def minute(n: int) -> datetime:
    return START + timedelta(minutes=n)


def part(pk: int, kind: str, start: int, end: int, audience: str = "all", *ids: int) -> Part:
    return Part(pk, kind, minute(start), minute(end), audience, frozenset(ids))


def starts(plan: Plan, *agenda: Part) -> list[int]:
    return [int((slot.starts_at - START).total_seconds()) // 60 for slot in slots_of(plan, agenda)]


def test_as_many_as_fit() -> None:
    assert starts(Plan(), part(1, "meetings", 60, 130)) == [60, 85, 110]
    assert starts(Plan(), part(1, "meetings", 60, 129)) == [60, 85]
    assert starts(Plan(20, 0), part(1, "meetings", 60, 120)) == [60, 80, 100]
    assert starts(Plan(), part(1, "meetings", 60, 79)) == []


def test_no_meetings_no_slots() -> None:
    assert starts(Plan(), part(1, "presentation", 0, 60)) == []
    assert starts(Plan()) == []


def test_numbers_run_through_the_blocks_in_order_of_time() -> None:
    agenda = [part(1, "meetings", 200, 220), part(2, "meetings", 0, 45)]
    slots = slots_of(Plan(), agenda)
    assert [(slot.number, slot.block) for slot in slots] == [(1, 2), (2, 2), (3, 1)]


def test_a_visit_of_a_whole_side_cuts_the_block_and_meetings_begin_afresh() -> None:
    visit = part(2, "visit", 90, 130, "guests")
    assert starts(Plan(), part(1, "meetings", 60, 180), visit) == [60, 130, 155]
    assert cuts(visit)


def test_named_people_do_not_cut_but_miss_the_slots() -> None:
    agenda = [part(1, "meetings", 60, 130), part(2, "presentation", 70, 100, "named", 7)]
    slots = slots_of(Plan(), agenda)
    assert len(slots) == 3
    assert unavailable(Who(7), slots, agenda) == {1, 2}
    assert unavailable(Who(8), slots, agenda) == frozenset()


def test_touching_is_not_overlapping() -> None:
    agenda = [part(1, "meetings", 60, 80), part(2, "visit", 80, 90, "named", 1), part(3, "break", 50, 60)]
    slots = slots_of(Plan(), agenda)
    assert len(slots) == 1
    assert unavailable(Who(1), slots, agenda) == frozenset()


def test_partial_attendance() -> None:
    slots = slots_of(Plan(), [part(1, "meetings", 60, 155)])
    assert len(slots) == 4
    assert unavailable(Who(arrives_at=minute(85)), slots, []) == {1}
    assert unavailable(Who(arrives_at=minute(86)), slots, []) == {1, 2}
    assert unavailable(Who(leaves_at=minute(105)), slots, []) == {3, 4}
    assert unavailable(Who(arrives_at=minute(80), leaves_at=minute(110)), slots, []) == {1, 3, 4}


def test_morning_is_before_noon_of_the_first_day_in_the_place() -> None:
    day = 24 * 60
    blocks = [part(1, "meetings", 200, 290), part(2, "meetings", day, day + 50)]
    slots = slots_of(Plan(), blocks)
    # 11.20, 11.45, 12.10 and, on the second day, 08.00, 08.25
    assert len(slots) == 5
    assert morning_slots(slots, JAKARTA) == 2
    assert morning_slots(slots, ZoneInfo("UTC")) == 3
    assert morning_slots([], JAKARTA) == 0


def test_capacity() -> None:
    assert capacity(slots_of(Plan(), [part(1, "meetings", 0, 130)]), 4) == 20
    assert capacity([], 4) == 0


KINDS = st.sampled_from(["meetings", "presentation", "visit", "break"])
AUDIENCES = st.sampled_from(["all", "guests", "makers", "named"])


@dataclass
class Case:
    plan: Plan
    agenda: list[Part] = field(default_factory=list)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    plan = Plan(draw(st.integers(5, 40)), draw(st.integers(0, 15)))
    agenda = []
    for pk in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, 300))
        end = start + draw(st.integers(1, 180))
        agenda.append(part(pk, draw(KINDS), start, end, draw(AUDIENCES), *draw(st.sets(st.integers(1, 3)))))
    return Case(plan, agenda)


@given(cases())
def test_slots_lie_in_blocks_and_never_overlap(case: Case) -> None:
    slots = slots_of(case.plan, case.agenda)
    blocks = {item.pk: item for item in case.agenda if item.kind == "meetings"}
    for slot in slots:
        block = blocks[slot.block]
        assert block.starts_at <= slot.starts_at
        assert slot.ends_at <= block.ends_at
        assert slot.ends_at - slot.starts_at == timedelta(minutes=case.plan.slot_minutes)
        assert not any(
            cuts(x) and x.starts_at < slot.ends_at and x.ends_at > slot.starts_at for x in case.agenda
        )
    assert [slot.number for slot in slots] == list(range(1, len(slots) + 1))
    pause = timedelta(minutes=case.plan.pause_minutes)
    for first, second in pairwise(slots):
        assert first.ends_at <= second.starts_at
        if second.starts_at - first.ends_at < pause:
            # Only what cut the block brings two meetings nearer to each other than the pause.
            enders = [x for x in case.agenda if cuts(x) or x.kind == "meetings"]
            assert first.block != second.block or any(x.ends_at == second.starts_at for x in enders)


@given(cases())
def test_not_one_more_slot_fits(case: Case) -> None:
    """Minute by minute: no stretch of open minutes outside the slots and their pauses is long enough."""
    slots = slots_of(case.plan, case.agenda)
    open_minutes = {
        m
        for m in range(500)
        if any(x.kind == "meetings" and x.starts_at <= minute(m) < x.ends_at for x in case.agenda)
        and not any(cuts(x) and x.starts_at <= minute(m) < x.ends_at for x in case.agenda)
    }
    edges = {x.ends_at for x in case.agenda} | {x.starts_at for x in case.agenda}
    for slot in slots:
        first = int((slot.starts_at - START).total_seconds()) // 60
        open_minutes -= set(range(first, first + case.plan.slot_minutes + case.plan.pause_minutes))
    run = 0
    for m in range(500):
        run = 0 if minute(m) in edges else run
        run = run + 1 if m in open_minutes else 0
        assert run < case.plan.slot_minutes


@given(cases(), st.integers(1, 3), st.sampled_from(["maker", "guest"]))
def test_unavailable_as_counted_by_minutes(case: Case, pk: int, side: str) -> None:
    slots = slots_of(case.plan, case.agenda)
    bound = {"maker": {"all", "makers"}, "guest": {"all", "guests"}}[side]
    binding = [
        x for x in case.agenda if x.kind != "meetings" and (x.audience in bound or pk in x.attendee_ids)
    ]
    expected = set()
    for slot in slots:
        minutes = [slot.starts_at + timedelta(minutes=k) for k in range(case.plan.slot_minutes)]
        if any(x.starts_at <= m < x.ends_at for m in minutes for x in binding):
            expected.add(slot.number)
    assert unavailable(Who(pk, side), slots, case.agenda) == expected


@given(cases())
def test_morning_slots_are_a_prefix(case: Case) -> None:
    slots = slots_of(case.plan, case.agenda)
    count = morning_slots(slots, JAKARTA)
    local = [slot.starts_at.astimezone(JAKARTA) for slot in slots]
    assert all(when.hour < 12 for when in local[:count])
    assert all(when.hour >= 12 or when.date() > local[0].date() for when in local[count:])
