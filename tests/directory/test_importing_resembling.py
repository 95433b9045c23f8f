"""Rows that resemble a business on the list or each other: shown with reasons, decided, written, taken back."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from ekspora.core.errors import Conflict
from ekspora.core.models import Job
from ekspora.core.services import jobs
from ekspora.directory.models import Business, Double, Import, Listing, Resemblance
from ekspora.directory.services import importing
from ekspora.directory.services.importing import comparing
from tests.directory.registers import BATIK, COFFEE, HEADERS, as_csv, changed, officer
from tests.world import World

SignIn = Callable[[World, str], Client]
pytestmark = pytest.mark.django_db

MAKER = changed(COFFEE, name="CV Rendang Uni Upik", product="Rendang", product_en="", hs="")
# The same as another office wrote it: another spelling, no NIB.
AGAIN = changed(MAKER, name="UD Rendang Oeni Upik", nib="", product="Dendeng")
# A stall of the same name, with an owner and a telephone of its own.
STALL = changed(BATIK, owner="Ujang Hidayat", phone="0857-9876-5432")


def take(world: World, *rows: tuple[str, ...], name: str = "umkm.csv") -> Import:
    actor = officer(world.people["lead_officer"], world.lead)
    data = as_csv(HEADERS, *rows)
    return importing.take(agency=world.lead, actor=actor, kind="businesses", file_name=name, data=data)


def bring(world: World, *rows: tuple[str, ...], name: str = "umkm.csv") -> Import:
    source = take(world, *rows, name=name)
    importing.write(source=source)
    source.refresh_from_db()
    return source


def decide(world: World, source: Import, **answers: int | None) -> None:
    importing.decide(
        source=source, actor=world.people["lead_officer"],
        answers={int(row.removeprefix("row")): answer for row, answer in answers.items()},
    )  # fmt: skip


def named(*names: str) -> int:
    return Business.objects.filter(name__in=names).count()


def test_a_row_shows_what_it_resembles_and_why(world: World) -> None:
    bring(world, MAKER)
    (one,) = take(world, AGAIN, name="lain.csv").resemblances.all()
    assert (one.business, one.likeness, one.choice, one.row) == (
        Business.objects.get(nib=MAKER[1]), "sure", "same", 1)  # fmt: skip
    reasons = {reason["text"]["en"] for reason in one.reasons}
    assert {"same telephone", "same owner"} <= reasons
    assert "Siti Rahmawati" in one.told


def test_what_is_almost_certainly_one_updates_it_and_undoing_takes_that_back(world: World) -> None:
    bring(world, MAKER)
    source = take(world, AGAIN, name="lain.csv")
    assert source.report["effects"]["businesses"] == {"created": 0, "updated": 1, "unchanged": 0}
    importing.write(source=source)
    maker = Business.objects.get(nib=MAKER[1])
    assert (maker.name, maker.products.count(), named(MAKER[0])) == (AGAIN[0], 2, 0)
    source.refresh_from_db()
    importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    maker.refresh_from_db()
    assert (maker.name, maker.products.count()) == (MAKER[0], 1)


def test_an_officer_says_that_it_is_another_one_and_is_not_asked_again(world: World) -> None:
    bring(world, MAKER)
    source = take(world, AGAIN, name="lain.csv")
    decide(world, source, row1=None)
    source.refresh_from_db()
    assert source.report["effects"]["businesses"]["created"] == 1
    importing.write(source=source)
    assert named(MAKER[0], AGAIN[0]) == 2
    (double,) = Double.objects.all()
    assert (double.state, double.decided_by) == ("apart", world.people["lead_officer"])


def test_a_stall_of_the_same_name_is_left_as_it_is_and_goes_to_the_queue(world: World) -> None:
    bring(world, BATIK)
    source = take(world, changed(BATIK, phone="0857-9876-5432", owner="", regency=""), name="lain.csv")
    assert {one.choice for one in source.resemblances.all()} <= {"new"}
    importing.write(source=source)
    assert named(BATIK[0]) == 2


def test_stalls_of_one_name_in_one_file_survive(world: World) -> None:
    bring(world, BATIK, STALL)
    assert named(BATIK[0]) == 2


def test_rows_of_one_file_that_are_almost_certainly_one_become_one(world: World) -> None:
    source = take(world, MAKER, changed(AGAIN, phone=""))
    (one,) = source.resemblances.all()
    assert (one.row, one.other_row, one.business, one.choice) == (2, 1, None, "same")
    importing.write(source=source)
    assert named(MAKER[0], AGAIN[0]) == 1
    assert Business.objects.get(name=MAKER[0]).products.count() == 2


def test_rows_of_one_file_stay_two_when_an_officer_says_so(world: World) -> None:
    source = take(world, MAKER, changed(AGAIN, phone=""))
    decide(world, source, row2=None)
    importing.write(source=source)
    assert named(MAKER[0], AGAIN[0]) == 2
    assert [double.state for double in Double.objects.all()] == ["apart"]


def test_a_row_that_fits_several_goes_in_once_somebody_chose(world: World) -> None:
    bring(
        world, changed(BATIK, phone="0813-1111-0000"), changed(BATIK, phone="0857-9876-5432", owner="Ujang")
    )
    source = take(world, changed(BATIK, phone="", owner="", product="Syal"), name="lain.csv")
    assert source.report["bad"][0]["code"] == "several_fit"
    assert {one.choice for one in source.resemblances.all()} == {"open"}
    chosen = source.resemblances.get(business__phone="+6281311110000")
    decide(world, source, row1=chosen.pk)
    source.refresh_from_db()
    assert source.report["bad"] == []
    importing.write(source=source)
    kept = Business.objects.get(phone="+6281311110000")
    assert {product.name for product in kept.products.all()} == {"Kain batik tulis", "Syal"}


def test_an_answer_about_another_import_changes_nothing(world: World) -> None:
    bring(world, MAKER)
    mine, other = take(world, AGAIN, name="lain.csv"), take(world, AGAIN, name="ketiga.csv")
    decide(world, mine, row1=other.resemblances.get().pk)
    assert (mine.resemblances.get().choice, mine.resemblances.get().decided_by) == ("same", None)


def test_a_written_file_takes_no_answers(world: World) -> None:
    bring(world, MAKER)
    source = bring(world, AGAIN, name="lain.csv")
    with pytest.raises(Conflict):
        decide(world, source, row1=None)


def test_a_business_taken_off_the_list_is_no_longer_updated(world: World) -> None:
    bring(world, MAKER)
    maker = Business.objects.get(nib=MAKER[1])
    source = take(world, AGAIN, name="lain.csv")
    Listing.objects.filter(business=maker).update(agency=world.elsewhere)
    importing.write(source=source)
    maker.refresh_from_db()
    assert (maker.name, named(AGAIN[0])) == (MAKER[0], 1)


def test_an_import_whose_rows_are_doubles_can_still_be_undone(world: World) -> None:
    source = bring(world, BATIK, STALL)
    assert Double.objects.exists()
    take(world, changed(BATIK, nib="", phone="", product="Syal"), name="lain.csv")
    importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    assert named(BATIK[0]) == 0


def test_a_long_file_is_compared_in_the_background(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(world, MAKER)
    monkeypatch.setattr(comparing, "AT_ONCE", 0)
    source = take(world, AGAIN, name="lain.csv")
    actor = officer(world.people["lead_officer"], world.lead)
    with pytest.raises(Conflict):
        importing.confirm(source=source, actor=actor)
    job = Job.objects.get(kind=comparing.KIND)
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    source.refresh_from_db()
    assert (job.state, job.result) == ("done", {"rows": 1})
    assert source.report["effects"]["businesses"]["updated"] == 1
    assert source.compared_at is not None


def test_what_was_not_compared_is_compared_before_it_is_written(world: World) -> None:
    bring(world, MAKER)
    source = take(world, AGAIN, name="lain.csv")
    Resemblance.objects.all().delete()
    Import.objects.filter(pk=source.pk).update(compared_at=None)
    source.refresh_from_db()
    importing.write(source=source)
    assert named(MAKER[0], AGAIN[0]) == 1


def test_the_page_shows_the_rows_and_takes_the_answers(world: World, sign_in: SignIn) -> None:
    bring(world, MAKER)
    source = take(world, AGAIN, name="lain.csv")
    client = sign_in(world, "lead_officer")
    address = f"/imports/{source.pk}/rows/"
    page = client.get(address).content.decode()
    assert AGAIN[0] in page
    assert MAKER[0] in page
    assert "nomor telepon sama" in page
    assert address in client.get(f"/imports/{source.pk}/").content.decode()
    assert client.post(address, {"row-1": "new", "row-x": "1", "row-99999999999": "1"}).status_code == 302
    assert source.resemblances.get().choice == "new"


def test_the_page_costs_the_same_for_3_and_for_25_rows(
    world: World,
    sign_in: SignIn,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    rows = [changed(MAKER, name=f"Kopi Gunung {letter}", nib=f"12345678901{n}", owner=f"Siti {letter}",
                    phone=f"0812-34{n}-7890") for n, letter in enumerate("ABCDEFGHIJKLMNOPQRST", 10)]  # fmt: skip
    bring(world, *rows)
    client = sign_in(world, "lead_officer")
    for count in (3, 20):
        again = [changed(row, nib="", product="Lain") for row in rows[:count]]
        source = take(world, *again, name=f"{count}.csv")
        Resemblance.objects.filter(source=source).update(choice="new")
        with django_assert_max_num_queries(15):
            assert client.get(f"/imports/{source.pk}/rows/").status_code == 200
