"""The officers' page of outcomes: both sides beside each other, counted, narrowed, reminded, exported."""

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ekspora.core import clock
from ekspora.core.models import Message
from ekspora.demand.product_groups import group_of
from ekspora.demand.services.telling import Wanted
from ekspora.directory.models import Product
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import results
from ekspora.programmes.models import Organiser
from tests.cost import cost
from tests.meetings.factories import another_maker, version
from tests.meetings.outcomes import NOON, held, key, tell
from tests.world import World

SignIn = Callable[[World, str], Client]


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def told(world: World) -> World:
    """Three meetings: both sides answered and differ, one side answered, nobody answered."""
    held(world)
    product = Product.objects.get(business=world.business)
    pair = key(world.maker, world.guest)
    tell(world, world.maker, pair, "possible", "owner", products=(Wanted(product),), steps=("samples",))
    tell(world, world.guest, pair, "none", "representative", note="=1+1")
    tell(world, world.other_guest, key(world.maker, world.other_guest), "possible", "other_representative")
    return world


def _page(world: World, sign_in: SignIn, **asked: str) -> str:
    answer = sign_in(world, "lead_officer").get(reverse("outcomes", args=[world.activity.pk]), asked)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 3), ({"show": "differ"}, 1), ({"show": "none"}, 1), ({"show": "one"}, 1), ({"show": "both"}, 1),
        ({"show": "told"}, 2), ({"show": "possible"}, 2), ({"show": "waiting"}, 2), ({"show": "exchanged"}, 0),
        ({"maker": "possible"}, 1), ({"guest": "none"}, 1), ({"maker": "silent"}, 2),
        ({"group": "coffee"}, 1), ({"group": "unnamed"}, 1), ({"sector": "fashion"}, 1), ({"words": "india"}, 1),
        ({"words": "nobody at all"}, 0),
    ],
)  # fmt: skip
def test_every_figure_opens_as_many_records_as_it_counts(
    told: World, asked: dict[str, str], count: int
) -> None:
    rows = results.rows(told.activity)
    assert len(results.narrowed(rows, results.Wanted(**asked))) == count


def test_figures_are_the_rows_behind_them(told: World) -> None:
    rows = results.rows(told.activity)
    for code, _words, maker, guest in results.verdicts(rows):
        assert maker == len(results.narrowed(rows, results.Wanted(maker=code)))
        assert guest == len(results.narrowed(rows, results.Wanted(guest=code)))
    assert {code: count for code, _words, count in results.groups(rows)} == {"coffee": 1, "unnamed": 1}
    assert {code: count for code, _words, count in results.sectors(rows)} == {"agro": 2}


def test_both_views_stand_beside_each_other(told: World, sign_in: SignIn) -> None:
    page = _page(told, sign_in, show="differ")
    assert "kerja sama mungkin" in page
    assert "belum berminat" in page
    assert "berbeda" in page
    one = reverse("outcome", args=[told.activity.pk, key(told.maker, told.guest)])
    assert "mengirim sampel" in sign_in(told, "co_officer").get(one).content.decode()


def test_officers_who_only_look_read_nobodys_no(told: World, sign_in: SignIn) -> None:
    Organiser.objects.create(activity=told.activity, agency=told.elsewhere, role=Organiser.Role.HOST)
    client = sign_in(told, "other_officer")
    page = client.get(reverse("outcomes", args=[told.activity.pk]))
    assert page.status_code == 200
    assert "belum berminat" not in page.content.decode()
    one = reverse("outcome", args=[told.activity.pk, key(told.maker, told.guest)])
    assert client.get(one).status_code == 404
    assert client.get(reverse("outcomes_workbook", args=[told.activity.pk])).status_code == 404


def test_told_meetings_that_left_the_timetable_are_still_shown(told: World) -> None:
    told.activity.versions.update(state=TimetableVersion.State.SUPERSEDED)
    version(told, (told.maker, told.guest, 4, "3"))
    rows = {row.key: row for row in results.rows(told.activity)}
    assert rows[key(told.maker, told.guest)].table == "3"
    gone = rows[key(told.maker, told.other_guest)]
    assert (gone.is_published, gone.table) == (False, "1")
    assert len(rows) == 2


def test_reminders_wait_in_the_queue_for_those_who_owe_an_answer(told: World, sign_in: SignIn) -> None:
    client = sign_in(told, "lead_officer")
    address = reverse("outcomes_remind", args=[told.activity.pk])
    client.post(address)
    client.post(address)
    drafts = Message.objects.filter(kind="outcome")
    assert {draft.person for draft in drafts} == {
        told.people[name] for name in ("owner", "other_owner", "other_representative")
    }
    assert {draft.state for draft in drafts} == {Message.State.DRAFT}
    owner = drafts.get(person=told.people["owner"])
    assert owner.link_target == reverse("my_agenda", args=[told.maker.pk])
    assert "1 temu bisnis menunggu" in owner.body
    assert "1 meeting waits" in drafts.get(person=told.people["other_representative"]).body


def test_the_workbook_keeps_formulas_as_text(told: World, sign_in: SignIn) -> None:
    told.business.name = '=HYPERLINK("http://x")'
    told.business.save()
    answer = sign_in(told, "lead_officer").get(reverse("outcomes_workbook", args=[told.activity.pk]))
    with ZipFile(BytesIO(answer.content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert all(b"<f>" not in book.read(name) for name in sheets)
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    assert rows[1][3] == '=HYPERLINK("http://x")'
    assert "=1+1" in rows[1]


def test_the_page_costs_the_same_for_few_and_for_many(told: World, sign_in: SignIn) -> None:
    client = sign_in(told, "lead_officer")
    address = reverse("outcomes", args=[told.activity.pk])

    told.activity.versions.update(state=TimetableVersion.State.SUPERSEDED)
    version(told, (told.maker, told.guest, 1, "1"))
    few = cost(client, address)
    more = [another_maker(told, number) for number in range(6)]
    told.activity.versions.update(state=TimetableVersion.State.SUPERSEDED)
    version(
        told, (told.maker, told.guest, 7, "1"),
        *((maker, told.guest, slot, "1") for slot, maker in enumerate(more, start=1)),
    )  # fmt: skip
    for maker in more:
        product = Product.objects.get(business=maker.business)
        wanted = (Wanted(product),)
        tell(told, told.guest, key(maker, told.guest), "possible", "representative", products=wanted)
    assert cost(client, address) == few


def test_the_page_says_what_to_do_while_nothing_is_published(world: World, sign_in: SignIn) -> None:
    assert reverse("timetable", args=[world.activity.pk]) in _page(world, sign_in)


@pytest.mark.parametrize(
    ("hs", "sector", "group"),
    [
        ("090121", "agro", "coffee"), ("0910", "agro", "other"), ("2101", "culinary", "food"),
        ("210111", "culinary", "coffee"), ("640391", "footwear", "footwear"), ("6211", "crafts", "garments"),
        ("", "it", "it"), ("", "fashion", "garments"), ("", "", "other"), ("847130", "machinery", "it"),
    ],
)  # fmt: skip
def test_product_groups(hs: str, sector: str, group: str) -> None:
    assert group_of(hs, sector) == group
