"""The phone pages of owners and companions as they fill: no business, one, thirty; links, consents, warnings."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from ekspora.core.clock import today
from ekspora.core.models import AccessLink, Paper, Person
from ekspora.core.services import links
from ekspora.directory.models import Business, Certificate, Stewardship
from ekspora.directory.rules import scope_of
from ekspora.directory.services import registrations
from ekspora.directory.services.consents import Said
from ekspora.directory.wording import consent_of_owner
from tests.browser import story
from tests.browser.conftest import Visitor
from tests.browser.tours import Visit, begin, languages
from tests.directory.arrivals import PHONE, accompany, claimed, in_register, open_doors
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def arrive(visit: Visit, person: Person, scope: str, language: str) -> Visitor:
    """Come in by a link with these limits."""
    Person.objects.filter(pk=person.pk).update(language=language)
    token = links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=person, agency=None, scope=scope
    )
    visitor = begin(visit, language)
    visitor.go(f"/l/{token}/")
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_load_state()
    return visitor


def certificates(business: Business) -> None:
    """One ended yesterday, one ends soon, one is far from it."""
    for name, days in (("Halal", -1), ("PIRT", 20), ("BPOM", 900)):
        until = today("Asia/Jakarta") + timedelta(days=days)
        Certificate.objects.create(business=business, name=name, valid_until=until)


def brought_in(world: World) -> Person:
    """The owner of a business that the companion registered."""
    open_doors(world)
    made = registrations.add(
        key=uuid4(), agency=world.lead, person=world.people["companion"], scope="", product="Kopi",
        values={"name": "Kopi Budi", "phone": PHONE, "province": "32"}, agreed=consent_of_owner("Pak Budi"),
        owner={"name": "Pak Budi", "phone": PHONE, "language": "id"},
        said=Said("Pak Budi, lewat WhatsApp, 3 November 2026", today("Asia/Jakarta")),
    )  # fmt: skip
    return made.business.stewards.get(role="owner").person


@languages
@pytest.mark.parametrize("count", [0, 1, 30])
def test_a_companion_with_few_and_many(
    visit: Visit, transactional_db: None, count: int, language: str
) -> None:
    world = story.begin()
    open_doors(world)
    companion = world.people["companion"]
    Stewardship.objects.filter(person=companion).delete()
    accompany(world, count)
    for business in Business.objects.filter(stewards__person=companion)[:4]:
        certificates(business)
    visitor = arrive(visit, companion, "" if count else scope_of(companion), language)
    who = f"{count}-{language}"
    visitor.look(f"companion-home-{who}")
    visitor.go(reverse("my_businesses"))
    visitor.look(f"companion-list-{who}")


@languages
def test_an_owner_sees_what_a_companion_said_of_them(
    visit: Visit, transactional_db: None, language: str
) -> None:
    world, who = story.begin(), language
    owner = brought_in(world)
    visitor = arrive(visit, owner, scope_of(owner), language)
    certificates(Business.objects.get(name="Kopi Budi"))
    visitor.go(reverse("home"))
    visitor.look(f"owner-home-{who}")
    visitor.go(reverse("my_businesses"))
    visitor.look(f"owner-business-{who}")
    visitor.page.locator(f"a[href='{reverse('my_consents')}']").click()
    visitor.page.locator("details summary").first.click()
    visitor.look(f"owner-consents-{who}")
    visitor.page.locator("main form button").last.click()
    visitor.page.wait_for_load_state()
    visitor.look(f"owner-consents-taken-back-{who}")
    visitor.go(reverse("my_key"))
    visitor.page.locator("[name=show]").click()
    visitor.page.locator("#address").wait_for()
    visitor.go(reverse("my_key"))
    visitor.look(f"owner-keys-{who}")


@languages
def test_a_claim_from_its_first_word_to_the_confirmed_business(
    visit: Visit, transactional_db: None, language: str
) -> None:
    world, who = story.begin(), language
    open_doors(world)
    in_register(world)
    person = world.people["stranger"]
    claim = claimed(world, number="+6281111111111")
    asking = arrive(visit, person, scope_of(person), language)
    asking.look(f"claim-home-{who}")
    asking.go(reverse("my_claim", args=[claim.pk]))
    asking.look(f"claim-code-{who}")
    proving = arrive(visit, person, claim.own_scope, language)
    proving.go(reverse("home"))
    proving.look(f"claim-to-confirm-home-{who}")
    proving.page.locator("main .next a").first.click()
    proving.page.locator("[name=code]").fill("000000" if claim.code != "000000" else "1")
    proving.page.locator("main form .go").click()
    proving.page.wait_for_load_state()
    proving.look(f"claim-wrong-code-{who}")
    proving.page.locator("[name=code]").fill(claim.code)
    proving.page.locator("main form .go").click()
    proving.page.wait_for_load_state()
    proving.look(f"claim-confirmed-{who}")


@languages
def test_an_officer_looks_at_files_of_the_erased(visit: Visit, transactional_db: None, language: str) -> None:
    world, who = story.begin(), language
    for n in range(3):
        Paper.objects.create(
            agency=world.lead, kind="evidence", target_id=n, url=f"/evidence/{n}/",
            label=f"pesanan, dokumen bertanda tangan atau faktur: Usaha Bersama Tani Lestari {n}",
        )  # fmt: skip
    visitor = arrive(visit, world.people["lead_officer"], "", language)
    visitor.look(f"papers-home-{who}")
    visitor.go(reverse("papers"))
    visitor.look(f"papers-{who}")
    for _each in range(3):
        visitor.page.locator("main form button").first.click()
        visitor.page.wait_for_load_state()
    visitor.look(f"papers-none-{who}")
