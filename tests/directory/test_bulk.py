"""Actions on many businesses: what each does, undoing it, pressing twice, being killed, whose business it is."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Job, Membership, Message
from ekspora.core.services import jobs, outbox
from ekspora.directory.models import Bulk, BulkRow, Business, Listing, Note, Product, Stewardship
from ekspora.directory.queries.businesses import listed
from ekspora.directory.services import bulk as services
from ekspora.directory.services import bulk_work, businesses, importing, merging, notes, stewards
from ekspora.programmes.models import Participation
from ekspora.programmes.services import participants
from tests.cost import cost
from tests.directory.addresses import an_import
from tests.world import World, activity, business, person

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def selected(world: World, action: str, *chosen: Business, query: str | None = None) -> Bulk:
    return services.draft(
        agency=world.lead, actor=world.people["lead_officer"], action=action,
        chosen=[one.pk for one in chosen], query=query,
    )  # fmt: skip


def work(job: Job) -> Job:
    """Run the job as the worker does; fails with what it failed with."""
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    return job


def done(world: World, bulk: Bulk, arguments: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Agreed on and worked through; what came of it."""
    work(services.begin(bulk=bulk, arguments=arguments or {}, actor=world.people["lead_officer"]))
    bulk.refresh_from_db()
    return dict(bulk.result)


def undone(world: World, bulk: Bulk) -> dict[str, Any]:
    work(services.undo(bulk=bulk, actor=world.people["lead_officer"]))
    bulk.refresh_from_db()
    return dict(bulk.result)


def both(world: World, action: str) -> Bulk:
    return selected(world, action, world.business, world.other_business)


def kept_by(world: World, one: Business) -> set[int]:
    return set(Listing.objects.filter(business=one).values_list("agency_id", flat=True))


def test_a_note_for_each_and_none_when_undone(world: World) -> None:
    bulk = both(world, "note")
    assert done(world, bulk, {"text": "Ikut TEI", "is_pinned": True}) == {"done": 2, "left": {}}
    assert set(Note.objects.values_list("text", "is_pinned", "agency")) == {("Ikut TEI", True, world.lead.pk)}
    assert Note.objects.count() == 2
    undone(world, bulk)
    assert not Note.objects.exists()


def test_marking_as_no_longer_active_and_back(world: World) -> None:
    bulk = both(world, "inactive")
    businesses.edit(business=world.business, actor=None, values={"inactive_since": now().date()})
    result = done(world, bulk)
    assert (result["done"], sum(result["left"].values())) == (1, 1)
    undone(world, bulk)
    assert list(Business.objects.filter(inactive_since=None)) == [world.other_business]
    assert done(world, both(world, "active"))["done"] == 1
    assert not Business.objects.exclude(inactive_since=None).exists()


def test_sharing_and_taking_it_back(world: World) -> None:
    bulk = both(world, "share")
    assert done(world, bulk, {"to": world.co.pk})["done"] == 1  # the other one it keeps already
    assert kept_by(world, world.other_business) == {world.lead.pk, world.co.pk}
    undone(world, bulk)
    assert kept_by(world, world.other_business) == {world.lead.pk}
    assert kept_by(world, world.business) == {world.lead.pk, world.co.pk}


def test_what_the_other_agency_has_worked_with_stays_theirs(world: World) -> None:
    bulk = selected(world, "share", world.other_business)
    done(world, bulk, {"to": world.elsewhere.pk})
    other = world.people["other_officer"]
    statements_of_theirs = notes.write(
        business=world.other_business, agency=world.elsewhere, text="Kami kunjungi", actor=other
    )
    from ekspora.core.services import audit

    with transaction.atomic():
        audit.record(agency=world.elsewhere, actor=other, action="business.edit", target=world.other_business)
    result = undone(world, bulk)
    assert (result["done"], len(result["left"])) == (1, 1)
    assert kept_by(world, world.other_business) == {world.lead.pk, world.elsewhere.pk}
    assert Note.objects.filter(pk=statements_of_theirs.pk).exists()


