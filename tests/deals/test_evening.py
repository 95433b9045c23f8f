"""The evening: who met whom as far as each side may know, promises both ways, one next step, light pages."""

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry, Message, Person
from ekspora.core.services import erasure
from ekspora.deals import evening_report
from ekspora.deals.evening_next import next_step
from ekspora.deals.models import Commitment
from ekspora.deals.queries.evening import Evening
from ekspora.deals.queries.sending import KIND, sending_of
from ekspora.deals.services import evening as services
from ekspora.deals.services import forwards
from ekspora.demand.models import Demand
from ekspora.directory.models import Business, Product
from ekspora.meetings.models import Meeting
from ekspora.programmes.models import Feedback, Participation
from ekspora.programmes.overview import steps_of
from ekspora.programmes.services import feedback
from tests.cost import cost
from tests.deals.evening import EVENING, came, day, evening, names, possible, promised
from tests.meetings.factories import version
from tests.meetings.outcomes import key, tell
from tests.world import World, at, person, representative

SignIn = Callable[[World, str], Client]
LIMIT = 60 * 1024


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    with clock.at(EVENING):
        yield


# Who met whom


def test_who_was_there_has_met(world: World) -> None:
    day(world)
    assert names(evening(world.maker)) == ["Embassy of India", "Embassy of Fiji"]
    assert names(evening(world.guest)) == ["Kopi Puntang"]


def test_nobody_met_somebody_who_was_not_checked_in(world: World) -> None:
    day(world)
    Participation.objects.filter(pk=world.guest.pk).update(came="", came_at=None)
    found = evening(world.maker)
    assert names(found) == ["Embassy of Fiji"]
    assert [one.other.label for one in found.unclear] == ["Embassy of India"]


def test_who_came_after_the_meeting_or_left_before_it_did_not_meet(world: World) -> None:
    day(world)
    Participation.objects.filter(pk=world.guest.pk).update(came_at=at(9, 20))
    Participation.objects.filter(pk=world.other_guest.pk).update(left_at=at(9, 25))
    assert names(evening(world.maker)) == []


def test_the_own_answer_counts_and_the_others_never(world: World) -> None:
    day(world)
    of = key(world.maker, world.guest)
    tell(world, world.guest, of, "not_held", "representative")
    assert names(evening(world.guest)) == []
    assert "Embassy of India" in names(evening(world.maker))
    tell(world, world.maker, of, "informative", "owner")
    assert "Kopi Puntang" not in names(evening(world.guest))
    came_never = Participation.objects.filter(pk__in=[world.maker.pk, world.guest.pk])
    came_never.update(came="", came_at=None)
    assert "Embassy of India" in names(evening(world.maker))


def test_before_its_end_a_meeting_is_still_to_come(world: World) -> None:
    day(world)
    with clock.at(at(9, 22)):
        found = evening(world.maker)
        assert (names(found), found.to_come) == (["Embassy of India"], 1)


# What a side may read


def test_words_verdicts_and_notes_stay_with_who_told_them(world: World, sign_in: SignIn) -> None:
    day(world)
    of = key(world.maker, world.guest)
    tell(world, world.maker, of, "possible", "owner", note="RAHASIA PENJUAL", steps=("other",))
    tell(world, world.guest, of, "informative", "representative", note="SECRET OF GUEST")
    promised(
        world, "maker", "other", text="RAHASIA PENJUAL", encounter=evening(world.maker).met[0].mine.encounter
    )
    for actor, who, foreign in (
        ("owner", world.maker, "SECRET OF GUEST"), ("representative", world.guest, "RAHASIA PENJUAL"),
    ):  # fmt: skip
        client = sign_in(world, actor)
        page = client.get(reverse("my_evening", args=[who.pk])).content.decode()
        assert foreign not in page
        assert foreign not in str(evening_report.report_data(evening(who)))
    assert "Cooperation possible" not in page
    assert "Informative" in page


