"""Every counted figure is the number of the records its link opens; reported ones are never added to them."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from ekspora.core import clock
from ekspora.core.actors import Actor
from ekspora.demand.models import Encounter
from ekspora.demand.services import demands
from ekspora.meetings.queries import results as outcomes
from ekspora.programmes.models import Organiser, Participation
from ekspora.programmes.services import participants
from ekspora.results.figures import Counted
from ekspora.results.queries import meetings
from ekspora.results.queries.reports import Contents, contents
from tests.meetings.factories import version
from tests.meetings.outcomes import key, tell
from tests.results.records import EVENING, at_the_door, deal, feedback, later, promise, reported, told
from tests.world import World, at, business, person

SignIn = Callable[[World, str], Client]


@pytest.fixture(autouse=True)
def _in_the_evening() -> Iterator[None]:
    with clock.at(EVENING), override("en"):
        yield


def found_in(world: World, actor: str = "lead_officer") -> Contents:
    return contents(world.activity, world.actor(actor))


def value(found: Contents, code: str) -> int:
    counted = found.counted(code)
    assert counted is not None, code
    return counted


def every(found: Contents) -> Iterator[Counted]:
    """All counted figures that are a number of records."""
    for side in found.sides:
        yield from side.figures
        for line in side.lines:
            yield from (line.invited, line.accepted, line.came)
    yield from found.meetings
    yield from found.interests
    for verdict in found.verdicts:
        yield from verdict.both
    for one in found.satisfaction:
        yield one.answered
        yield from one.scores
    yield found.demands
    yield found.to_check
    yield from (Counted(one.currency, one.deals, one.step, "", one.url) for one in found.amounts)
    yield from found.promise_totals
    for kind in found.promises:
        yield from kind.states


def rows_on(client: Client, url: str) -> int:
    """How many records a list shows: lines of its table or items of its list."""
    page = client.get(url)
    assert page.status_code == 200, url
    return int(page.context["page"].paginator.count)


def full(world: World) -> None:
    at_the_door(world)
    told(world)
    feedback(world.maker, 4, "baik")
    walker = business("Kerupuk Jalan", agency=world.lead, owner=person("Oom"), sector="culinary")
    with clock.at(at(9, 30)):
        participants.walk_in(activity=world.activity, who=walker, actor=world.actor("lead_officer"))
    late = Participation.objects.create(
        activity=world.activity, side="maker", answer="planned",
        business=business("Belum Diundang", agency=world.lead, owner=person("Siapa")),
    )  # fmt: skip
    assert late.answer == "planned"


def test_who_was_invited_accepted_and_came_by_side(world: World) -> None:
    full(world)
    found = found_in(world)
    guests = {one.code: one.value for one in found.sides[0].figures}
    makers = {one.code: one.value for one in found.sides[1].figures}
    assert guests == {
        "guest.invited": 2, "guest.accepted": 2, "guest.came": 2, "guest.late": 1, "guest.substitute": 1,
        "guest.walk_in": 0, "guest.absent": 0,
    }  # fmt: skip
    assert makers == {
        "maker.invited": 3, "maker.accepted": 3, "maker.came": 2, "maker.late": 0, "maker.substitute": 0,
        "maker.walk_in": 1, "maker.absent": 1,
    }  # fmt: skip
    assert [(line.label, line.came.value) for line in found.sides[0].lines] == [("Fiji", 1), ("India", 1)]
    assert (value(found, "guest.countries"), value(found, "maker.sectors")) == (2, 2)


def test_every_figure_opens_exactly_the_records_it_counts(world: World, sign_in: SignIn) -> None:
    full(world)
    demand_of(world)
    promises_of(world)
    deal(world, ("loi", 10_000, "USD"), ("order", 4_000, "USD"))
    deal(world, ("loi", 239_500_000, "USD"), alarms=[{"code": "outlier"}])
    client, looked_at = sign_in(world, "lead_officer"), 0
    for figure in every(found_in(world)):
        assert figure.url, figure.code
        assert rows_on(client, figure.url) == figure.value, figure.code
        looked_at += figure.value > 0
    assert looked_at > 25


def promises_of(world: World) -> None:
    """One more of each state, and one that was taken back: it was never given up."""
    for state in ("open", "kept", "dropped"):
        promise(world, kind="other", state=state, text=state)
    taken_back = promise(world, kind="other", state="dropped", text="not any more")
    type(taken_back).objects.filter(pk=taken_back.pk).update(is_by_hand=False)


def demand_of(world: World) -> None:
    encounter = Encounter.objects.earliest("pk")
    officer = world.people["lead_officer"]
    for text, met in (("Coffee every month", encounter), ("Cups", None)):
        demands.take_down(
            representative=encounter.representative, agency=world.lead, actor=officer, encounter=met,
            values={"text": text, "owner": officer},
        )  # fmt: skip


def test_every_meeting_told_of_is_held_not_held_or_disputed(world: World) -> None:
    told(world)
    found = found_in(world)
    counts = {one.code.partition(".")[2]: one.value for one in found.meetings}
    assert counts == {
        "planned": 3, "held": 1, "not_held": 1, "disputed": 0, "waiting": 2, "possible": 1, "differ": 1,
        "exchanged": 0,
    }  # fmt: skip
    assert {one.code: one.value for one in found.interests if one.value} == {"interest.coffee": 1}


def test_a_meeting_one_side_says_did_not_take_place_is_disputed(world: World) -> None:
    told(world)
    tell(world, world.maker, key(world.maker, world.other_guest), "informative", "owner")
    counts = {one.code: one.value for one in found_in(world).meetings}
    assert (counts["meetings.disputed"], counts["meetings.not_held"], counts["meetings.held"]) == (1, 0, 1)


def test_what_was_told_stays_counted_when_the_timetable_has_it_no_more(world: World) -> None:
    told(world)
    world.activity.versions.update(state="superseded")
    version(world, (world.maker, world.guest, 3, "2"))
    found = found_in(world)
    assert (value(found, "meetings.planned"), value(found, "meetings.not_held")) == (1, 1)
    assert len(outcomes.rows(world.activity)) == len(meetings.facts(world.activity)) == 2


def test_facts_and_rows_agree_whatever_is_asked(world: World) -> None:
    told(world)
    rows, facts = outcomes.rows(world.activity), meetings.facts(world.activity)
    for name, test in outcomes.SHOW.items():
        assert sum(map(test, rows)) == sum(map(test, facts)), name
    assert sorted(map(sorted, (row.groups for row in rows))) == sorted(map(sorted, (f.groups for f in facts)))


def test_values_stand_apart_by_step_and_currency(world: World) -> None:
    deal(world, ("loi", 10_000, "USD"), ("order", 4_000, "USD"), ("order", 9_000_000, "IDR"))
    deal(world, ("loi", 239_500_000, "USD"), alarms=[{"code": "outlier"}])
    found = [(one.stage, one.currency, one.amount, one.deals) for one in found_in(world).amounts]
    assert found == [
        ("potential", "USD", Decimal(10_000), 1), ("contracted", "IDR", Decimal(9_000_000), 1),
        ("contracted", "USD", Decimal(4_000), 1),
    ]  # fmt: skip


def test_later_answers_are_reported_and_change_no_value(world: World) -> None:
    told(world)
    later(world, amount=500_000)
    found = found_in(world)
    assert [(str(one.stage), one.answers, one.amount) for one in found.later] == [
        ("an order was placed", 1, Decimal(500_000))
    ]
    assert found.amounts == []


def test_promises_by_kind_and_state(world: World) -> None:
    promise(world)
    promise(world, state="kept")
    promise(world, kind="buyers", state="dropped")
    found = found_in(world)
    lines = [[str(line.kind), *(one.value for one in line.states)] for line in found.promises]
    assert lines == [["send samples", 1, 1, 0], ["bring buyers", 0, 0, 1]]
    assert [one.value for one in found.promise_totals] == [1, 1, 1]


@pytest.mark.parametrize(("scores", "mean"), [((5, 2), None), ((5, 2, 2), Decimal(3))])
def test_no_mean_is_made_of_fewer_than_three_answers(
    world: World, scores: tuple[int, ...], mean: Decimal | None
) -> None:
    for number, score in enumerate(scores):
        owner = business(f"Usaha {number}", agency=world.lead, owner=person(f"P {number}"))
        row = Participation.objects.create(activity=world.activity, side="maker", business=owner)
        feedback(row, score)
    makers = found_in(world).satisfaction[1]
    assert (makers.answered.value, makers.mean) == (len(scores), mean)


@pytest.mark.parametrize(
    ("wording", "differs"),
    [("22 diplomats", True), ("2 diplomats", False), ("about 22", False), ("2.5 million", False)],
)
def test_a_contradiction_is_shown_and_an_estimate_is_none(world: World, wording: str, differs: bool) -> None:
    at_the_door(world)
    reported(world, wording)
    found = found_in(world)
    assert [one.differs for one in found.beside("guest")] == [differs]
    assert value(found, "guest.came") == 2


def test_other_organisers_see_the_figures_and_nothing_of_who_said_what(world: World, sign_in: SignIn) -> None:
    full(world)
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role="host")
    found = found_in(world, "other_officer")
    assert found.meetings == [
        Counted(one.code, one.value, one.label, one.counted) for one in found_in(world).meetings
    ]
    client = sign_in(world, "other_officer")
    for name, status in (
        ("report", 200),
        ("report_pdf", 200),
        ("report_xlsx", 404),
        ("report_feedback", 404),
    ):
        assert client.get(reverse(name, args=[world.activity.pk])).status_code == status, name
    page = client.get(reverse("report", args=[world.activity.pk])).content.decode()
    linked = re.findall(r'href="([^"#]+)', page.partition('id="content"')[2])
    assert not [url for url in linked if "outcomes" in url or "feedback" in url or url.endswith("edit/")]


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    def queries(actor: Actor) -> int:
        with CaptureQueriesContext(connection) as captured:
            contents(world.activity, actor)
        return len(captured)

    actor = world.actor("lead_officer")
    assert queries(actor) == 15
    full(world)
    for number in range(30):
        reported(world, f"{number} of them")
        promise(world, kind="other", text=f"janji {number}")
    assert queries(actor) == 15