def test_handing_over_takes_them_off_ones_own_list(world: World) -> None:
    bulk = both(world, "hand_over")
    assert done(world, bulk, {"to": world.elsewhere.pk})["done"] == 2
    assert kept_by(world, world.other_business) == {world.elsewhere.pk}
    assert not listed(world.actor("lead_officer")).exists()
    undone(world, bulk)
    assert kept_by(world, world.other_business) == {world.lead.pk}
    assert kept_by(world, world.business) == {world.lead.pk, world.co.pk}


def test_undoing_leaves_what_another_agency_keeps_now(world: World) -> None:
    one, other = world.other_business, world.people["other_officer"]
    bulk = selected(world, "inactive", one)
    done(world, bulk)
    done(world, selected(world, "hand_over", one), {"to": world.elsewhere.pk})
    result = undone(world, bulk)
    one.refresh_from_db()
    assert (result["done"], one.inactive_since is None) == (1, False)
    businesses.list_with(business=one, agency=world.lead, actor=other)
    Bulk.objects.filter(pk=bulk.pk).update(state=Bulk.State.DONE)
    businesses.edit(business=one, actor=other, values={"inactive_since": date(2026, 1, 1)})
    assert undone(world, bulk)["done"] == 1
    one.refresh_from_db()
    assert one.inactive_since == date(2026, 1, 1), "somebody changed it since"


@pytest.mark.parametrize("work_done", ["edit", "note", "activity"])
def test_a_share_stays_where_the_other_agency_worked(world: World, work_done: str) -> None:
    one, other = world.other_business, world.people["other_officer"]
    bulk = selected(world, "share", one)
    done(world, bulk, {"to": world.elsewhere.pk})
    if work_done == "edit":  # the trail of it is the first keeper's
        businesses.edit(business=one, actor=other, values={"about": "Kami kunjungi"})
    elif work_done == "note":
        notes.write(business=one, agency=world.elsewhere, text="penting", actor=other)
    else:
        day = activity(world.elsewhere, name="Pameran")
        Participation.objects.create(activity=day, side="maker", business=one)
    assert undone(world, bulk)["done"] == 1
    assert kept_by(world, one) == {world.lead.pk, world.elsewhere.pk}


def test_undoing_a_share_never_takes_a_business_off_every_list(world: World) -> None:
    one = world.other_business
    bulk = selected(world, "share", one)
    done(world, bulk, {"to": world.elsewhere.pk})
    done(world, selected(world, "hand_over", one), {"to": world.elsewhere.pk})
    assert undone(world, bulk)["done"] == 1
    assert kept_by(world, one) == {world.elsewhere.pk}


@pytest.mark.parametrize("what", ["merged", "handed on"])
def test_what_the_other_agency_no_longer_keeps_does_not_come_back(world: World, what: str) -> None:
    one, other = world.other_business, world.people["other_officer"]
    bulk = selected(world, "hand_over", one)
    done(world, bulk, {"to": world.elsewhere.pk})
    if what == "merged":
        kept = business("Batik Lain Sejati", agency=world.elsewhere, owner=world.people["stranger"])
        merging.merge(kept=kept, gone=one, agency=world.elsewhere, actor=other)
    else:
        businesses.list_with(business=one, agency=world.co, actor=other)
        businesses.unlist(business=one, agency=world.elsewhere, actor=other)
    assert undone(world, bulk)["done"] == 1
    assert world.lead.pk not in kept_by(world, one)