def test_a_contact_stands_there_only_when_exchanged(world: World, sign_in: SignIn) -> None:
    day(world)
    phone = "+6281200009999"
    Person.objects.filter(pk=world.people["owner"].pk).update(phone=phone)
    address = reverse("my_evening", args=[world.guest.pk])
    tell(world, world.maker, key(world.maker, world.guest), "possible", "owner", share=True)
    client = sign_in(world, "representative")
    assert phone not in client.get(address).content.decode()
    tell(world, world.guest, key(world.maker, world.guest), "possible", "representative", share=True)
    assert phone in client.get(address).content.decode()
    assert phone in str(evening_report.report_data(evening(world.guest)))


def test_promises_stand_with_the_pair_and_others_apart(world: World) -> None:
    day(world)
    encounter = possible(world)
    own = promised(world, "guest", "buyers", encounter=encounter)
    theirs = promised(world, "maker", "samples", encounter=encounter)
    found = evening(world.guest)
    assert (found.met[0].own, found.met[0].theirs, found.elsewhere) == ((own,), (theirs,), ())
    Participation.objects.filter(pk=world.maker.pk).update(came="", came_at=None)
    tell(world, world.guest, key(world.maker, world.guest), "not_held", "representative", id="again")
    assert set(evening(world.guest).elsewhere) == {own, theirs}


def test_what_was_taken_back_without_a_word_is_gone(world: World) -> None:
    day(world)
    one = promised(world, "maker", "samples")
    rows = Commitment.objects.filter(pk=one.pk)
    rows.update(state="dropped", account="no stock", settled_at=EVENING, due=date(2027, 3, 1))
    assert evening(world.maker).own == (one,)
    assert evening(world.maker).overdue == ()
    rows.update(is_by_hand=False, account="")
    assert evening(world.maker).own == ()


# The one next step


def step(who: Participation) -> str:
    found = next_step(evening(who))
    return found.code if found else ""


def test_an_owners_next_step_follows_the_rule(world: World) -> None:
    day(world)
    tell(world, world.maker, key(world.maker, world.other_guest), "informative", "owner")
    late = promised(world, "maker", "samples", due=date(2027, 3, 9))
    promised(world, "maker", "prices")
    assert step(world.maker) == "overdue"
    Commitment.objects.filter(pk=late.pk).update(state="kept", account="sent", settled_at=EVENING)
    assert step(world.maker) == "untold"
    tell(world, world.maker, key(world.maker, world.guest), "possible", "owner")
    assert step(world.maker) == "due"
    Commitment.objects.update(state="kept", account="sent", settled_at=EVENING)
    assert step(world.maker) == "missing"
    Product.objects.update(shelf_life_days=365)
    assert step(world.maker) == "feedback"
    feedback.give(participation=world.maker, score=4, words="", actor=world.people["owner"])
    assert next_step(evening(world.maker)) is None


def test_the_missing_fact_is_named_with_the_market_that_asks_for_it(world: World) -> None:
    day(world)
    for guest in (world.guest, world.other_guest):
        tell(world, world.maker, key(world.maker, guest), "informative", "owner")
    with override("en"):
        found = next_step(evening(world.maker))
    assert found is not None
    assert found.title == "Add how long it keeps: Roasted coffee"
    assert found.text.startswith("India asks for it")
    assert found.url == reverse("my_product_edit", args=[Product.objects.get(business=world.business).pk])


def test_a_representatives_next_step_follows_the_rule(world: World) -> None:
    day(world)
    assert step(world.guest) == "untold"
    tell(world, world.guest, key(world.maker, world.guest), "possible", "representative")
    one = promised(world, "guest", "buyers", due=date(2027, 3, 9))
    assert step(world.guest) == "overdue"
    Commitment.objects.filter(pk=one.pk).update(due=date(2027, 3, 10))
    assert step(world.guest) == "due"
    Commitment.objects.filter(pk=one.pk).update(state="kept", account="done", settled_at=EVENING)
    assert step(world.guest) == "forward"
    forwards.pass_on(
        evening=evening(world.guest), businesses=[world.business.pk], actor=world.people["representative"]
    )
    assert step(world.guest) == "feedback"


