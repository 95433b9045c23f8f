"""A reminder that was not sent yet speaks of no promise that is settled, put off or handed over since."""

from datetime import date

import pytest

from ekspora.core import clock
from ekspora.core.models import Message
from ekspora.core.services import outbox
from ekspora.deals.models import Commitment
from ekspora.deals.services import commitments, reminding
from tests.deals.promises import promised, told
from tests.meetings.outcomes import NOON
from tests.world import World, at, person

pytestmark = pytest.mark.django_db
LATE = at(9, day=date(2027, 5, 10))


def reminded(world: World) -> Message:
    """The one reminder that waits after all promises came due."""
    with clock.at(LATE):
        reminding.remind(activity=world.activity, actor=world.actor("lead_officer"))
    return Message.objects.get(kind="commitment")


def waiting() -> list[str]:
    return list(Message.objects.filter(kind="commitment").values_list("body", flat=True))


@pytest.mark.parametrize("way", ["kept", "dropped", "put off", "handed over"])
def test_with_its_promise_the_reminder_goes(world: World, way: str) -> None:
    one, actor = promised(world), world.people["lead_officer"]
    reminded(world)
    with clock.at(LATE):
        if way == "kept":
            commitments.settle(commitment=one, account="Dikirim", actor=actor)
        elif way == "dropped":
            commitments.drop(commitment=one, reason="Batal", actor=actor)
        elif way == "put off":
            commitments.change_due(commitment=one, due=date(2027, 9, 1), reason="Panen", actor=actor)
        else:
            taker = person("Penerus Baru")
            commitments.hand_over(commitments=[one], taker=taker, reason="Pindah", actor=actor)
    left = [message.person_id for message in Message.objects.filter(kind="commitment")]
    assert world.people["owner"].pk not in left


def test_of_two_promises_the_other_is_still_reminded_of(world: World) -> None:
    one, other = promised(world), promised(world, kind="other")
    first = reminded(world)
    assert "Kirim katalog" in first.body
    outbox.release(agency=world.lead, topic=first.topic, message_ids=[first.pk], officer=None)
    with clock.at(LATE):
        commitments.settle(commitment=other, account="Dikirim", actor=world.people["lead_officer"])
    again = Message.objects.get(kind="commitment")
    assert "Kirim katalog" not in again.body
    assert again.body.count("–") == 1
    assert (again.key, again.state) == (first.key, "draft")  # nobody has seen these words yet
    assert Commitment.objects.get(pk=one.pk).is_open


def test_what_was_sent_stays_as_it_was_sent(world: World) -> None:
    one = promised(world)
    Message.objects.filter(pk=reminded(world).pk).update(state="sent", sent_at=LATE)
    before = waiting()
    with clock.at(LATE):
        commitments.settle(commitment=one, account="Dikirim", actor=world.people["lead_officer"])
    assert waiting() == before


def test_reminders_of_others_are_left_alone(world: World) -> None:
    one = promised(world)
    promised(world, side="guest")
    with clock.at(LATE):
        reminding.remind(activity=world.activity, actor=world.actor("lead_officer"))
        outbox.release(agency=world.lead, topic=world.activity.scope, message_ids=None, officer=None)
        commitments.settle(commitment=one, account="Dikirim", actor=world.people["lead_officer"])
    left = Message.objects.get(kind="commitment")
    assert (left.person, left.state) == (world.people["representative"], "released")


def test_a_step_that_is_taken_back_takes_its_reminder_with_it(world: World) -> None:
    told(world, "samples")
    reminded(world)
    told(world, now=NOON.replace(hour=13))
    assert not waiting()
