"""Letters, messages and personal links."""

from datetime import date

import pytest

from ekspora.core.clock import at as clock_at
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Job, Message, Person
from ekspora.core.services import jobs, links, outbox
from ekspora.directory.models import Business
from ekspora.programmes import queries
from ekspora.programmes.letters import letters_data, letters_pdf
from ekspora.programmes.models import Participation
from ekspora.programmes.services import invitations
from tests.programmes.actors import actor
from tests.world import World, at, representative

Answer = Participation.Answer
LETTER = {
    "letter_number": "12/PK/2027",
    "letter_date": date(2027, 1, 20),
    "signatory": "Siti",
    "signatory_position": "Sekretaris",
}


@pytest.fixture(autouse=True)
def _planned(world: World) -> None:
    Participation.objects.update(answer=Answer.PLANNED)


def invite(world: World, side: str | None = None) -> invitations.Prepared:
    officer = actor(world, "lead_officer")
    return invitations.invite(activity=world.activity, letter=LETTER, side=side, actor=officer)


def test_inviting_prepares_a_message_for_each_in_their_language(world: World) -> None:
    made = invite(world)
    assert (made.invited, made.messages, made.unreachable) == (4, 4, ())
    assert set(Participation.objects.values_list("answer", flat=True)) == {Answer.INVITED}
    message = Message.objects.get(person=world.people["representative"])
    assert (message.state, message.link_scope) == (Message.State.DRAFT, world.activity.scope)
    assert message.link_target == f"/my/invitations/{world.guest.pk}/"
    assert "Promotion to foreign representatives" in message.body
    assert "Promosi kepada perwakilan asing" in Message.objects.get(person=world.people["owner"]).body


def test_inviting_twice_tells_nobody_twice(world: World) -> None:
    invite(world)
    sent = Message.objects.get(person=world.people["owner"])
    Message.objects.filter(pk=sent.pk).update(state="sent", sent_at=at(6))
    again = invite(world)
    assert (again.invited, again.messages) == (0, 3)
    assert Message.objects.filter(kind="invitation").count() == 4
    assert Message.objects.get(person=world.people["owner"]).state == "sent"


def test_one_side_alone(world: World) -> None:
    assert invite(world, "guest").invited == 2
    assert queries.answers(world.activity)["maker"]["planned"] == 2


def test_who_cannot_be_reached_is_named_and_a_companion_stands_in(world: World) -> None:
    Person.objects.filter(name__in=["Owner", "Other Owner"]).update(email="", phone="")
    made = invite(world, "maker")
    assert made.unreachable == ("Batik Lain",)
    assert Message.objects.get().person == world.people["companion"]


def test_nobody_to_invite_is_said(world: World) -> None:
    Participation.objects.update(answer=Answer.ACCEPTED)
    with pytest.raises(DomainError):
        invite(world)


def test_the_message_sent_carries_a_link_that_opens_the_page(world: World) -> None:
    invite(world, "guest")
    officer = world.people["lead_officer"]
    outbox.release(agency=world.lead, topic=world.activity.scope, message_ids=None, officer=officer)
    jobs.run_job.func(Job.objects.get().pk)
    link = AccessLink.objects.get(person=world.people["representative"])
    assert (link.scope, link.target) == (world.activity.scope, f"/my/invitations/{world.guest.pk}/")


def test_a_lost_phone_closes_the_old_link_and_prepares_a_new_one(world: World) -> None:
    officer, person = actor(world, "lead_officer"), world.people["owner"]
    row = queries.participation_seen(officer, world.maker.pk)
    assert row is not None
    address = invitations.hand_link(participation=row, person=person, target="/", actor=officer)
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert invitations.renew_link(participation=row, person=person, actor=officer)
    with pytest.raises(DomainError):
        links.use(token=token)
    assert Message.objects.filter(kind="link", person=person, state="draft").count() == 1
    invitations.renew_link(participation=row, person=person, actor=officer)
    assert Message.objects.filter(kind="link").count() == 1


def test_links_of_people_who_have_nothing_to_do_with_it_are_not_touched(world: World) -> None:
    officer = actor(world, "lead_officer")
    row = queries.participation_seen(officer, world.maker.pk)
    assert row is not None
    for act in (invitations.revoke_links, invitations.renew_link):
        with pytest.raises(DomainError):
            act(participation=row, person=world.people["stranger"], actor=officer)


def data(world: World) -> "list[dict[str, object]]":
    with clock_at(at(6)):
        found: list[dict[str, object]] = letters_data(
            queries.activities_for(actor(world, "lead_officer")).get(pk=world.activity.pk),
            queries.agenda(world.activity),
            queries.participations(world.activity),
        )["letters"]
    return found


def test_one_note_to_each_mission_names_all_its_people(world: World) -> None:
    minister = Person.objects.create(title="H.E.", name="Anil Kumar", suffix="Ph.D.", language="en")
    second = representative(minister, world.mission, world.lead)
    second.precedence = 1
    second.save()
    Participation.objects.create(activity=world.activity, side="guest", representative=second)
    letters = data(world)
    addressees = ["Embassy of India", "Embassy of Fiji", "Batik Lain", "Kopi Puntang"]
    assert [letter["to"] for letter in letters] == addressees
    assert letters[0]["people"] == [
        {"name": "H.E. Anil Kumar, Ph.D.", "function": "Trade attaché"},
        {"name": "Representative", "function": "Trade attaché"},
    ]
    assert [letter["form"] for letter in letters] == ["note", "note", "letter_id", "letter_id"]


def test_a_business_abroad_is_written_to_in_english(world: World) -> None:
    Business.objects.filter(pk=world.business.pk).update(country="MY", province="", regency="")
    assert {letter["form"] for letter in data(world)} == {"note", "letter_id", "letter_en"}


def test_letters_are_a_pdf_whatever_the_names_hold(world: World) -> None:
    Business.objects.filter(pk=world.business.pk).update(name='#panic("x") $a_b$ "Kopi" \\ <ü>')
    activity = queries.activities_for(actor(world, "lead_officer")).get(pk=world.activity.pk)
    pdf = letters_pdf(activity, queries.agenda(activity), queries.participations(activity))
    assert pdf.startswith(b"%PDF")