# Pages


@pytest.mark.parametrize(
    ("actor", "words"), [("owner", "Kopi Puntang"), ("representative", "Embassy of India")]
)
def test_before_any_meeting_the_page_says_what_to_expect(
    world: World, sign_in: SignIn, actor: str, words: str
) -> None:
    who = world.maker if actor == "owner" else world.guest
    page = sign_in(world, actor).get(reverse("my_evening", args=[who.pk])).content.decode()
    assert words in page
    assert reverse("my_agenda", args=[who.pk]) in page
    assert evening_report.report(evening(who)).startswith(b"%PDF")


def test_a_companion_reads_it_for_the_business(world: World, sign_in: SignIn) -> None:
    day(world)
    page = sign_in(world, "companion").get(reverse("my_evening", args=[world.maker.pk])).content.decode()
    assert "Embassy of India" in page or "India" in page


def test_the_report_to_the_capital_is_a_tagged_pdf_in_its_language(world: World, sign_in: SignIn) -> None:
    day(world)
    encounter = possible(world)
    promised(world, "guest", "buyers", encounter=encounter)
    Demand.objects.create(
        representative=world.guest.representative, agency=world.lead, text="Coffee for hotels"
    )  # type: ignore[misc]  # a guest has a representative, by constraint
    response = sign_in(world, "representative").get(reverse("my_evening_pdf", args=[world.guest.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in response.content
    with override("en"):
        data = evening_report.report_data(evening(world.guest))
    assert data["sender"] == "Embassy of India"
    assert data["to"] == "To: the capital (India)"
    assert data["own"] == [["Bring buyers", "Kopi Puntang", "by 24 March 2027"]]
    assert "HS 090121, 2,000 kg a month free" in data["rows"][0][1]
    assert "no legal advice" in data["rules_note"]
    assert any("FSSAI" in rule[0] and "As of 21 November 2026" in rule[2] for rule in data["rules"])
    assert data["demands"] == ["Coffee for hotels"]


def test_a_country_without_facts_is_said_to_have_none_written_down(world: World) -> None:
    day(world)
    with override("en"):
        data = evening_report.report_data(evening(world.other_guest))
    assert data["rules_note"].startswith("No reviewed rule of this country is written down here yet.")


def crowd(world: World, count: int) -> None:
    """As many more makers who met the guest, and guests who met the maker, each with a promise."""
    for n in range(count):
        made = Business.objects.create(name=f"Usaha Maju Bersama {n}", sector="culinary", province="32")
        Product.objects.create(business=made, name="Keripik", name_en=f"Crisps no. {n}", hs="200899")
        maker = Participation.objects.create(
            activity=world.activity, side="maker", business=made, answer="accepted"
        )
        who = representative(person(f"Guest {n} {maker.pk}", language="en"), world.mission, world.lead)
        guest = Participation.objects.create(
            activity=world.activity, side="guest", representative=who, answer="accepted"
        )
        came(maker, guest)
        promised(world, "maker", "samples", representative=who)
        promised(world, "guest", "buyers", business=made)
    everybody = world.activity.participations.order_by("pk")
    makers = everybody.filter(business__name__startswith="Usaha Maju")
    guests = everybody.filter(representative__person__name__startswith="Guest ")
    world.activity.versions.update(state="superseded")
    version(
        world, (world.maker, world.guest, 1, "1"),
        *((maker, world.guest, n, "9") for n, maker in enumerate(makers, 2)),
        *((world.maker, guest, n, "8") for n, guest in enumerate(guests, 2)),
    )  # fmt: skip
    Meeting.objects.update(starts_at=at(9), ends_at=at(9, 20))


def test_pages_cost_the_same_for_three_and_for_thirty(world: World, sign_in: SignIn) -> None:
    day(world)
    crowd(world, 3)
    addresses = {
        "owner": reverse("my_evening", args=[world.maker.pk]),
        "representative": reverse("my_evening", args=[world.guest.pk]),
        "lead_officer": reverse("evening", args=[world.activity.pk]),
    }
    few = {actor: cost(sign_in(world, actor), address) for actor, address in addresses.items()}
    crowd(world, 27)
    many = {actor: cost(sign_in(world, actor), address) for actor, address in addresses.items()}
    assert many == few
    assert few == {"owner": 20, "representative": 22, "lead_officer": 21}


@pytest.mark.parametrize("actor", ["owner", "representative"])
def test_the_page_of_forty_meetings_is_light_with_everything_it_loads(
    world: World, sign_in: SignIn, actor: str
) -> None:
    day(world)
    crowd(world, 40)
    who = world.maker if actor == "owner" else world.guest
    page = sign_in(world, actor).get(reverse("my_evening", args=[who.pk])).content
    loaded = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js))"', page)
    files = [Path(str(finders.find(name.decode()))).read_bytes() for name in loaded]
    weight = sum(len(gzip.compress(part)) for part in (page, *files))
    assert weight < LIMIT, f"{weight} bytes"


# Feedback


def test_feedback_is_one_answer_and_the_last_counts(world: World, sign_in: SignIn) -> None:
    day(world)
    client, address = sign_in(world, "owner"), reverse("my_feedback", args=[world.maker.pk])
    client.post(address, {"score": "3", "words": "Meja terlalu rapat"})
    client.post(address, {"score": "5", "words": "Bagus"})
    client.post(address, {"score": "5", "words": "Bagus"})
    given = Feedback.objects.get(participation=world.maker)
    assert (given.score, given.words, given.given_by) == (5, "Bagus", world.people["owner"])
    assert AuditEntry.objects.filter(action="feedback.give").count() == 2
    assert sending_of(world.activity).feedback == ((5, 1), (4, 0), (3, 0), (2, 0), (1, 0))


def test_words_are_read_by_those_who_can_change_something(world: World, sign_in: SignIn) -> None:
    day(world)
    feedback.give(participation=world.maker, score=2, words="Meja terlalu rapat", actor=world.people["owner"])
    address = reverse("evening", args=[world.activity.pk])
    shown = sign_in(world, "lead_officer").get(address).content.decode()
    assert "Meja terlalu rapat" in shown
    assert "Kopi Puntang" in shown
    world.activity.organiser_rows.filter(agency=world.co).update(role="support")
    assert "Meja terlalu rapat" not in sign_in(world, "co_officer").get(address).content.decode()


@pytest.mark.parametrize("score", ["", "0", "6", "many"])
def test_a_score_that_is_none_is_refused(world: World, sign_in: SignIn, score: str) -> None:
    response = sign_in(world, "owner").post(reverse("my_feedback", args=[world.maker.pk]), {"score": score})
    assert response.status_code == 302
    assert not Feedback.objects.exists()


def test_nobody_is_content_before_the_first_day(world: World) -> None:
    with clock.at(EVENING - timedelta(days=1)), pytest.raises(DomainError):
        feedback.give(participation=world.maker, score=5, words="", actor=world.people["owner"])


def test_an_erased_persons_score_stays_without_their_words(world: World) -> None:
    feedback.give(participation=world.maker, score=2, words="Saya Owner kecewa", actor=world.people["owner"])
    erasure.erase(person=world.people["owner"], actor=None)
    given = Feedback.objects.get()
    assert (given.score, given.words, given.given_by) == (2, "", None)
    assert "kecewa" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


# The messages


def test_everybody_who_came_gets_one_message_in_their_language(world: World) -> None:
    day(world)
    Participation.objects.filter(pk=world.other_guest.pk).update(came="", came_at=None)
    people = sending_of(world.activity).people
    count = services.send(activity=world.activity, people=people, actor=world.actor("lead_officer"))
    assert count == 3
    drafts = {message.link_target: message for message in Message.objects.filter(kind=KIND)}
    mine = drafts[reverse("my_evening", args=[world.maker.pk])]
    theirs = drafts[reverse("my_evening", args=[world.guest.pk])]
    assert (mine.state, mine.language, theirs.language) == ("draft", "id", "en")
    assert "report to your capital" in theirs.body
    assert mine.subject.startswith("Langkah Anda berikutnya")
    assert "{link}" in mine.body


def test_prepared_twice_it_is_one_message_and_what_was_sent_is_left_alone(world: World) -> None:
    day(world)
    for _ in range(2):
        people = sending_of(world.activity).people
        services.send(activity=world.activity, people=people, actor=world.actor("lead_officer"))
    assert Message.objects.filter(kind=KIND).count() == 4
    Message.objects.filter(kind=KIND, person=world.people["owner"]).update(
        state="sent", sent_at=EVENING, subject="before"
    )
    people = sending_of(world.activity).people
    assert services.send(activity=world.activity, people=people, actor=world.actor("co_officer")) == 3
    assert Message.objects.filter(kind=KIND, subject="before").count() == 1
    state = sending_of(world.activity)
    assert (state.prepared, state.sent, state.missing) == (4, 1, 0)


def test_who_told_of_a_meeting_came_although_nobody_checked_them_in(world: World) -> None:
    day(world)
    Participation.objects.update(came="", came_at=None)
    assert sending_of(world.activity).people == ()
    tell(world, world.maker, key(world.maker, world.guest), "possible", "owner")
    tell(world, world.guest, key(world.maker, world.guest), "not_held", "representative")
    assert [who.pk for who in sending_of(world.activity).people] == [world.maker.pk]


def test_the_step_appears_after_the_last_meeting_and_is_done_when_all_are_prepared(world: World) -> None:
    day(world)
    actor = world.actor("lead_officer")

    def found() -> list[tuple[bool, bool]]:
        steps = [step for step in steps_of(actor, world.activity) if step.name == "evening"]
        return [(step.done, step.todo is not None) for step in steps]

    with clock.at(at(9, 30)):
        assert found() == []
    assert found() == [(False, True)]
    services.send(activity=world.activity, people=sending_of(world.activity).people, actor=actor)
    assert found() == [(True, False)]


def test_only_officers_who_may_change_prepare_messages(world: World, sign_in: SignIn) -> None:
    day(world)
    world.activity.organiser_rows.filter(agency=world.co).update(role="support")
    client = sign_in(world, "co_officer")
    assert client.get(reverse("evening", args=[world.activity.pk])).status_code == 200
    assert client.post(reverse("evening_send", args=[world.activity.pk])).status_code == 404
    response = sign_in(world, "lead_officer").post(
        reverse("evening_send", args=[world.activity.pk]), follow=True
    )
    assert "4 pesan menunggu di antrean kirim" in response.content.decode()


def test_the_home_page_leads_there_once_the_meetings_are_over(world: World, sign_in: SignIn) -> None:
    day(world)
    for actor, who in (("owner", world.maker), ("representative", world.guest)):
        client, address = sign_in(world, actor), reverse("my_evening", args=[who.pk])
        assert address in client.get("/").content.decode()
        with clock.at(at(9, 22)):
            is_there = address in client.get("/").content.decode()
        assert is_there == (actor == "representative"), "the maker meets somebody else until 9.45"


def test_an_evening_of_nobody_has_no_next_step_but_feedback(world: World) -> None:
    assert isinstance(evening(world.guest), Evening)
    assert step(world.guest) == "feedback"