def test_owners_are_asked_once_in_their_own_language_and_nothing_is_sent(world: World) -> None:
    owner = world.people["owner"]
    owner.language, owner.phone = "en", "+6281234567890"
    owner.save()
    Stewardship.objects.filter(business=world.other_business).delete()
    bulk = both(world, "ask")
    result = done(world, bulk)
    assert (result["done"], sum(result["left"].values())) == (1, 1)
    message = Message.objects.get()
    assert (message.person, message.state, message.topic) == (owner, Message.State.DRAFT, bulk.topic)
    assert "Enter your number" in message.body
    assert outbox.PLACE_OF_LINK in message.body
    again = done(world, both(world, "ask"))
    assert (again["done"], sum(again["left"].values())) == (0, 2)
    assert list(Message.objects.all()) == [message], "once a month at most"
    undone(world, bulk)
    assert done(world, both(world, "ask"))["done"] == 1, "what was taken out of the queue was not asked"


def test_each_owner_is_asked_and_taking_back_leaves_only_what_was_sent(world: World) -> None:
    second = person("Pemilik Dua", phone="+6281355556666")
    stewards.name_owner(business=world.business, person=second, actor=None)
    bulk = selected(world, "ask", world.business)
    assert done(world, bulk) == {"done": 1, "left": {}}
    assert set(Message.objects.values_list("person", flat=True)) == {world.people["owner"].pk, second.pk}
    Message.objects.filter(person=second).update(state=Message.State.SENT, sent_at=now())
    assert undone(world, bulk)["done"] == 1
    states = dict(Message.objects.values_list("person", "state"))
    assert states == {second.pk: Message.State.SENT, world.people["owner"].pk: Message.State.CANCELLED}


def test_two_agencies_ask_without_taking_each_others_messages(world: World) -> None:
    done(world, selected(world, "ask", world.business))
    mine = Message.objects.get()
    theirs = services.draft(
        agency=world.co,
        actor=world.people["co_officer"],
        action="ask",
        chosen=[world.business.pk],
        query=None,
    )
    work(services.begin(bulk=theirs, arguments={}, actor=world.people["co_officer"]))
    assert set(Message.objects.values_list("agency", "topic")) == {
        (world.lead.pk, mine.topic),
        (world.co.pk, theirs.topic),
    }


def test_asking_is_undone_until_it_was_sent(world: World) -> None:
    bulk = both(world, "ask")
    done(world, bulk)
    sent = Message.objects.first()
    assert sent is not None
    Message.objects.filter(pk=sent.pk).update(state=Message.State.SENT, sent_at=now())
    result = undone(world, bulk)
    assert result["done"] == 1
    assert set(Message.objects.values_list("state", flat=True)) == {
        Message.State.SENT,
        Message.State.CANCELLED,
    }


def test_the_link_in_the_message_opens_this_business_only(world: World) -> None:
    from ekspora.core.actors import Actor
    from ekspora.directory.queries.businesses import own_business

    extra = business("Usaha kedua", agency=world.lead, owner=world.people["owner"])
    actor = Actor(world.people["owner"], scope=f"business:{world.business.pk}")
    assert own_business(actor, world.business.pk) is not None
    assert own_business(actor, extra.pk) is None
    assert own_business(Actor(world.people["owner"], scope="business:x"), world.business.pk) is None


def test_businesses_are_taken_into_an_activity_and_out_again(world: World) -> None:
    day = activity(world.lead, name="Pameran")
    bulk = both(world, "activity")
    assert done(world, bulk, {"activity": day.pk})["done"] == 2
    first = Participation.objects.get(activity=day, business=world.business)
    Message.objects.create(
        agency=world.lead, key=f"invitation:{first.pk}", person=world.people["owner"], channel="email", address="a@b.c",
        language="id", body="x", state=Message.State.SENT, sent_at=now(),
    )  # fmt: skip
    result = undone(world, bulk)
    assert (result["done"], len(result["left"])) == (1, 2)
    assert list(Participation.objects.filter(activity=day)) == [first]


def test_who_takes_part_already_is_left_as_they_are(world: World) -> None:
    bulk = both(world, "activity")
    assert done(world, bulk, {"activity": world.activity.pk})["done"] == 0
    undone(world, bulk)
    assert participants.why_kept(world.maker) is None
    assert Participation.objects.filter(pk=world.maker.pk).exists()


