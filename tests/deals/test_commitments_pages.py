"""The pages of promises: officers' list, one promise, the phone; reminders, home, and who sees what."""

import gzip
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ekspora.core import clock
from ekspora.core.models import AccessLink, Message, Person
from ekspora.core.services import links, outbox
from ekspora.deals import commitments_step
from ekspora.deals.models import Commitment
from ekspora.deals.services import commitments, reminding
from ekspora.demand.models import Demand
from ekspora.directory.models import Buyer, Mission, Stewardship
from ekspora.programmes.models import Activity, Participation
from tests.cost import cost
from tests.deals.promises import DUE, promised, successor, told
from tests.meetings.outcomes import NOON, key
from tests.world import World, activity, business, person

SignIn = Callable[[World, str], Client]
LATE = NOON.replace(day=25)


@pytest.fixture(autouse=True)
def _a_day_after_the_first_was_due() -> Iterator[None]:
    with clock.at(LATE):
        yield


def _page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _many(world: World, count: int) -> None:
    for n in range(count):
        made = business(f"Usaha {n:04}", agency=world.lead, owner=person(f"Pemilik {n}"))
        Participation.objects.create(activity=world.activity, side="maker", business=made, answer="accepted")
        promised(world, "samples", business=made)


# Officers


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_list_narrows_by_state_kind_side_and_words(world: World, sign_in: SignIn, language: str) -> None:
    promised(world)
    promised(world, "fair", "guest", due=DUE + timedelta(days=90))
    Person.objects.filter(pk=world.people["lead_officer"].pk).update(language=language)
    client = sign_in(world, "lead_officer")
    for query, there, gone in (
        ("?show=overdue", 1, 2), ("?kind=fair", 2, 1), ("?side=guest", 2, 1), ("?q=india+puntang", 0, 0),
        ("?q=owner", 1, 2),
    ):  # fmt: skip
        page = _page(client, "commitments", world.activity.pk, query=query)
        rows = {
            number: reverse("commitment", args=[row.pk])
            for number, row in enumerate(Commitment.objects.order_by("pk"), start=1)
        }
        assert not there or rows[there] in page, query
        assert not gone or rows[gone] not in page, query
        if not there:
            assert all(address in page for address in rows.values())


