from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ekspora.core.errors import DomainError
from ekspora.directory.models import Product, Statement
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.services import businesses, importing, products, rows, statements
from tests.cost import cost
from tests.directory.addresses import an_import
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def said(world: World, field: str) -> Statement | None:
    return statements_of(world.business).of(field)


def edit(world: World, who: str, **values: object) -> None:
    businesses.edit(business=world.business, actor=world.people[who], values=values)


@pytest.mark.parametrize("who", ["owner", "companion", "lead_officer"])
def test_a_change_says_who_made_it_in_which_role(world: World, who: str) -> None:
    edit(world, who, place="Cimaung")
    one = said(world, "place")
    assert one is not None
    assert (one.source, one.stated_by) == (who.removeprefix("lead_"), world.people[who])
    assert said(world, "name") is None


def test_what_is_registered_at_once_is_one_statement(world: World) -> None:
    made = businesses.register(
        agency=world.lead, actor=world.people["lead_officer"], values={"name": "Baru", "nib": "1" * 13}
    )
    assert made.statements.count() == 1
    told = statements_of(made)
    assert told.of("nib") == told.of("name") == made.statements.get()


def test_a_checked_fact_is_unchecked_when_it_changes_and_others_stay(world: World) -> None:
    edit(world, "owner", place="Cimaung", phone="+6281234567890")
    officer = world.people["lead_officer"]
    both = [(None, "place"), (None, "phone")]
    assert (
        statements.verify(
            business=world.business, facts=both, how="dilihat", agency=world.lead, actor=officer
        )
        == 2
    )
    edit(world, "owner", place="Banjaran")
    place, phone = said(world, "place"), said(world, "phone")
    assert place is not None
    assert phone is not None
    assert (place.verified_at, place.stated_by) == (None, world.people["owner"])
    assert (phone.verified_by, phone.how, phone.stated_by) == (officer, "dilihat", world.people["owner"])


def test_one_field_of_a_record_stated_as_a_whole_can_be_checked_alone(world: World) -> None:
    source = an_import(world)
    importing.write(source=source)
    officer = world.people["lead_officer"]
    product = Product.objects.exclude(business__in=(world.business, world.other_business)).get()
    business = product.business
    facts = [(None, "nib"), (product.pk, "hs")]
    statements.verify(business=business, facts=facts, how="OSS", agency=world.lead, actor=officer)
    told = statements_of(business)
    nib, name, hs = told.of("nib"), told.of("name"), told.of("hs", product.pk)
    assert nib is not None
    assert name is not None
    assert hs is not None
    assert (nib.source, nib.origin, nib.row, nib.how) == ("import", source, 1, "OSS")
    assert (name.verified_at, hs.verified_by) == (None, officer)


def test_nothing_is_checked_without_saying_how_or_before_somebody_said_it(world: World) -> None:
    edit(world, "owner", place="Cimaung")
    officer = world.people["lead_officer"]
    for facts, how in (([(None, "place")], " "), ([(None, "nib")], "OSS")):
        with pytest.raises(DomainError):
            statements.verify(business=world.business, facts=facts, how=how, agency=None, actor=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(verified_at=world.business.created_at, how="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(business=world.business, source="import")


def test_a_row_has_its_own_statement_that_goes_with_it(world: World) -> None:
    row = rows.add(business=world.business, kind="fairs", values={"name": "TEI"}, actor=world.people["owner"])
    field = f"fairs:{row.pk}"
    assert said(world, field) is not None
    rows.remove(row=row, actor=world.people["owner"])
    assert said(world, field) is None


def test_an_officer_ticks_what_was_looked_at(world: World, sign_in: SignIn) -> None:
    edit(world, "owner", place="Cimaung", address="Jl. Raya 5")
    client = sign_in(world, "lead_officer")
    address = reverse("business_verify", args=[world.business.pk])
    assert "Jl. Raya 5" in client.get(address).content.decode()
    assert client.post(address, {"how": "kunjungan"}).status_code == 200
    assert client.post(address, {"facts": [".address"], "how": "kunjungan"}).status_code == 302
    one = said(world, "address")
    assert one is not None
    assert one.verified_by == world.people["lead_officer"]
    assert "kunjungan" in client.get(reverse("business", args=[world.business.pk])).content.decode()


@pytest.mark.parametrize(("actor", "page"), [("lead_officer", "business"), ("owner", "my_business")])
def test_a_page_costs_the_same_however_much_was_said(
    world: World, sign_in: SignIn, actor: str, page: str
) -> None:
    client, costs = sign_in(world, actor), []
    for more in (1, 20):
        for n in range(more):
            name = f"{more}.{n}"
            products.add(business=world.business, actor=world.people["owner"], values={"name": name})
            rows.add(
                business=world.business, kind="fairs", values={"name": name}, actor=world.people["owner"]
            )
            rows.add(business=world.business, kind="certificates", values={"type": "sni", "number": name},
                     actor=world.people["owner"])  # fmt: skip
            edit(world, "owner", place=name)
        costs.append(cost(client, reverse(page, args=[world.business.pk])))
    assert costs[0] == costs[1]


def test_saying_products_again_is_of_the_product(world: World) -> None:
    product = world.business.products.get()
    products.edit(product=product, actor=world.people["owner"], values={"lead_time_days": 9})
    told = statements_of(world.business)
    assert told.of("lead_time_days", product.pk) is not None
    assert told.of("lead_time_days") is None