def test_only_activities_that_the_agency_works_on_are_offered(world: World, sign_in: SignIn) -> None:
    foreign = activity(world.elsewhere, name="Bukan kami")
    client = sign_in(world, "lead_officer")
    bulk = both(world, "activity")
    page = client.get(reverse("bulk", args=[bulk.pk])).content.decode()
    assert str(world.activity) in page
    assert "Bukan kami" not in page
    answer = client.post(reverse("bulk_begin", args=[bulk.pk]), {"activity": foreign.pk})
    assert answer.status_code == 422
    assert not Job.objects.exists()


# From the list to the end ----------------------------------------------------------------------------------------


def begun(client: Client, **posted: Any) -> Bulk:
    answer = client.post(reverse("bulks"), posted)
    bulk = Bulk.objects.get()
    assert answer["Location"] == reverse("bulk", args=[bulk.pk])
    return bulk


def test_from_ticks_over_agreeing_to_what_came_of_it(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    bulk = begun(client, action="inactive", business=[world.business.pk, world.other_business.pk])
    page = client.get(reverse("bulk", args=[bulk.pk])).content.decode()
    assert "Kopi Puntang" in page
    assert "· 2" in page
    assert not BulkRow.objects.exists(), "nothing happens before it is agreed to"
    answers = [client.post(reverse("bulk_begin", args=[bulk.pk])) for _ in range(2)]
    job = Job.objects.get()
    assert {answer["Location"] for answer in answers} == {reverse("job", args=[job.pk])}
    work(job)
    assert Business.objects.exclude(inactive_since=None).count() == 2
    again = client.post(reverse("bulk_begin", args=[bulk.pk]))
    assert again["Location"] == reverse("bulk", args=[bulk.pk])
    assert Job.objects.count() == 1
    for _ in range(2):
        client.post(reverse("bulk_undo", args=[bulk.pk]))
    work(Job.objects.latest("pk"))
    assert Job.objects.count() == 2
    assert not Business.objects.exclude(inactive_since=None).exists()
    assert "Kopi Puntang" in client.get(reverse("bulk", args=[bulk.pk])).content.decode()
    assert reverse("bulk", args=[bulk.pk]) in client.get(reverse("bulks")).content.decode()


def test_everything_that_fits_a_filter_is_what_fits_when_it_is_begun(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    bulk = begun(
        client, action="inactive", all="on", query="sector=agro&bogus=1", business=[world.other_business.pk]
    )
    assert bulk.query == "sector=agro"
    third = business("Kopi ketiga", agency=world.lead, owner=world.people["owner"])
    client.post(reverse("bulk_begin", args=[bulk.pk]))
    work(Job.objects.get())
    assert set(Business.objects.exclude(inactive_since=None)) == {world.business, third}


@pytest.mark.parametrize("query", ["source=999999", "of another agency"])
def test_a_filter_that_the_acting_agency_cannot_read_selects_nothing(
    world: World, sign_in: SignIn, query: str
) -> None:
    Membership.objects.create(person=world.people["lead_officer"], agency=world.elsewhere, role="officer")
    business("Milik lain", agency=world.elsewhere, owner=world.people["stranger"])
    source = an_import(world)
    importing.write(source=source)
    if query == "of another agency":
        query = f"source={source.pk}"
    client = sign_in(world, "lead_officer")
    bulk = begun(client, action="inactive", all="1", query=query, agency=world.elsewhere.pk)
    page = client.get(reverse("bulk", args=[bulk.pk]))
    assert page.context["count"] == 0
    assert f"“{query.partition('=')[2]}”" in page.content.decode()
    client.post(reverse("bulk_begin", args=[bulk.pk]))
    assert not BulkRow.objects.exists()
    Bulk.objects.filter(pk=bulk.pk).update(agency=world.lead, query=f"source={source.pk}")
    bulk.refresh_from_db()
    assert services.selection(bulk).exists(), "its own agency reads it"


def test_another_agencys_business_is_never_touched(world: World, sign_in: SignIn) -> None:
    foreign = business("Bukan kami", agency=world.elsewhere, owner=world.people["owner"])
    client = sign_in(world, "co_officer")
    bulk = begun(client, action="inactive", business=[foreign.pk, world.other_business.pk, world.business.pk])
    client.post(reverse("bulk_begin", args=[bulk.pk]))
    work(Job.objects.get())
    assert list(Business.objects.exclude(inactive_since=None)) == [world.business]


@pytest.mark.parametrize("posted", [{}, {"action": "note"}, {"action": "no such", "all": "on"}])
def test_without_a_selection_or_an_action_nothing_begins(
    world: World, sign_in: SignIn, posted: dict[str, str]
) -> None:
    answer = sign_in(world, "lead_officer").post(reverse("bulks"), posted)
    assert answer["Location"] == reverse("businesses")
    assert not Bulk.objects.exists()


def test_a_selection_that_was_left_is_nobody_elses(world: World, sign_in: SignIn) -> None:
    Membership.objects.create(person=world.people["stranger"], agency=world.lead, role="officer")
    bulk = both(world, "inactive")
    assert sign_in(world, "stranger").get(reverse("bulk", args=[bulk.pk])).status_code == 404
    both(world, "note")
    assert list(Bulk.objects.values_list("action", flat=True)) == ["note"]


def test_too_many_at_once_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    bulk = selected(world, "inactive", query="")
    with pytest.raises(DomainError):
        services.begin(bulk=bulk, arguments={}, actor=world.people["lead_officer"])
    assert not BulkRow.objects.exists()


def test_what_failed_halfway_goes_on_where_it_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_work, "RUN", 1)
    bulk, actor = both(world, "note"), world.people["lead_officer"]
    job = services.begin(bulk=bulk, arguments={"text": "x", "is_pinned": False}, actor=actor)
    jobs.request_stop(job=job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None)
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, Note.objects.count()) == (Job.State.FAILED, 1)
    work(services.begin(bulk=bulk, arguments={}, actor=actor))
    assert Note.objects.count() == 2
    with pytest.raises(Conflict):
        services.begin(bulk=bulk, arguments={}, actor=actor)