def test_three_thousand_are_paged_and_cost_the_same(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")

    addresses = (
        reverse("commitments", args=[world.activity.pk]),
        reverse("all_commitments"),
        reverse("home"),
    )
    _many(world, 3)
    few = [cost(client, address) for address in addresses]
    _many_rows(world, 3000)
    assert [cost(client, address) for address in addresses] == few
    assert few[:2] == [13, 11]
    page = _page(client, "commitments", world.activity.pk)
    assert page.count('<th scope="row">') == 50


def _many_rows(world: World, count: int) -> None:
    one = Commitment.objects.order_by("pk").first()
    assert one is not None
    Commitment.objects.bulk_create(
        Commitment(
            scope=one.scope, kind="other", text=f"Janji {n}", side="maker", business=one.business,
            representative=one.representative, agency=one.agency, owner=one.owner, due=one.due,
        )
        for n in range(count)
    )  # fmt: skip


def test_nothing_promised_yet_says_what_to_do(world: World, sign_in: SignIn) -> None:
    page = _page(sign_in(world, "lead_officer"), "commitments", world.activity.pk)
    assert reverse("commitment_new", args=[world.activity.pk]) in page


def test_the_workbook_holds_text_only(world: World, sign_in: SignIn) -> None:
    world.business.name = '=HYPERLINK("http://x")'
    world.business.save()
    row = promised(world)
    commitments.settle(commitment=row, account="=1+1", actor=world.people["owner"])
    address = reverse("commitments_workbook") + f"?activity={world.activity.pk}"
    answer = sign_in(world, "lead_officer").get(address)
    with ZipFile(BytesIO(answer.content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert all(b"<f>" not in book.read(name) for name in sheets)
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert '=HYPERLINK("http://x")' in rows[1]
    assert "=1+1" in rows[1]
    assert sign_in(world, "other_officer").get(address).status_code == 404


def test_an_officer_writes_changes_and_settles(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "co_officer")
    sent = {
        "maker": world.maker.pk, "guest": world.guest.pk, "side": "guest", "kind": "buyers", "due": "2027-06-01",
        "text": "",
    }  # fmt: skip
    answer = client.post(reverse("commitment_new", args=[world.activity.pk]), sent)
    row = Commitment.objects.get()
    assert answer["Location"] == reverse("commitment", args=[row.pk])
    assert (row.agency, row.owner) == (world.co, world.people["representative"])
    page = _page(client, "commitment", row.pk)
    assert reverse("commitment_buyer", args=[row.pk]) in page
    refused = client.post(
        reverse("commitment_buyer", args=[row.pk]), {"name": "Embassy of India", "country": "IN", "kind": "unknown"},
        follow=True,
    )  # fmt: skip
    assert "Embassy of India" in refused.content.decode()
    assert not Buyer.objects.exists()
    client.post(
        reverse("commitment_buyer", args=[row.pk]),
        {"name": "Delhi Foods", "country": "IN", "kind": "importer"},
    )
    client.post(reverse("commitment_due", args=[row.pk]), {"due": "2027-07-01", "reason": "visa"})
    client.post(reverse("commitment_settle", args=[row.pk]), {"state": "kept", "account": "Datang 3 Mei"})
    row.refresh_from_db()
    assert (row.state, row.due, row.buyers.get().name) == ("kept", date(2027, 7, 1), "Delhi Foods")
    page = _page(client, "commitment", row.pk)
    assert "Datang 3 Mei" in page
    assert "visa" in page
    client.post(reverse("commitment_settle", args=[row.pk]), {"state": "open", "account": "salah"})
    row.refresh_from_db()
    assert row.is_open


def test_a_form_with_faults_comes_back_and_changes_nothing(world: World, sign_in: SignIn) -> None:
    row, client = promised(world), sign_in(world, "lead_officer")
    for name, sent in (
        ("commitment_due", {"due": "31 Februari", "reason": "x"}),
        ("commitment_hand_over", {"taker": world.people["stranger"].pk, "reason": "x"}),
        ("commitment_buyer", {"name": "", "country": "IN", "kind": "unknown"}),
    ):
        assert client.post(reverse(name, args=[row.pk]), sent).status_code == 422
    assert Commitment.objects.values().get() == Commitment.objects.filter(pk=row.pk).values().get()
    assert not Buyer.objects.exists()


def test_a_successor_takes_everything_and_opens_the_page_by_link(world: World, sign_in: SignIn) -> None:
    rows = [promised(world, kind, "guest") for kind in ("fair", "buyers")]
    promised(world)
    with clock.at(LATE + timedelta(days=1)):
        who, guest = successor(world)
        client = sign_in(world, "lead_officer")
        assert "Meera Rao" in _page(client, "commitments", world.activity.pk)
        sent = {"giver": world.guest.representative_id, "taker": guest.pk}
        assert client.post(reverse("commitments_hand_over"), sent).status_code == 302
        assert client.post(reverse("commitments_hand_over"), sent).status_code == 404
    assert {row.owner for row in Commitment.objects.filter(side="guest")} == {who}
    token = links.issue(
        person=who, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead, scope=world.activity.scope,
        target=reverse("my_commitments", args=[world.guest.pk]), expires_at=LATE + timedelta(days=9),
    )  # fmt: skip
    phone = Client()
    phone.post(reverse("link", args=[token]))
    page = _page(phone, "my_commitments", world.guest.pk)
    assert "Bring buyers" in page
    assert "You get samples" in page
    assert reverse("my_commitments", args=[world.guest.pk]) in _page(phone, "home")
    assert phone.get(reverse("my_commitments", args=[world.maker.pk])).status_code == 404
    phone.post(
        reverse("my_commitment_settle", args=[world.guest.pk, rows[0].pk]),
        {"state": "kept", "account": "Letter sent"},
    )
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].settled_by) == ("kept", who)


def test_all_that_a_person_keeps_is_handed_over_in_one_go(world: World, sign_in: SignIn) -> None:
    first, second = promised(world), promised(world, "prices")
    sent = {"taker": world.people["companion"].pk, "reason": "pemilik umrah", "all": "1"}
    sign_in(world, "lead_officer").post(reverse("commitment_hand_over", args=[first.pk]), sent)
    assert {row.owner for row in Commitment.objects.all()} == {world.people["companion"]}
    assert second.handovers.count() == 1


def test_officers_who_only_look_see_no_promises(world: World, sign_in: SignIn) -> None:
    world.activity.organiser_rows.filter(agency=world.co).update(role="partner")
    row = promised(world)
    client = sign_in(world, "co_officer")
    assert reverse("commitment", args=[row.pk]) not in _page(client, "commitments", world.activity.pk)
    assert client.get(reverse("commitment", args=[row.pk])).status_code == 404


# On the phone


def test_each_side_reads_what_it_promised_and_what_was_promised_to_it(world: World, sign_in: SignIn) -> None:
    told(world, "samples", "fair", note="rahasia-pemilik")
    told(world, "other", side="guest", note="secret-of-guest")
    owner = _page(sign_in(world, "owner"), "my_commitments", world.maker.pk)
    assert "Mengirim sampel" in owner
    assert "Lewat batas" in owner
    assert "secret-of-guest" not in owner
    guest = _page(sign_in(world, "representative"), "my_commitments", world.guest.pk)
    assert "You get samples" in guest
    assert "Invite to a trade fair in your country" in guest
    assert "rahasia-pemilik" not in guest


def test_done_in_one_line_from_the_phone_sent_five_times(world: World, sign_in: SignIn) -> None:
    row = promised(world)
    client = sign_in(world, "owner")
    address = reverse("my_commitment_settle", args=[world.maker.pk, row.pk])
    empty = client.post(address, {"state": "kept", "account": " "})
    assert empty.status_code == 422
    for _time in range(5):
        assert client.post(address, {"state": "kept", "account": "Terkirim"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.account, row.settled_by) == ("kept", "Terkirim", world.people["owner"])
    theirs = promised(world, "fair", "guest")
    other = reverse("my_commitment_settle", args=[world.maker.pk, theirs.pk])
    assert client.post(other, {"state": "kept", "account": "x"}).status_code == 404


def test_a_representative_names_the_buyer_and_never_the_embassy(world: World, sign_in: SignIn) -> None:
    row = promised(world, "buyers", "guest")
    client = sign_in(world, "representative")
    address = reverse("my_commitment_settle", args=[world.guest.pk, row.pk])
    sent = {"state": "kept", "account": "They come in May", "country": "India"}
    refused = client.post(address, {**sent, "buyer": "Embassy of India"})
    assert refused.status_code == 422
    assert "that orders and pays" in refused.content.decode()
    assert 'value="They come in May"' in refused.content.decode()
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "buyer": "Delhi Foods", "country": "Atlantis"}).status_code == 422
    assert client.post(address, {**sent, "buyer": "Delhi Foods"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.buyers.get().introduced_by) == ("kept", world.mission)


def test_a_companion_sees_each_business_apart(world: World, sign_in: SignIn) -> None:
    Stewardship.objects.create(
        business=world.other_business, person=world.people["companion"], role="companion",
        consent_at=NOON, consent_note="lisan",
    )  # fmt: skip
    promised(world)
    promised(world, "prices", business=world.other_business)
    client = sign_in(world, "companion")
    home = _page(client, "home")
    for row in (world.maker, world.other_maker):
        assert reverse("my_commitments", args=[row.pk]) in home
    page = _page(client, "my_commitments", world.maker.pk)
    assert "Mengirim sampel" in page
    assert "Mengirim daftar harga" not in page
    assert f"{world.other_business} (1)" in page


def test_a_page_for_an_owner_is_light(world: World, sign_in: SignIn) -> None:
    for n in range(30):
        promised(world, "other", text=f"Janji nomor {n} kepada perwakilan")
    answer = sign_in(world, "owner").get(reverse("my_commitments", args=[world.maker.pk]))
    assert len(gzip.compress(answer.content)) < 30_000


# Reminders


def test_one_message_for_each_person_once_a_day_and_only_of_what_is_due(world: World) -> None:
    promised(world)
    promised(world, "prices", due=LATE.date() + timedelta(days=7))
    promised(world, "fair", "guest", due=LATE.date() + timedelta(days=8))
    actor = world.actor("lead_officer")
    done = reminding.remind(activity=world.activity, actor=actor)
    assert (done.messages, done.unreachable) == (1, 0)
    message = Message.objects.get()
    assert message.person == world.people["owner"]
    assert (message.state, message.link_scope) == (Message.State.DRAFT, world.activity.scope)
    assert message.link_target == reverse("my_commitments", args=[world.maker.pk])
    assert message.body.count("– Mengirim") == 2
    Message.objects.update(state=Message.State.SENT, sent_at=LATE)
    assert reminding.remind(activity=world.activity, actor=actor).messages == 0
    with clock.at(LATE + timedelta(days=1)):
        assert reminding.remind(activity=world.activity, actor=actor).messages == 2


def test_a_reminder_not_sent_yesterday_gives_way_to_todays(world: World) -> None:
    row = promised(world)
    actor = world.actor("lead_officer")
    reminding.remind(activity=world.activity, actor=actor)
    with clock.at(LATE + timedelta(days=1)):
        reminding.remind(activity=world.activity, actor=actor)
        assert Message.objects.count() == 1
        commitments.settle(commitment=row, account="Terkirim", actor=actor.person)
        reminding.remind(activity=world.activity, actor=actor)
    assert not Message.objects.exists()


def test_of_an_owner_without_address_the_companion_is_reminded(world: World) -> None:
    Person.objects.filter(pk=world.people["owner"].pk).update(email="", phone="")
    promised(world)
    reminding.remind(activity=world.activity, actor=world.actor("lead_officer"))
    assert Message.objects.get().person == world.people["companion"]


def test_what_nobody_can_be_reminded_of_is_said(world: World, sign_in: SignIn) -> None:
    Person.objects.filter(pk__in=[world.people[who].pk for who in ("owner", "companion")]).update(
        email="", phone=""
    )
    promised(world)
    client = sign_in(world, "lead_officer")
    answer = client.post(reverse("commitments_remind", args=[world.activity.pk]), follow=True)
    assert "1 janji" in answer.content.decode()
    assert not Message.objects.exists()


def test_the_kind_of_message_has_a_name() -> None:
    assert str(outbox.labels[reminding.KIND])


# Home and overview


def test_overdue_ones_are_on_the_home_page_of_both_sides_and_the_officers(
    world: World, sign_in: SignIn
) -> None:
    promised(world)
    for actor in ("owner", "companion"):
        assert reverse("my_commitments", args=[world.maker.pk]) in _page(sign_in(world, actor), "home")
    assert reverse("my_commitments", args=[world.guest.pk]) not in _page(
        sign_in(world, "representative"), "home"
    )
    overdue = reverse("all_commitments") + "?show=overdue"
    everywhere = _page(sign_in(world, "lead_officer"), "all_commitments")
    assert reverse("commitments", args=[world.activity.pk]) in everywhere
    assert overdue in _page(sign_in(world, "lead_officer"), "home")
    assert overdue not in _page(sign_in(world, "other_officer"), "home")


def test_the_overview_of_the_activity_counts_them_and_says_the_next_step(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in(world, "lead_officer")
    address = reverse("commitments", args=[world.activity.pk])
    assert f"{address}?show=kept" not in _page(client, "activity", world.activity.pk)
    promised(world)
    assert f"{address}?show=kept" in _page(client, "activity", world.activity.pk)


def test_earlier_outcomes_are_offered_and_taken_over(world: World, sign_in: SignIn) -> None:
    told(world, "samples")
    Commitment.objects.all().delete()
    client = sign_in(world, "lead_officer")
    address = reverse("commitments_from_outcomes", args=[world.activity.pk])
    assert address in _page(client, "commitments", world.activity.pk)
    client.post(address)
    assert Commitment.objects.count() == 1
    assert address not in _page(client, "commitments", world.activity.pk)


def test_a_home_page_costs_the_same_for_three_activities_and_for_thirty(world: World) -> None:
    def cost(name: str) -> tuple[int, int]:
        actor = world.actor(name)
        with CaptureQueriesContext(connection) as counted:
            cards = list(commitments_step.cards(actor))
        return len(cards), len(counted)

    def plan(count: int) -> None:
        for _time in range(count):
            made = activity(world.lead, name=f"Kegiatan {Activity.objects.count()}")
            for row in (world.maker, world.guest):
                row.pk, row.activity = None, made
                row.save(force_insert=True)
            for kind, side in (("samples", "maker"), ("fair", "guest")):
                promised(world, kind, side, scope=made.scope)

    # The representative handed one promise over: their successor finds it from another table.
    who, _guest = successor(world)
    world.people["successor"] = who
    plan(3)
    everybody = ("owner", "representative", "successor", "lead_officer")
    commitments.hand_over(
        commitments=Commitment.objects.filter(side="guest")[:2], taker=who, reason="pindah",
        actor=world.people["lead_officer"],
    )  # fmt: skip
    few = {name: cost(name) for name in everybody}
    plan(27)
    commitments.hand_over(
        commitments=Commitment.objects.filter(side="guest"), taker=who, reason="pindah",
        actor=world.people["lead_officer"],
    )  # fmt: skip
    many = {name: cost(name) for name in everybody}
    assert {name: cards for name, (cards, _queries) in many.items()} == {
        "owner": 30, "representative": 30, "successor": 30, "lead_officer": 1,
    }  # fmt: skip
    assert [queries for _cards, queries in many.values()] == [queries for _cards, queries in few.values()]


# Somebody at home looks for this


@pytest.mark.parametrize("actor", ["representative", "lead_officer"])
def test_what_somebody_at_home_looks_for_becomes_a_demand_of_the_meeting(
    world: World, sign_in: SignIn, actor: str
) -> None:
    told(world, "samples", side="guest")
    client, pair = sign_in(world, actor), key(world.maker, world.guest)
    is_guest = actor == "representative"
    name, pk = ("my_outcome_demand", world.guest.pk) if is_guest else ("outcome_demand", world.activity.pk)
    address = reverse(name, args=[pk, pair])
    offered = reverse("my_outcome", args=[pk, pair]) if is_guest else reverse("outcome", args=[pk, pair])
    assert address in client.get(offered).content.decode()
    for _time in range(2):
        client.post(address, {"text": "Roasted coffee for a chain of cafés", "quantity": "2", "unit": "t"})
    demand = Demand.objects.get()
    assert demand.encounter is not None
    assert (demand.encounter.key, demand.agency, demand.sector) == (pair, world.lead, "agro")
    assert demand.answer_due == LATE.date() + timedelta(days=14)
    listed = _page(sign_in(world, "lead_officer"), "demands")
    assert "Kopi Puntang" in listed


def test_a_demand_needs_words(world: World, sign_in: SignIn) -> None:
    told(world, "samples", side="guest")
    address = reverse("my_outcome_demand", args=[world.guest.pk, key(world.maker, world.guest)])
    assert sign_in(world, "representative").post(address, {"text": ""}).status_code == 200
    assert not Demand.objects.exists()


# Confidential notes and goods that are stopped


def test_what_else_was_agreed_is_read_by_who_told_it_and_by_officers_only(
    world: World, sign_in: SignIn
) -> None:
    told(world, "other", note="Bertemu lagi di Delhi bulan Mei")
    row = Commitment.objects.get()
    assert "Delhi" in _page(sign_in(world, "owner"), "my_commitments", world.maker.pk)
    assert "Delhi" in _page(sign_in(world, "lead_officer"), "commitment", row.pk)
    guest = _page(sign_in(world, "representative"), "my_commitments", world.guest.pk)
    assert "Delhi" not in guest
    assert "What else" not in guest


@pytest.mark.parametrize(("hs", "is_stopped"), [("843860", True), ("090121", False)])
def test_samples_that_may_not_go_to_the_country_are_stopped_with_the_reason(
    world: World, sign_in: SignIn, hs: str, is_stopped: bool
) -> None:
    Mission.objects.filter(pk=world.mission.pk).update(country="KP")
    world.business.products.update(hs=hs)
    row = promised(world)
    for actor, name, pk in (
        ("owner", "my_commitments", world.maker.pk),
        ("lead_officer", "commitment", row.pk),
    ):
        page = _page(sign_in(world, actor), name, pk)
        assert ("Sanksi PBB" in page) is is_stopped
