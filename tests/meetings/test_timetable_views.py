"""The timetable's pages: what they say, what they keep quiet, how many queries they cost."""

import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekspora.core.services import jobs
from ekspora.engines.meetings import parse_instance, parse_result
from ekspora.meetings.models import MeetingRequest, TimetableVersion, Wish
from ekspora.meetings.queries.versions import plan_of
from ekspora.meetings.services import publishing
from ekspora.programmes.models import Organiser
from tests.meetings.crowd import crowd, drafted, greedy, newest, solve
from tests.meetings.outcomes import key
from tests.world import World

SignIn = Callable[[World, str], Client]


def page(client: Client, world: World, **query: str | int) -> str:
    response = client.get(reverse("timetable", args=[world.activity.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def seen_by(sign_in: SignIn, world: World, actor: str = "lead_officer", language: str = "en") -> Client:
    person = world.people[actor]
    person.language = language
    person.save()
    return sign_in(world, actor)


def test_with_nothing_yet_the_page_says_what_is_missing(world: World, sign_in: SignIn) -> None:
    text = page(seen_by(sign_in, world), world)
    assert "There is no timetable yet" in text
    assert "Nobody has asked for a meeting yet" in text


def test_the_board_shows_times_pauses_people_and_the_proof(world: World, sign_in: SignIn) -> None:
    drafted(world)
    text = page(seen_by(sign_in, world), world)
    assert "09:00" in text
    assert "Site visit" in text
    assert "Kopi Puntang" in text
    assert "India" in text
    assert re.search(r"<b>3</b> of 4 requests scheduled", text)
    assert "Review and publish" in text
    assert "There is room; it can be added." in text


def test_an_unproven_timetable_says_how_far_it_may_be(world: World, sign_in: SignIn) -> None:
    drafted(world)
    assert "Not proven the best: 1 more meeting may be possible at most." in page(
        seen_by(sign_in, world), world
    )


def test_a_solved_one_says_what_is_proven(world: World, sign_in: SignIn) -> None:
    world.activity.tables = 1
    world.activity.save()
    world.activity.agenda.filter(kind="meetings").last().delete()  # type: ignore[union-attr]  # there are two
    crowd(world, 4, 2, share=1)
    solve(world)
    text = page(seen_by(sign_in, world), world)
    assert "Proven: no other timetable holds more meetings." in text


def test_it_says_that_requests_have_changed_since(world: World, sign_in: SignIn) -> None:
    drafted(world)
    client = seen_by(sign_in, world)
    assert "changed since" not in page(client, world)
    Wish.objects.filter(chooser=world.guest, chosen=world.maker).update(mark="must")
    assert "1 request changed since: what is proven speaks of those before" in page(client, world)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_no_is_never_told_and_an_exclusion_is(world: World, sign_in: SignIn, language: str) -> None:
    drafted(world)
    wish = world.activity.wishes.get(chooser=world.other_guest, chosen=world.other_maker)
    wish.mark = "no"
    wish.save()
    MeetingRequest.objects.create(
        activity=world.activity,
        maker=world.maker,
        guest=world.other_guest,
        excluded=True,
        note="sudah bertemu",
    )
    text = page(seen_by(sign_in, world, language=language), world)
    assert "sudah bertemu" in text
    unwanted = text[text.index('id="unmet-title"') :]
    assert "Batik Lain</b> × Fiji" not in unwanted


def test_a_meeting_in_hand_shows_both_days_and_free_places(world: World, sign_in: SignIn) -> None:
    drafted(world)
    text = page(seen_by(sign_in, world), world, meeting=key(world.maker, world.guest), slot=2)
    assert 'class="free"' in text
    assert "is in another meeting then" in text
    assert "Nothing stands" not in text
    free = page(seen_by(sign_in, world), world, meeting=key(world.maker, world.guest), slot=4, table="2")
    assert "11:00, table 2: nothing stands against it." in free
    assert "Move the meeting" in free


def test_an_officer_who_only_looks_gets_no_buttons(world: World, sign_in: SignIn) -> None:
    drafted(world)
    row = world.activity.organiser_rows.get(agency=world.co)
    row.role = "sponsor"
    row.save()
    text = page(seen_by(sign_in, world, "co_officer"), world, meeting=key(world.maker, world.guest))
    assert "Move to" not in text
    assert "Compute again" not in text
    assert "data-movable" not in text
    client = sign_in(world, "co_officer")
    assert client.post(reverse("timetable_move", args=[world.activity.pk, 1])).status_code == 404


def test_somebody_searched_for_is_marked_and_their_day_shown(world: World, sign_in: SignIn) -> None:
    drafted(world)
    text = page(seen_by(sign_in, world), world, q="puntang")
    assert "2 meetings" in text
    assert text.count('class="meet me"') == 4  # two on the board, the same two in the list for phones


@pytest.mark.parametrize("side", ["maker", "guest"])
def test_by_person(world: World, sign_in: SignIn, side: str) -> None:
    drafted(world)
    text = page(seen_by(sign_in, world), world, view="people", side=side)
    assert ("Batik Lain</a>" in text) == (side == "maker")
    assert "Table 1" in text


def test_a_meeting_that_can_no_longer_be_is_marked_and_the_next_step_mends_it(
    world: World, sign_in: SignIn
) -> None:
    version = drafted(world)
    world.guest.answer = "declined"
    world.guest.save()
    client = seen_by(sign_in, world)
    text = page(client, world)
    assert "India is not coming any more." in text
    assert "1 meeting can no longer take place" in text
    review = client.get(reverse("timetable_publish", args=[world.activity.pk, version.number]))
    assert "Kopi Puntang × India" in review.content.decode()
    client.post(reverse("timetable_move", args=[world.activity.pk, version.number]), {"action": "update"})
    assert len(plan_of(newest(world.activity)).at) == 2


def test_moving_locking_taking_out_and_exchanging_by_forms(world: World, sign_in: SignIn) -> None:
    client, version, one = seen_by(sign_in, world), drafted(world), key(world.maker, world.guest)
    two = key(world.other_maker, world.other_guest)

    def post(name: str, **data: object) -> TimetableVersion:
        client.post(reverse(name, args=[world.activity.pk, newest(world.activity).number]), data)
        return newest(world.activity)

    assert post("timetable_move", action="place", request=one, slot=4, table="2").number == version.number + 1
    assert plan_of(post("timetable_lock", request=one, locked="1")).locked == {one}
    assert post("timetable_move", action="take_out", request=one).number == 3  # locked: refused
    assert plan_of(post("timetable_lock", all="1", locked="0")).locked == frozenset()
    assert plan_of(post("timetable_move", action="swap", request=one, other=two)).at[two].slot == 4
    assert one not in plan_of(post("timetable_move", action="take_out", request=one)).at
    assert post("timetable_move", action="place", request=one, slot="x").number == 6  # bad input: refused


def test_solving_by_the_form_shows_progress_and_then_the_version(world: World, sign_in: SignIn) -> None:
    drafted(world)
    client = seen_by(sign_in, world)
    client.post(
        reverse("timetable_solve", args=[world.activity.pk]), {"seconds": 10, "base": 1, "as_before": "on"}
    )
    text = page(client, world)
    assert "The timetable is being computed" in text
    assert "Stop and keep the best" in text
    from ekspora.core.models import Job

    jobs.run_job.call(Job.objects.get().pk)
    text = page(client, world)
    assert "being computed" not in text
    assert "Version 2" in text


def test_a_conflict_of_required_meetings_is_shown_in_words(world: World, sign_in: SignIn) -> None:
    from tests.world import at

    for guest in (world.guest, world.other_guest):
        MeetingRequest.objects.create(
            activity=world.activity, maker=world.maker, guest=guest, required=True, fixed_at=at(9)
        )
    solve(world)
    assert "The last computation made no timetable." in page(seen_by(sign_in, world), world)


def test_publishing_by_the_form_leads_to_the_send_queue(world: World, sign_in: SignIn) -> None:
    client, version = seen_by(sign_in, world), drafted(world)
    address = reverse("timetable_publish", args=[world.activity.pk, version.number])
    assert 'name="seen" value="0"' in client.get(address).content.decode()
    client.post(address, {"seen": "0"})
    version.refresh_from_db()
    assert version.state == "published"
    assert "Open the send queue" in page(client, world)


def test_the_second_officer_is_told(world: World, sign_in: SignIn) -> None:
    version = drafted(world)
    drafted(world)
    publishing.publish(version=version, actor=world.people["co_officer"], seen=0)
    client = seen_by(sign_in, world)
    address = reverse("timetable_publish", args=[world.activity.pk, 2])
    text = client.post(address, {"seen": "0"}, follow=True).content.decode()
    assert "Version 1 was published meanwhile" in text
    assert newest(world.activity).state == "draft"


def test_what_if_is_a_bound_not_a_promise(world: World, sign_in: SignIn) -> None:
    drafted(world)
    client = seen_by(sign_in, world)
    address = reverse("what_if", args=[world.activity.pk])
    whole = client.get(address, {"tables": 2}).content.decode()
    part = client.get(address, {"tables": 2}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert "At most 1 more meeting. This is a computed upper bound, not yet a timetable." in part
    greedy(world)
    assert "Proven: it brings no further meeting." in client.get(address, {"slots": 1}).content.decode()
    assert client.get(address, {"slots": -1}).status_code == 200


def test_two_versions_side_by_side(world: World, sign_in: SignIn) -> None:
    drafted(world)
    drafted(world, {(world.maker, world.guest): (5, "1"), (world.other_maker, world.guest): (2, "2")})
    text = (
        seen_by(sign_in, world)
        .get(reverse("timetable_compare", args=[world.activity.pk, 1, 2]))
        .content.decode()
    )
    assert "Another time · 1" in text
    assert "Added · 1" in text
    assert "No longer there · 2" in text
    assert "09:00" in text
    assert "11:25" in text


def test_an_offered_version_says_who_loses_a_meeting_that_could_take_place(
    world: World, sign_in: SignIn
) -> None:
    publishing.publish(version=drafted(world), actor=world.people["lead_officer"], seen=0)
    drafted(world, {(world.maker, world.guest): (5, "1")})
    address = reverse("timetable_compare", args=[world.activity.pk, 1, 2])
    text = seen_by(sign_in, world).get(address).content.decode()
    assert "2 meetings are cancelled although both sides could come" in text
    world.other_guest.answer = "declined"
    world.other_guest.save()
    drafted(world, {(world.maker, world.guest): (5, "1")})
    address = reverse("timetable_compare", args=[world.activity.pk, 1, 3])
    assert "both sides could come" not in sign_in(world, "lead_officer").get(address).content.decode()


def test_the_downloads_are_what_the_command_reads(
    world: World, sign_in: SignIn, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    world.activity.tables = 1
    world.activity.save()
    crowd(world, 4, 3, share=1)
    version = greedy(world)
    client = seen_by(sign_in, world)
    address = reverse("timetable_download", args=[world.activity.pk, version.number, "instance"])
    instance = parse_instance(json.loads(client.get(address).content))
    text = client.get(address.replace("instance", "result")).content.decode()
    assert {m.request for m in parse_result(json.loads(text)).meetings} == set(plan_of(version).at)
    assert len(instance.requests) == len(plan_of(version).requests)
    assert "{" not in "".join(u["text"]["en"] for u in json.loads(text)["unscheduled"])


def test_foreign_versions_do_not_exist(world: World, sign_in: SignIn) -> None:
    drafted(world)
    client = seen_by(sign_in, world)
    assert client.get(reverse("timetable", args=[world.activity.pk]), {"version": 9}).status_code == 404
    assert client.get(reverse("timetable_compare", args=[world.activity.pk, 1, 9])).status_code == 404
    assert client.get(reverse("timetable_download", args=[world.activity.pk, 1, "other"])).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "timetable",
        "timetable?view=people",
        "timetable?q=usaha",
        "timetable_unmet",
        "versions",
        "timetable_publish",
    ],
)
def test_a_page_costs_as_many_queries_at_3_as_at_30(world: World, sign_in: SignIn, address: str) -> None:
    client = seen_by(sign_in, world)
    name, _question, query = address.partition("?")

    def cost() -> int:
        arguments = [world.activity.pk]
        if name in ("timetable_unmet", "timetable_publish"):
            arguments.append(newest(world.activity).number)
        with CaptureQueriesContext(
            connection,
        ) as found:
            response = client.get(reverse(name, args=arguments) + (f"?{query}" if query else ""))
        assert response.status_code == 200
        return len(found)

    crowd(world, 3, 3)
    greedy(world)
    client.get(reverse("timetable", args=[world.activity.pk]))  # what is cached once
    few = cost()
    crowd(world, 27, 10, seed=2)
    greedy(world)
    assert cost() == few


def test_officers_of_a_sponsor_see_the_timetable_and_no_wishes(
    world: World, sign_in: Callable[[World, str], Client]
) -> None:
    version = drafted(world)
    activity = world.activity.pk
    Organiser.objects.filter(agency=world.co).update(role=Organiser.Role.SPONSOR)
    client = sign_in(world, "co_officer")
    waiting = next(k for k in plan_of(version).requests if k not in plan_of(version).at)
    page = reverse("timetable", args=[activity])
    for address in (page, f"{page}?meeting={waiting}", f"{page}?person={waiting.partition('-')[0]}"):
        shown = client.get(address)
        assert shown.status_code == 200
        assert b'id="unmet-title"' not in shown.content
        assert b'id="hand-title"' not in shown.content
        assert f"meeting={waiting}#side" not in shown.content.decode()
    for name, rest in (("timetable_unmet", []), ("timetable_download", ["instance"])):
        assert client.get(reverse(name, args=[activity, version.number, *rest])).status_code == 404
    assert client.get(reverse("what_if", args=[activity])).status_code == 404