def test_who_lost_the_role_meanwhile_does_nothing(world: World) -> None:
    bulk, actor = both(world, "inactive"), world.people["lead_officer"]
    job = services.begin(bulk=bulk, arguments={}, actor=actor)
    actor.memberships.all().delete()
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert not Business.objects.exclude(inactive_since=None).exists()


def test_what_left_the_list_meanwhile_is_left_alone_and_holds_nobody_up(world: World) -> None:
    me, gone = world.people["lead_officer"], world.other_business
    bulk = both(world, "note")
    job = services.begin(bulk=bulk, arguments={"text": "x", "is_pinned": False}, actor=me)
    businesses.unlist(business=gone, agency=world.lead, actor=me)
    work(job)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.result["done"], sum(bulk.result["left"].values())) == (Bulk.State.DONE, 1, 1)
    assert [note.business for note in Note.objects.all()] == [world.business]


def test_a_business_that_another_agency_took_over_is_not_handed_on(world: World) -> None:
    me, gone = world.people["lead_officer"], world.other_business
    bulk = selected(world, "hand_over", gone)
    job = services.begin(bulk=bulk, arguments={"to": world.elsewhere.pk}, actor=me)
    businesses.list_with(business=gone, agency=world.co, actor=me)
    businesses.unlist(business=gone, agency=world.lead, actor=me)
    work(job)
    assert kept_by(world, gone) == {world.co.pk}


def test_one_business_that_cannot_be_done_jams_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(step: services.Step, found: list[Business]) -> Iterator[services.Outcome]:
        for one in found:
            notes.write(business=one, agency=step.agency, actor=step.actor.person, text="x")
            if one == world.business:
                raise DomainError("not this one")
            yield services.Outcome(one)

    action = services.Action(label="", does="", button="", each=refuse)
    monkeypatch.setitem(services.actions._entries, "note", (0, lambda: action))
    assert done(world, both(world, "note")) == {"done": 1, "left": {"not this one": 1}}
    assert [note.business for note in Note.objects.all()] == [world.other_business]


