"""Answering: accept, a part, a substitute, decline; until the activity begins; the same twice is once."""

from datetime import date, datetime

import pytest

from ekspora.core.actors import Actor
from ekspora.core.clock import at as clock_at
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, AuditEntry, Message, Person
from ekspora.core.services import links
from ekspora.programmes import queries, rules
from ekspora.programmes.models import Participation
from ekspora.programmes.services.answers import Name, accept, decline
from tests.programmes.actors import actor
from tests.world import World, at

Answer = Participation.Answer
DEPUTY = Name("Ms", "Priya Rao", "M.A.", "Second Secretary", "priya@example.org")


@pytest.fixture(autouse=True)
def _invited(world: World) -> None:
    Participation.objects.update(answer=Answer.INVITED)


def test_accepting_twice_is_accepting_once(world: World) -> None:
    who = actor(world, "representative", world.activity.scope)
    for _ in range(2):
        row = accept(participation=world.guest, actor=who)
    assert (row.answer, row.answer_note) == (Answer.ACCEPTED, "")
    assert AuditEntry.objects.filter(action="participation.accepted").count() == 1


def test_coming_for_a_part(world: World) -> None:
    who = actor(world, "owner")
    row = accept(participation=world.maker, actor=who, arrives_at=at(9, 30), leaves_at=at(11, 45))
    assert (row.arrives_at, row.leaves_at) == (at(9, 30), at(11, 45))
    row = accept(participation=world.maker, actor=who)
    assert (row.arrives_at, row.leaves_at) == (None, None)


@pytest.mark.parametrize(
    ("start", "end"), [(at(11), at(10)), (at(9), at(9)), (at(9, day=date(2027, 3, 9)), None)]
)
def test_hours_that_cannot_be(world: World, start: datetime, end: datetime | None) -> None:
    with pytest.raises(DomainError):
        accept(participation=world.maker, actor=actor(world, "owner"), arrives_at=start, leaves_at=end)


def test_a_substitute_is_named_as_protocol_wants_and_told(world: World) -> None:
    who = actor(world, "representative")
    row = accept(participation=world.guest, actor=who, substitute=DEPUTY)
    assert row.attendee is not None
    assert row.attendee.protocol_name == "Ms Priya Rao, M.A."
    assert row.attendee.language == "en"
    message = Message.objects.get(kind="substitute")
    assert (message.person, message.state) == (row.substitute, Message.State.DRAFT)
    assert "{link}" in message.body
    accept(participation=world.guest, actor=who, substitute=DEPUTY)
    assert Person.objects.filter(name="Priya Rao").count() == 1


def test_a_substitute_may_open_the_personal_page_and_answer(world: World) -> None:
    row = accept(participation=world.guest, actor=actor(world, "representative"), substitute=DEPUTY)
    assert row.substitute is not None
    deputy = Actor(row.substitute, frozenset(), world.activity.scope)
    found = queries.participation_for(deputy, row.pk)
    assert found == row
    assert found is not None
    assert rules.is_own(deputy, found)


def test_coming_after_all_ends_the_substitute_and_their_link(world: World) -> None:
    who = actor(world, "representative")
    row = accept(participation=world.guest, actor=who, substitute=DEPUTY)
    assert row.substitute is not None
    links.issue(
        person=row.substitute, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=None,
        scope=world.activity.scope,
    )  # fmt: skip
    row = accept(participation=world.guest, actor=who)
    assert row.attendee == world.people["representative"]
    assert AccessLink.objects.get().revoked_at is not None


def test_a_corrected_name_stays_the_same_person(world: World) -> None:
    who = actor(world, "representative")
    first = accept(participation=world.guest, actor=who, substitute=DEPUTY).substitute
    corrected = Name("Dr", "Priya Rao", "M.A.", "Second Secretary", "priya@example.org")
    row = accept(participation=world.guest, actor=who, substitute=corrected)
    assert row.substitute == first
    assert row.substitute is not None
    assert Person.objects.get(pk=row.substitute.pk).title == "Dr"


def test_declining_with_a_reason_and_coming_back(world: World) -> None:
    who = actor(world, "companion")
    row = decline(participation=world.maker, actor=who, reason=" sakit ")
    assert (row.answer, row.answer_note) == (Answer.DECLINED, "sakit")
    decline(participation=world.maker, actor=who, reason="sakit")
    assert AuditEntry.objects.filter(action="participation.declined").count() == 1
    row = accept(participation=world.maker, actor=who)
    assert (row.answer, row.answer_note) == (Answer.ACCEPTED, "")


def test_answers_close_when_the_activity_begins_but_officers_note_them(world: World) -> None:
    with clock_at(at(7, 59)):
        accept(participation=world.maker, actor=actor(world, "owner"))
    with clock_at(at(8)):
        with pytest.raises(DomainError):
            decline(participation=world.maker, actor=actor(world, "owner"))
        row = decline(participation=world.maker, actor=actor(world, "lead_officer"), reason="telepon")
    assert row.answer == Answer.DECLINED


def test_nobody_answers_before_being_invited_except_through_an_officer(world: World) -> None:
    Participation.objects.update(answer=Answer.PLANNED)
    with pytest.raises(DomainError):
        accept(participation=world.maker, actor=actor(world, "owner"))
    assert accept(participation=world.maker, actor=actor(world, "lead_officer")).answer == Answer.ACCEPTED


def test_until_without_an_agenda_is_the_midnight_before(world: World) -> None:
    world.activity.agenda.all().delete()
    assert queries.answers_until(world.activity) == at(0)
