"""Marking whom one wants to meet: last mark wins, limits, deadline, and a "no" that nobody else sees."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.core.services import audit
from ekspora.demand.models import Demand
from ekspora.directory.models import Business, Mission, Product
from ekspora.meetings.models import Wish
from ekspora.meetings.queries.wishes import cards, most_musts, tally_of
from ekspora.meetings.services import wishes
from ekspora.programmes.models import Participation
from tests.at_once import needs_locks, race, seen_by_both
from tests.meetings.test_requests import machines_for_north_korea
from tests.world import World, build

SignIn = Callable[[World, str], Client]
BEFORE = datetime(2027, 3, 1, 12, tzinfo=UTC)
AFTER = datetime(2027, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _before_the_deadline() -> Iterator[None]:
    with clock.at(BEFORE), override("en"):
        yield


def mark(world: World, mark: str, **options: bool) -> wishes.Marked:
    """The representative marks the first business."""
    return wishes.mark(
        chooser=world.guest, chosen=world.maker, mark=mark, actor=world.people["representative"], **options
    )


def marks() -> list[str]:
    """All marks there are."""
    return list(Wish.objects.values_list("mark", flat=True))


def more_makers(world: World, count: int) -> list[Participation]:
    """More businesses that accepted."""
    made = []
    for n in range(count):
        business = Business.objects.create(name=f"Usaha {n:02}", sector="culinary")
        Product.objects.create(business=business, name="Keripik", name_en="Crisps", hs="200899")
        made.append(
            Participation.objects.create(
                activity=world.activity, side="maker", business=business, answer="accepted"
            )
        )
    return made


def test_the_last_mark_wins_and_the_one_before_can_be_undone(world: World) -> None:
    assert mark(world, "must").before == ""
    assert mark(world, "like").before == "must"
    assert mark(world, "must").before == "like"
    assert marks() == ["must"]
    assert mark(world, "").before == "must"
    assert marks() == []


def test_the_same_mark_twice_leaves_one_trace(world: World) -> None:
    mark(world, "like")
    mark(world, "like")
    assert marks() == ["like"]
    assert AuditEntry.objects.filter(action="wish.mark").count() == 1


def test_after_the_deadline_only_an_officer_marks_and_the_trail_says_so(world: World) -> None:
    mark(world, "like")
    with clock.at(AFTER):
        with pytest.raises(DomainError, match="time for marking"):
            mark(world, "must")
        with pytest.raises(DomainError):
            mark(world, "")
        mark(world, "must", on_behalf=True)
    assert marks() == ["must"]
    entry = AuditEntry.objects.filter(action="wish.mark").latest("pk")
    assert entry.details["on_behalf"] is True


def test_somebody_of_the_same_side_or_another_activity_cannot_be_marked(world: World) -> None:
    with pytest.raises(DomainError):
        wishes.mark(
            chooser=world.guest, chosen=world.other_guest, mark="like", actor=world.people["representative"]
        )
    with pytest.raises(DomainError):
        mark(world, "maybe")


def test_there_are_no_more_musts_than_times_to_meet(world: World) -> None:
    Participation.objects.filter(pk=world.guest.pk).update(most_meetings=1)
    world.guest.refresh_from_db()
    mark(world, "must")
    other = world.other_maker
    with pytest.raises(DomainError, match="1 musts"):
        wishes.mark(chooser=world.guest, chosen=other, mark="must", actor=world.people["representative"])
    mark(world, "must")
    mark(world, "like")
    wishes.mark(chooser=world.guest, chosen=other, mark="must", actor=world.people["representative"])
    assert sorted(marks()) == ["like", "must"]


def test_the_most_musts_follow_from_the_agenda(world: World) -> None:
    # Two blocks of 75 minutes with meetings of 20 and pauses of 5 minutes: three each.
    assert most_musts(world.guest) == 6


def test_stopped_goods_cannot_be_wished_for_but_refused(world: World) -> None:
    machines_for_north_korea(world)
    world.guest.refresh_from_db()
    with pytest.raises(DomainError, match="sanctions"):
        mark(world, "must")
    assert mark(world, "no").now == "no"


def test_stopped_pairs_are_not_offered_to_the_guest_and_explained_to_the_maker(world: World) -> None:
    machines_for_north_korea(world)
    guest = Participation.objects.get(pk=world.guest.pk)
    maker = Participation.objects.get(pk=world.maker.pk)
    assert [card.pk for card in cards(guest)] == [world.other_maker.pk]
    (stopped,) = [card for card in cards(maker) if card.stopped]
    assert stopped.pk == guest.pk
    assert "S/RES/2397" in stopped.stopped.full["en"]  # type: ignore[union-attr]  # just filtered


def test_what_to_mind_with_a_country_is_told_to_the_maker_not_to_the_guest(
    world: World, sign_in: SignIn
) -> None:
    machines_for_north_korea(world)
    Product.objects.create(business=world.business, name="Kopi", name_en="Coffee", hs="090121")
    owner = sign_in(world, "owner")
    page = owner.get(reverse("my_wish", args=[world.maker.pk, world.guest.pk])).content.decode()
    assert "S/RES/2375" in page
    guest = sign_in(world, "representative")
    page = guest.get(reverse("my_wish", args=[world.guest.pk, world.maker.pk])).content.decode()
    assert "S/RES/" not in page


def test_only_products_that_may_go_are_shown_to_the_guest(world: World, sign_in: SignIn) -> None:
    machines_for_north_korea(world)
    Product.objects.create(business=world.business, name="Kopi", name_en="Coffee", hs="090121")
    client = sign_in(world, "representative")
    page = client.get(reverse("my_wish", args=[world.guest.pk, world.maker.pk])).content.decode()
    assert "Coffee" in page
    assert "Pump" not in page


def test_the_promoted_come_first_then_the_best_fit(world: World) -> None:
    rows = more_makers(world, 3)
    rows[2].is_featured = True
    rows[2].save()
    representative = world.guest.representative
    assert representative is not None
    Demand.objects.create(representative=representative, text="Batik", agency=world.lead)
    Product.objects.filter(business=world.other_business).update(name="Batik tulis", name_en="")
    found = [card.name for card in cards(world.guest)]
    assert found[:2] == ["Usaha 02", "Batik Lain"]


def test_who_has_not_accepted_is_not_shown(world: World) -> None:
    Participation.objects.filter(pk=world.other_maker.pk).update(answer="invited")
    assert [card.pk for card in cards(world.guest)] == [world.maker.pk]


def test_a_tap_names_the_same_business_however_many_there_are(world: World, sign_in: SignIn) -> None:
    """Numbers in an address or a form are never grouped: 12345, not 12.345."""
    row = Participation.objects.get(pk=world.other_maker.pk)
    Participation.objects.filter(pk=row.pk).delete()
    row.pk = 12345
    row.save(force_insert=True)
    client, address = sign_in(world, "representative"), reverse("my_wishes", args=[world.guest.pk])
    assert 'value="12345:must"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("actor", "own", "other"),
    [("representative", "guest", "maker"), ("owner", "maker", "guest"), ("companion", "maker", "guest")],
)
def test_a_tap_without_javascript_saves_and_comes_back_to_the_card(
    world: World, sign_in: SignIn, actor: str, own: str, other: str
) -> None:
    chooser, chosen = getattr(world, own), getattr(world, other)
    client, address = sign_in(world, actor), reverse("my_wishes", args=[chooser.pk])
    answer = client.post(address + "?q=", {"mark": f"{chosen.pk}:must"})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#p{chosen.pk}")
    assert Wish.objects.get().mark == "must"
    page = client.get(answer["Location"]).content.decode()
    assert f'value="{chosen.pk}:must" hx-post="{address}" aria-pressed="true"' in page
    assert f'value="{chosen.pk}:" hx-post' in page, "undo leads back to unmarked"


def test_htmx_gets_the_card_and_the_count_only(world: World, sign_in: SignIn) -> None:
    client, address = sign_in(world, "representative"), reverse("my_wishes", args=[world.guest.pk])
    answer = client.post(address, {"mark": f"{world.maker.pk}:must"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith("<li")
    assert 'id="tally"' in page
    assert "<html" not in page


def test_two_devices_at_once_the_last_one_wins_without_an_error(world: World, sign_in: SignIn) -> None:
    phone, address = sign_in(world, "representative"), reverse("my_wishes", args=[world.guest.pk])
    for value in ("must", "no", "must", "like", "like"):
        assert phone.post(address, {"mark": f"{world.maker.pk}:{value}"}).status_code == 302
    assert marks() == ["like"]


@pytest.mark.parametrize("value", ["", "x:must", "999999:must", "must", ":", "²:must"])
def test_nonsense_marks_are_not_found(world: World, sign_in: SignIn, value: str) -> None:
    client = sign_in(world, "representative")
    assert client.post(reverse("my_wishes", args=[world.guest.pk]), {"mark": value}).status_code == 404
    assert marks() == []


def test_an_unknown_mark_is_told(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "representative")
    address = reverse("my_wishes", args=[world.guest.pk])
    page = client.post(address, {"mark": f"{world.maker.pk}:love"}, follow=True).content.decode()
    assert "Choose: must, would like, or no." in page


def test_after_the_deadline_the_page_only_shows_and_says_why(world: World, sign_in: SignIn) -> None:
    mark(world, "must")
    client = sign_in(world, "representative")
    with clock.at(AFTER):
        page = client.get(reverse("my_wishes", args=[world.guest.pk])).content.decode()
        client.post(reverse("my_wishes", args=[world.guest.pk]), {"mark": f"{world.maker.pk}:no"})
    assert "ended on" in page
    assert "aria-pressed" not in page
    assert marks() == ["must"]


def test_a_no_is_seen_by_officers_only(world: World, sign_in: SignIn) -> None:
    mark(world, "no")
    for actor in ("owner", "companion"):
        client = sign_in(world, actor)
        with_no = _seen_by_the_maker(client, world)
        Wish.objects.all().delete()
        assert _seen_by_the_maker(client, world) == with_no, "a no changes nothing for the other side"
        mark(world, "no")
    officer = sign_in(world, "lead_officer")
    page = officer.get(reverse("requests", args=[world.activity.pk]), {"show": "out"}).content.decode()
    assert "Kopi Puntang" in page


def _seen_by_the_maker(client: Client, world: World) -> list[str]:
    addresses = [
        reverse("my_wishes", args=[world.maker.pk]),
        reverse("my_wish", args=[world.maker.pk, world.guest.pk]),
        reverse("my_agenda", args=[world.maker.pk]),
    ]
    return [_without_secrets(client.get(address)) for address in addresses]


def _without_secrets(answer: object) -> str:
    page = answer.content.decode()  # type: ignore[attr-defined]  # a response
    token = answer.context["csrf_token"]  # type: ignore[attr-defined]  # a response
    return str(page.replace(str(token), ""))


def test_what_a_representative_looks_for_shows_up_as_reasons(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "representative")
    address = reverse("my_demands", args=[world.guest.pk])
    for _again in range(2):
        client.post(address, {"text": "coffee", "sector": "agro", "quantity": "1500", "unit": "kg"})
    demand = Demand.objects.get()
    assert (demand.agency, demand.state) == (world.lead, "open")
    page = client.get(reverse("my_wishes", args=[world.guest.pk])).content.decode()
    assert "You look for coffee: sells roasted coffee" in page
    owner = sign_in(world, "owner")
    owners_page = owner.get(reverse("my_wish", args=[world.maker.pk, world.guest.pk])).content.decode()
    assert "Mencari kopi; Anda menjual kopi sangrai" in owners_page
    client = sign_in(world, "representative")
    client.post(address, {"close": demand.pk})
    demand.refresh_from_db()
    assert demand.state == "closed"


def test_anothers_demand_cannot_be_closed(world: World, sign_in: SignIn) -> None:
    other = world.other_guest.representative
    assert other is not None
    demand = Demand.objects.create(representative=other, text="Shoes", agency=world.lead)
    client = sign_in(world, "representative")
    for number in (demand.pk, "", "abc", "9" * 30):
        answer = client.post(reverse("my_demands", args=[world.guest.pk]), {"close": number})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "coffee"}, ["Kopi Puntang"]), ({"q": "kopi"}, ["Kopi Puntang"]),
        ({"q": "crisps"}, ["Usaha 00"]), ({"sector": "fashion"}, ["Batik Lain"]),
        ({"show": "must"}, ["Kopi Puntang"]), ({"q": "vaccine"}, []),
    ],
)  # fmt: skip
def test_browsing_by_sector_product_and_mark(
    world: World, sign_in: SignIn, query: dict[str, str], names: list[str]
) -> None:
    more_makers(world, 1)
    Product.objects.filter(business=world.other_business).update(name="Batik", name_en="Batik cloth")
    mark(world, "must")
    client = sign_in(world, "representative")
    page = client.get(reverse("my_wishes", args=[world.guest.pk]), query).content.decode()
    assert [name for name in ("Kopi Puntang", "Batik Lain", "Usaha 00") if f"<b>{name}</b>" in page] == names


def test_the_tally_counts_each_mark(world: World) -> None:
    mark(world, "must")
    wishes.mark(
        chooser=world.guest, chosen=world.other_maker, mark="no", actor=world.people["representative"]
    )
    tally = tally_of(world.guest)
    assert (tally.must, tally.like, tally.no, tally.marked) == (1, 0, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_the_same_moment_leave_one_mark_and_no_error() -> None:
    world = build()

    def tap(*values: str) -> None:
        for value in values:
            # The clock is set for the test's own thread only; an officer may mark at any time.
            mark(world, value, on_behalf=True)

    assert race(lambda: tap("must", "like", "must"), lambda: tap("no", "", "like")) == ["done", "done"]
    assert marks() in (["must"], ["like"])
    assert all(report.broken_at is None for report in audit.verify())


@pytest.mark.django_db(transaction=True)
def test_musts_from_two_phones_at_once_do_not_pass_the_limit() -> None:
    world = build()
    Participation.objects.filter(pk=world.guest.pk).update(most_meetings=1)
    world.guest.refresh_from_db()
    assert _two_musts_at_once(world) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
@needs_locks
def test_without_the_lock_the_limit_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: with the chooser's row not held, both phones count before either saves."""
    world = build()
    Participation.objects.filter(pk=world.guest.pk).update(most_meetings=1)
    world.guest.refresh_from_db()
    monkeypatch.setattr(wishes, "_hold", lambda chooser: None)
    monkeypatch.setattr(wishes, "_check_musts", seen_by_both(wishes._check_musts))
    assert _two_musts_at_once(world) == ["done", "done"]


def _two_musts_at_once(world: World) -> list[str]:
    def tap(chosen: Participation) -> Callable[[], object]:
        return lambda: wishes.mark(
            chooser=world.guest,
            chosen=chosen,
            mark="must",
            actor=world.people["representative"],
            on_behalf=True,
        )

    return race(tap(world.maker), tap(world.other_maker))


@pytest.mark.parametrize(("country", "offered"), [("IN", True), ("KP", False)])
def test_a_guest_may_take_the_product_sheet_unless_it_would_show_what_is_stopped(
    world: World, sign_in: SignIn, country: str, offered: bool
) -> None:
    assert world.guest.representative is not None
    Mission.objects.filter(pk=world.guest.representative.mission_id).update(country=country)
    client = sign_in(world, "representative")
    page = client.get(reverse("my_wish", args=[world.guest.pk, world.maker.pk])).content.decode()
    sheet = reverse("product_sheet", args=[world.business.pk, "en"])
    assert (sheet in page) is offered
    if offered:
        assert client.get(sheet)["Content-Type"] == "application/pdf"