def test_a_colleague_goes_on_or_takes_back_a_part(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_work, "RUN", 1)
    bulk, me, colleague = both(world, "note"), world.people["lead_officer"], world.people["stranger"]
    Membership.objects.create(person=colleague, agency=world.lead, role="officer")
    job = services.begin(bulk=bulk, arguments={"text": "x", "is_pinned": False}, actor=me)
    jobs.request_stop(job=job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None)
    jobs.run_job.func(job.pk)
    assert Note.objects.count() == 1
    me.memberships.all().delete()
    taken_back = services.undo(bulk=bulk, actor=colleague)
    assert (taken_back.person, taken_back.arguments["undo"]) == (colleague, True)
    assert services.undo(bulk=bulk, actor=colleague) == taken_back
    work(taken_back)
    bulk.refresh_from_db()
    assert (bulk.state, Note.objects.count()) == (Bulk.State.UNDONE, 0)


def test_a_colleague_finishes_what_somebody_without_the_role_began(world: World) -> None:
    bulk, me, colleague = both(world, "inactive"), world.people["lead_officer"], world.people["stranger"]
    Membership.objects.create(person=colleague, agency=world.lead, role="officer")
    job = services.begin(bulk=bulk, arguments={}, actor=me)
    me.memberships.all().delete()
    jobs.run_job.func(job.pk)
    work(services.begin(bulk=bulk, arguments={}, actor=colleague))
    assert Business.objects.exclude(inactive_since=None).count() == 2


def test_the_trail_tells_of_the_action_and_of_each_business(world: World) -> None:
    bulk = both(world, "inactive")
    done(world, bulk)
    undone(world, bulk)
    of_all = AuditEntry.objects.filter(action__startswith="bulk.").order_by("number")
    assert [one.action for one in of_all] == ["bulk.begin", "bulk.end", "bulk.undo", "bulk.end"]
    assert AuditEntry.objects.filter(action="business.edit").count() == 4


