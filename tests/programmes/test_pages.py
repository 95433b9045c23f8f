"""The pages: what a person does with them, and what a clumsy or hostile person tries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.clock import at as clock_at
from ekspora.core.models import AccessLink, Message
from ekspora.core.services import links
from ekspora.programmes.models import Activity, AgendaItem, Organiser, Participation
from tests.world import World, activity, at

SignIn = Callable[[World, str], Client]
NEW = {
    "name": "Pameran Solo", "new_programme": "Program baru", "kind": "fair", "city": "Solo",
    "country": "Indonesia", "zone": "Asia/Jakarta", "starts_on": "2027-05-03", "ends_on": "2027-05-04",
    "wishes_until": "2027-04-30",
}  # fmt: skip


def page(client: Client, name: str, /, *args: object, **query: str) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def post(client: Client, name: str, /, *args: object, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def test_planning_an_activity_with_a_new_programme_leads_to_its_agenda(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "co_officer")
    response = post(client, "activity_new", **NEW)
    made = Activity.objects.get(name="Pameran Solo")
    assert response["Location"] == reverse("agenda", args=[made.pk])
    assert (made.lead, made.programme.name) == (world.co, "Program baru")
    assert made.wishes_until is not None
    assert made.wishes_until.astimezone(made.tz).isoformat() == "2027-04-30T23:59:00+07:00"
    assert 'value="2027-04-30"' in page(client, "activity_edit", made.pk)
    post(client, "activity_new", **NEW)
    assert Activity.objects.filter(name="Pameran Solo").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": "2027-05-01"},
        {"ends_on": "2028-05-01"},
        {"zone": "Mars/Olympus"},
        {"country": "Atlantis"},
        {"new_programme": " "},
        {"starts_on": "kapan-kapan"},
    ],
)
def test_a_wrong_plan_is_shown_again_with_its_fault(
    world: World, sign_in: SignIn, wrong: dict[str, str]
) -> None:
    response = post(sign_in(world, "lead_officer"), "activity_new", **NEW | wrong)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Activity.objects.filter(name="Pameran Solo").exists()


def test_programmes_of_other_agencies_cannot_be_chosen(world: World, sign_in: SignIn) -> None:
    data = NEW | {"new_programme": "", "programme": world.activity.programme.pk}
    assert post(sign_in(world, "other_officer"), "activity_new", **data).status_code == 200
    assert not Activity.objects.filter(name="Pameran Solo").exists()


@pytest.mark.parametrize("value", ["0", "-1", "abc", ""])
def test_no_tables_is_a_clear_message(world: World, sign_in: SignIn, value: str) -> None:
    client = sign_in(world, "lead_officer")
    response = post(client, "agenda", world.activity.pk, slot_minutes="20", pause_minutes="5", tables=value)
    assert "errorlist" in response.content.decode()
    world.activity.refresh_from_db()
    assert world.activity.tables == 5


def test_the_agenda_shows_slots_and_capacity_at_once(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    post(client, "agenda", world.activity.pk, slot_minutes="30", pause_minutes="0", tables="4")
    shown = page(client, "agenda", world.activity.pk)
    assert "09.30" in shown
    assert ">16<" in shown  # four slots at four tables


def part(**values: str) -> dict[str, str]:
    given = {
        "kind": "visit", "title": "Museum", "day": "2027-03-10", "starts": "13:00", "ends": "14:00",
        "audience": "all",
    }  # fmt: skip
    return given | values


def test_a_part_is_added_on_the_clock_of_the_place(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    for _ in range(2):
        post(client, "agenda_item_new", world.activity.pk, **part())
    assert AgendaItem.objects.get(title="Museum").starts_at == at(13)


@pytest.mark.parametrize(
    "wrong",
    [{"ends": "12:00"}, {"ends": "13:00"}, {"day": "2027-03-11"}, {"audience": "named"}, {"starts": "25:00"}],
)
def test_a_wrong_part_is_shown_again(world: World, sign_in: SignIn, wrong: dict[str, str]) -> None:
    response = post(sign_in(world, "lead_officer"), "agenda_item_new", world.activity.pk, **part(**wrong))
    assert "errorlist" in response.content.decode()
    assert not AgendaItem.objects.filter(title="Museum").exists()


def test_a_looking_organiser_sees_no_buttons_and_changes_nothing(world: World, sign_in: SignIn) -> None:
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role=Organiser.Role.HOST)
    client = sign_in(world, "other_officer")
    assert reverse("activity_edit", args=[world.activity.pk]) not in page(
        client, "activity", world.activity.pk
    )
    assert (
        "<form method"
        not in page(client, "participation", world.guest.pk).split("<main")[1].split("</main")[0]
    )
    assert post(client, "participation", world.guest.pk, action="accept").status_code == 404
    for name in (
        "activity_edit",
        "organisers",
        "agenda_item_new",
        "participant_add",
        "participation_walk_in",
        "invite",
    ):
        assert client.get(reverse(name, args=[world.activity.pk])).status_code == 404


def test_organisers_on_the_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    post(client, "organisers", world.activity.pk, new_name="PT Biofarma", role="sponsor", kind="company")
    row = world.activity.organiser_rows.get(role="sponsor")
    assert row.agency.name == "PT Biofarma"
    post(client, "organisers", world.activity.pk, action="remove", agency=row.agency_id)
    post(client, "organisers", world.activity.pk, action="remove", agency=world.lead.pk)
    assert {row.agency for row in world.activity.organiser_rows.all()} == {world.lead, world.co}
    assert post(client, "organisers", world.activity.pk, action="remove", agency="x").status_code == 404


def test_adding_from_the_list(world: World, sign_in: SignIn) -> None:
    fresh = activity(world.lead, name="Baru")
    client = sign_in(world, "lead_officer")
    address = reverse("participant_add", args=[fresh.pk])
    client.post(address + "?side=maker", {"who": ["x", str(world.business.pk)]})
    assert [row.business for row in fresh.participations.all()] == [world.business]
    client.post(address + "?side=guest", {"action": "all"})
    assert fresh.participations.filter(side="guest").count() == 2
    client.post(address + "?side=maker&sector=fashion", {"action": "all"})
    assert fresh.participations.filter(side="maker").count() == 2


def test_the_door(world: World, sign_in: SignIn) -> None:
    fresh = activity(world.lead, name="Baru")
    client = sign_in(world, "lead_officer")
    address = reverse("participation_walk_in", args=[fresh.pk])
    client.post(address + "?side=maker", {"action": "known", "who": world.business.pk})
    assert fresh.participations.get().is_walk_in
    foreign = client.post(address + "?side=maker", {"action": "known", "who": "999"})
    assert foreign.status_code == 200
    data = {"action": "new", "name": "Tahu Baru", "sector": "culinary", "owner": "Ani", "phone": "abc"}
    assert "errorlist" in client.post(address + "?side=maker", data).content.decode()
    client.post(address + "?side=maker", data | {"phone": "0812-3456-7890"})
    assert fresh.participations.get(business__name="Tahu Baru").answer == "accepted"


def test_inviting_from_the_page(world: World, sign_in: SignIn) -> None:
    Participation.objects.update(answer="planned")
    client = sign_in(world, "lead_officer")
    for _ in range(2):
        post(client, "invite", world.activity.pk, letter_number="1/2027", letter_date="2027-01-05")
    assert Message.objects.filter(kind="invitation").count() == 4
    world.activity.refresh_from_db()
    assert world.activity.letter_number == "1/2027"
    for side in ("guest", "maker"):
        pdf = client.get(reverse("letters", args=[world.activity.pk]), {"side": side})
        assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


def test_an_officer_answers_on_behalf(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    post(client, "participation", world.guest.pk, action="decline", reason="telepon")
    post(client, "participation", world.guest.pk, action="partly", arrives="10:00")
    post(
        client,
        "participation",
        world.guest.pk,
        action="substitute",
        title="Mr",
        name="Raj",
        position="Attaché",
    )
    row = Participation.objects.select_related("substitute").get(pk=world.guest.pk)
    assert (row.answer, row.arrives_at) == ("accepted", at(10))
    assert row.substitute is not None
    assert row.substitute.protocol_name == "Mr Raj"
    wrong = post(client, "participation", world.guest.pk, action="partly", arrives="10:00", leaves="09:00")
    assert "errorlist" in wrong.content.decode()
    post(client, "participation", world.guest.pk, action="terms", table="9")
    row.refresh_from_db()
    assert row.table is None
    assert post(client, "participation", world.guest.pk, action="explode").status_code == 404


def test_links_are_shown_by_state_and_never_by_secret(world: World, sign_in: SignIn) -> None:
    client, person = sign_in(world, "lead_officer"), world.people["owner"]
    handed = post(client, "participation", world.maker.pk, action="hand", person=person.pk).content.decode()
    assert "/l/" in handed
    token = handed.split("/l/")[1].split("/")[0]
    assert links.find(token) is not None
    shown = page(client, "participation", world.maker.pk)
    assert token not in shown
    post(client, "participation", world.maker.pk, action="revoke", person=person.pk)
    assert AccessLink.objects.get(person=person).revoked_at is not None
    stranger = world.people["stranger"].pk
    assert post(client, "participation", world.maker.pk, action="hand", person=stranger).status_code == 404


@pytest.fixture
def invited(world: World) -> World:
    Participation.objects.update(answer="invited")
    return world


@pytest.mark.parametrize(
    ("name", "row"), [("representative", "guest"), ("owner", "maker"), ("companion", "maker")]
)
def test_the_invited_answer_in_one_tap_and_twice_is_once(
    invited: World, sign_in: SignIn, name: str, row: str
) -> None:
    client, participation = sign_in(invited, name), getattr(invited, row)
    assert page(client, "my_invitation", participation.pk).count('name="answer" value="accept"') == 1
    for _ in range(2):
        response = post(client, "my_invitation", participation.pk, answer="accept")
        assert response["Location"] == reverse("my_invitation", args=[participation.pk])
    participation.refresh_from_db()
    assert participation.answer == "accepted"


def test_every_kind_of_answer_and_changing_it(invited: World, sign_in: SignIn) -> None:
    client, row = sign_in(invited, "representative"), invited.guest
    for choice in ("partly", "substitute", "decline"):
        assert f'value="{choice}"' in page(client, "my_invitation", row.pk, **{"as": choice})
    assert "errorlist" in post(client, "my_invitation", row.pk, answer="partly").content.decode()
    assert "errorlist" in post(client, "my_invitation", row.pk, answer="substitute", name="").content.decode()
    post(client, "my_invitation", row.pk, answer="partly", leaves="11:30")
    post(client, "my_invitation", row.pk, answer="substitute", name="Raj", title="Mr")
    row.refresh_from_db()
    assert (row.answer, row.leaves_at) == ("accepted", at(11, 30))
    assert "Mr Raj" in page(client, "my_invitation", row.pk)
    post(client, "my_invitation", row.pk, answer="decline", reason="travel")
    row.refresh_from_db()
    assert (row.answer, row.substitute, row.leaves_at) == ("declined", None, None)


def test_after_the_last_day_nobody_is_told_to_come(world: World, sign_in: SignIn) -> None:
    with clock_at(at(12)):
        during = page(sign_in(world, "owner"), "my_invitation", world.maker.pk)
    with clock_at(at(12) + timedelta(days=1)):
        after = page(sign_in(world, "owner"), "my_invitation", world.maker.pk)
    assert "Anda akan hadir" in during
    assert "Anda akan hadir" not in after
    assert "Kegiatan sudah selesai" in after


def test_a_nonsense_answer_shows_the_page(invited: World, sign_in: SignIn) -> None:
    client = sign_in(invited, "owner")
    assert post(client, "my_invitation", invited.maker.pk, answer="maybe").status_code == 200
    invited.maker.refresh_from_db()
    assert invited.maker.answer == "invited"


def test_after_the_beginning_the_page_says_whom_to_tell(invited: World, sign_in: SignIn) -> None:
    client = sign_in(invited, "owner")
    with clock_at(at(9)):
        shown = page(client, "my_invitation", invited.maker.pk)
        post(client, "my_invitation", invited.maker.pk, answer="accept")
    assert 'value="accept"' not in shown
    invited.maker.refresh_from_db()
    assert invited.maker.answer == "invited"


def test_a_link_opens_the_invitation_of_its_activity_only(invited: World, client: Client) -> None:
    elsewhere = activity(invited.lead, name="Lain")
    second = Participation.objects.create(
        activity=elsewhere, side="maker", business=invited.business, answer="invited"
    )
    token = links.issue(
        person=invited.people["owner"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=invited.lead,
        scope=invited.activity.scope, target=reverse("my_invitation", args=[invited.maker.pk]),
    )  # fmt: skip
    assert client.get(reverse("link", args=[token])).status_code == 200
    invited.maker.refresh_from_db()
    assert invited.maker.answer == "invited"  # opening answers nothing
    response = client.post(reverse("link", args=[token]))
    assert response["Location"] == reverse("my_invitation", args=[invited.maker.pk])
    assert client.get(response["Location"]).status_code == 200
    assert client.get(reverse("my_invitation", args=[second.pk])).status_code == 404


def test_the_agenda_of_a_guest_leaves_out_what_is_for_makers(invited: World, sign_in: SignIn) -> None:
    AgendaItem.objects.create(
        activity=invited.activity, kind="presentation", title="Taklimat", title_en="Briefing",
        audience="makers", starts_at=at(7), ends_at=at(7, 30),
    )  # fmt: skip
    assert "Briefing" not in page(sign_in(invited, "representative"), "my_invitation", invited.guest.pk)
    assert "Taklimat" in page(sign_in(invited, "owner"), "my_invitation", invited.maker.pk)


def test_a_substitute_who_accepts_stays_the_one_who_comes(invited: World, sign_in: SignIn) -> None:
    deputy = invited.people["stranger"]
    Participation.objects.filter(pk=invited.guest.pk).update(substitute=deputy)
    client = sign_in(invited, "stranger")
    post(client, "my_invitation", invited.guest.pk, answer="accept")
    invited.guest.refresh_from_db()
    assert (invited.guest.answer, invited.guest.substitute) == ("accepted", deputy)