def test_rows_and_results_hold_together(world: World) -> None:
    bulk = both(world, "note")
    BulkRow.objects.create(bulk=bulk, business=world.business)
    for values in ({"business": world.business}, {"business": world.other_business, "is_done": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BulkRow.objects.create(bulk=bulk, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulk.objects.filter(pk=bulk.pk).update(state="done")


def test_the_page_of_an_action_costs_the_same_for_3_and_for_30(world: World, sign_in: SignIn) -> None:
    client, costs = sign_in(world, "lead_officer"), []
    for more in (1, 27):
        for n in range(more):
            business(f"Usaha {more}.{n}", agency=world.lead, owner=world.people["owner"])
        bulk = selected(world, "inactive", query="")
        for state in ("draft", "done"):
            if state == "done":
                done(world, bulk)
            costs.append(cost(client, reverse("bulk", args=[bulk.pk])))
        undone(world, bulk)
    assert costs[:2] == costs[2:]


# Files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_selection_becomes_a_file_that_runs_nothing(world: World, sign_in: SignIn, kind: str) -> None:
    Product.objects.create(business=world.business, name='=HYPERLINK("http://x")')
    businesses.edit(business=world.business, actor=None, values={"name": "@SUM(A1)"})
    bulk = selected(world, "file", world.business)
    assert done(world, bulk, {"kind": kind})["done"] == 1
    client = sign_in(world, "lead_officer")
    data = b"".join(client.get(reverse("bulk_file", args=[bulk.pk])).streaming_content)  # type: ignore[attr-defined]  # a file
    if kind == "csv":
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        lines = [[str(cell) for cell in row] for row in sheet.to_python()]
    assert len(lines) == 2
    assert lines[1][0] == ("'@SUM(A1)" if kind == "csv" else "@SUM(A1)")
    assert not BulkRow.objects.exists()


def test_a_long_list_is_made_in_the_background(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ekspora.directory import business_list

    monkeypatch.setattr(business_list, "MOST_AT_ONCE", 1)
    client = sign_in(world, "lead_officer")
    answer = client.get(reverse("businesses_export", args=["csv"]) + "?sector=agro")
    assert "attachment" in answer["Content-Disposition"]
    answer = client.get(reverse("businesses_export", args=["csv"]))
    assert answer["Location"] == f"{reverse('businesses')}?"


def test_a_file_goes_after_a_week_and_with_a_person_in_it(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    from ekspora.core.services import erasure

    names = []
    for forget in (
        lambda: services.expire(world.lead, now() + timedelta(days=8)),
        lambda: erasure.erase(person=world.people["owner"]),
    ):
        bulk = selected(world, "file", world.business)
        done(world, bulk, {"kind": "csv"})
        names.append(str(bulk.file.name))
        assert default_storage.exists(names[-1])
        services.expire(world.lead, now() + timedelta(days=6))
        assert default_storage.exists(names[-1])
        with django_capture_on_commit_callbacks(execute=True):
            forget()
        assert not default_storage.exists(names[-1])
    services.expire(world.lead, now() + timedelta(days=200))
    assert not Bulk.objects.exists()


def killed_export(world: World) -> Bulk:
    """An export whose worker was killed after it had written its file."""
    bulk = selected(world, "file", world.business)
    job = services.begin(bulk=bulk, arguments={"kind": "csv"}, actor=world.people["lead_officer"])
    bulk.refresh_from_db()
    bulk.file.save("x.csv", ContentFile(b"x"))
    Job.objects.filter(pk=job.pk).update(state="failed", finished_at=now())
    return bulk


def test_the_file_of_an_export_that_never_ended_goes_too(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    bulk = killed_export(world)
    name = str(bulk.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        services.expire(world.lead, now() + timedelta(days=6))
        assert default_storage.exists(name)
        Job.objects.update(finished_at=None)
        services.expire(world.lead, now() + timedelta(days=8))
        bulk.refresh_from_db()
        assert bulk.file.name == name  # its work still runs
        Job.objects.update(finished_at=now())
        services.expire(world.lead, now() + timedelta(days=8))
    assert not default_storage.exists(name)
    services.expire(world.lead, now() + timedelta(days=200))
    assert not Bulk.objects.exists()


def test_going_on_with_an_export_leaves_no_file_behind(world: World) -> None:
    bulk = killed_export(world)
    first = str(bulk.file.name)
    work(services.begin(bulk=bulk, arguments={}, actor=world.people["lead_officer"]))
    bulk.refresh_from_db()
    assert default_storage.exists(str(bulk.file.name))
    assert not default_storage.exists(first)


@pytest.mark.parametrize("address", ["bulks", "saved_filters", "business_notes", "reception"])
def test_an_agency_that_is_not_ones_own_is_not_taken_for_another(
    world: World, sign_in: SignIn, address: str
) -> None:
    client = sign_in(world, "lead_officer")
    arguments = [world.business.pk] if address == "business_notes" else []
    data = {"action": "note", "business": world.business.pk, "query": "q=kopi", "name": "x", "text": "x"}
    for agency in (str(world.elsewhere.pk), "", "x", "9" * 30):
        answer = client.post(reverse(address, args=arguments), data | {"agency": agency})
        assert answer.status_code == 404
    officer = Membership.Role.OFFICER
    Membership.objects.create(person=world.people["lead_officer"], agency=world.co, role=officer)
    Listing.objects.get_or_create(business=world.business, agency=world.co)
    assert (
        client.post(reverse(address, args=arguments), data).status_code == 404
    )  # which of both is not guessed
    assert not Bulk.objects.exists()
    assert not Note.objects.exists()
