"""Registering on a phone, forms that come back, photos made small: in a real browser, person by person."""

import io
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from PIL import Image

from ekspora.core.models import AccessLink, Person
from ekspora.core.services import links
from ekspora.directory.models import Business, Photo, Registration
from ekspora.programmes.models import Participation
from tests.browser import story
from tests.browser.conftest import Visitor
from tests.browser.tours import PHONE, Visit, arrive, begin, languages, walk
from tests.directory.arrivals import accompany, claimed, in_register, open_doors, registered
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)
Device = Callable[..., "BrowserContext"]
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"


def fill(page: "Page", **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def sign_in(page: "Page", base: str, world: World, actor: str) -> None:
    Person.objects.filter(pk=world.people[actor].pk).update(language="en")
    page.goto(base + story.link(world, actor, everywhere=True))
    page.locator("main form button").first.click()
    page.wait_for_load_state()


@languages
def test_registering_and_everything_after_it(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    open_doors(world)
    visitor = begin(visit, language)
    visitor.go(reverse("home"))
    visitor.look(f"welcome-{language}")
    visitor.page.locator(f"a[href='{reverse('register')}']").click()
    visitor.look(f"register-{language}")
    fill(visitor.page, name="Kopi Sari", product="Kopi sangrai", phone="0812-3456-7890", person="Ibu Sari")
    visitor.page.locator("[name=province]").select_option("32")
    visitor.page.locator("[name=agree]").check()
    visitor.page.locator("main form .go").click()
    visitor.page.wait_for_url(f"**{reverse('my_key')}")
    visitor.look(f"key-{language}")
    visitor.page.locator("[name=show]").click()
    visitor.page.locator("#address").wait_for()
    visitor.look(f"key-shown-{language}")
    made = Registration.objects.get()
    claim = claimed(world, made.person)
    walk(
        visitor, f"arrived-{language}", ("home", ()), ("my_business", (made.business_id,)), ("my_business_new", ()),
        ("claim_new", ()), ("my_claim", (claim.pk,)), ("my_data", ()), ("my_person", ()),
    )  # fmt: skip


@languages
def test_officers_decide(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    open_doors(world)
    known = in_register(world)
    made = registered(world, name=known.name, phone=known.phone)
    claim = claimed(world)
    claimed(world, world.people["other_owner"])
    visitor = arrive(visit, world, "lead_officer", language)
    walk(
        visitor, f"officer-{language}", ("home", ()), ("arrived", ()), ("registration", (made.pk,)),
        ("claim", (claim.pk,)), ("reception", ()),
    )  # fmt: skip


@languages
def test_a_companion_with_thirty_businesses(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    accompany(world, 29)
    for made in Business.objects.filter(stewards__person=world.people["companion"])[:6]:
        Participation.objects.get_or_create(
            activity=world.activity, side="maker", business=made, defaults={"answer": "invited"}
        )
    visitor = arrive(visit, world, "companion", language, everywhere=True)
    visitor.look(f"home-thirty-{language}")
    walk(visitor, f"thirty-{language}", ("my_businesses", ()))
    visitor.page.locator("[data-filter]").fill("usaha 29 07")
    assert visitor.page.locator("#mine > li:visible").count() == 1
    visitor.go(reverse("my_business_new") + "?whose=other")
    visitor.look(f"my_business_new-thirty-{language}")


def test_the_number_of_the_register_confirms_on_a_phone(visit: Visit, transactional_db: None) -> None:
    world = story.begin()
    in_register(world)
    claim = claimed(world, number="+6281111111111")
    token = links.issue(
        person=claim.person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=claim.own_scope, target=reverse("my_claim", args=[claim.pk]),
    )  # fmt: skip
    visitor = visit(screens=PHONE)
    visitor.go(f"/l/{token}/")
    visitor.look("claim-link")
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_load_state()
    visitor.look("claim-prove")
    visitor.page.locator("[name=code]").fill(claim.code)
    visitor.page.locator("main form .go").click()
    visitor.page.locator(f"a[href^='{reverse('my_businesses')}']").wait_for()
    visitor.look("claim-proven")


def test_an_unsent_form_comes_back_says_so_and_can_be_thrown_away(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    sign_in(page, live_server.url, world, "owner")
    address = live_server.url + reverse("my_business_edit", args=[world.business.pk])
    page.goto(address)
    notice = page.locator("[data-draft]")
    assert notice.is_hidden()
    fill(page, about="Kopi dari lereng Puntang")
    page.context.set_offline(True)
    page.locator("main form .go").click()
    page.context.set_offline(False)
    page.goto(address)
    assert page.locator("[name=about]").input_value() == "Kopi dari lereng Puntang"
    assert notice.is_visible()
    Visitor(page, live_server.url, None).look("draft")
    notice.locator("button").click()
    assert page.locator("[name=about]").input_value() == ""
    assert notice.is_hidden()
    page.reload()
    assert page.locator("[name=about]").input_value() == ""
    assert "Puntang" not in page.evaluate(STORED)


def test_what_was_saved_is_forgotten_and_what_was_refused_is_not(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    sign_in(page, live_server.url, world, "owner")
    address = live_server.url + reverse("my_business_step", args=[world.business.pk, "legal"])
    page.goto(address)
    fill(page, nib="123", founded="1999")
    page.locator("main form .go").click()
    page.locator(".errorlist").first.wait_for()
    assert "1999" in page.evaluate(STORED)
    fill(page, nib="9120001112223")
    page.goto(address)
    assert page.locator("[name=founded]").input_value() == "1999"
    page.locator("main form .go").click()
    page.wait_for_url(f"**{reverse('my_business', args=[world.business.pk])}")
    assert "1999" not in page.evaluate(STORED)
    page.goto(address)
    assert page.locator("[data-draft]").is_hidden()


def test_a_fact_somebody_else_changed_meanwhile_is_not_put_back(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    sign_in(page, live_server.url, world, "owner")
    address = live_server.url + reverse("my_business_edit", args=[world.business.pk])
    page.goto(address)
    fill(page, about="Belum terkirim")
    world.business.name = "Kopi Puntang Lestari"
    world.business.save()
    page.goto(address)
    assert page.locator("[name=about]").input_value() == "Belum terkirim"
    assert page.locator("[name=name]").input_value() == "Kopi Puntang Lestari"


def test_tax_numbers_consent_and_files_are_never_kept(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    sign_in(page, live_server.url, world, "owner")
    page.goto(live_server.url + reverse("my_business_step", args=[world.business.pk, "legal"]))
    fill(page, npwp="3204012345670001", founded="2001")
    page.goto(live_server.url + reverse("my_business_step", args=[world.business.pk, "size"]))
    page.locator("[name=owned_with_disability]").select_option("1")
    fill(page, employees="4")
    open_doors(world)
    page.goto(live_server.url + reverse("my_business_new") + "?whose=other")
    page.locator("[name=paper]").set_input_files(
        {"name": "izin.jpg", "mimeType": "image/jpeg", "buffer": photo(40, 30)}
    )
    page.locator("[name=agree]").check()
    fill(page, owner="Pak Budi")
    kept = page.evaluate(STORED)
    assert {word in kept for word in ("2001", "employees", "Pak Budi")} == {True}
    for secret in ("3204012345670001", "npwp", "owned_with_disability", "agree", "paper", "izin.jpg", "csrf"):
        assert secret not in kept, secret


def test_nothing_of_one_person_appears_for_another_or_after_signing_out(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    edit = live_server.url + reverse("my_business_edit", args=[world.business.pk])
    sign_in(page, live_server.url, world, "owner")
    page.goto(edit)
    fill(page, about="Rahasia pemilik")
    sign_in(page, live_server.url, world, "companion")
    page.goto(edit)
    assert page.locator("[name=about]").input_value() == ""
    assert "Rahasia" not in page.evaluate(STORED)
    fill(page, about="Rahasia pendamping")
    assert "Rahasia" in page.evaluate(STORED)
    page.goto(live_server.url + reverse("home"))
    page.locator("header form button").click()
    page.wait_for_load_state()
    assert "Rahasia" not in page.evaluate(STORED)


def test_a_visitors_registration_outlives_a_reload_but_not_the_tab(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    open_doors(story.begin())
    context = device()
    page = context.new_page()
    page.goto(live_server.url + reverse("register"))
    fill(page, name="Kopi Sari", phone="0812")
    page.reload()
    assert page.locator("[name=name]").input_value() == "Kopi Sari"
    assert page.locator("[data-draft]").is_visible()
    page.close()
    fresh = context.new_page()
    fresh.goto(live_server.url + reverse("register"))
    assert fresh.locator("[name=name]").input_value() == ""


def photo(width: int, height: int) -> bytes:
    """A photo that does not pack well, as real ones."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def test_a_photo_is_made_small_before_it_is_sent(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    product = world.business.products.get()
    sign_in(page, live_server.url, world, "owner")
    page.goto(live_server.url + reverse("my_product_photos", args=[product.pk]))
    large = photo(3000, 2000)
    page.locator("[name=picture]").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": large}
    )
    page.locator("[data-shrunk]").wait_for(state="visible")
    sizes = "[...document.querySelector('[name=picture]').files].map((file) => file.size)"
    assert page.evaluate(sizes)[0] < len(large) / 2
    sides = "createImageBitmap(document.querySelector('[name=picture]').files[0]).then((p) => [p.width, p.height])"
    assert page.evaluate(sides) == [1600, 1067]
    Visitor(page, live_server.url, None).look("photo-shrunk")
    page.locator("main form .go").click()
    page.locator("article img").wait_for()
    with Photo.objects.get().file.open("rb") as file, Image.open(file) as kept:
        assert max(kept.size) == 1200


def test_a_small_photo_and_what_is_no_photo_go_as_they_are(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    product = world.business.products.get()
    sign_in(page, live_server.url, world, "owner")
    page.goto(live_server.url + reverse("my_product_photos", args=[product.pk]))
    name = "document.querySelector('[name=picture]').files[0].name"
    page.locator("[name=picture]").set_input_files(
        {"name": "kecil.png", "mimeType": "image/png", "buffer": photo(60, 40)}
    )
    page.wait_for_timeout(300)
    assert page.evaluate(name) == "kecil.png"
    page.locator("[name=picture]").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"bukan foto"}
    )
    page.locator("main form .go").click()
    page.locator(".errorlist, .alert.stop").first.wait_for()
    assert not Photo.objects.exists()


def test_without_script_a_photo_is_sent_and_a_business_registered(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world = story.begin()
    open_doors(world)
    page = device(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("register"))
    fill(page, name="Kopi Sari", product="Kopi", phone="0812-3456-7890")
    page.locator("[name=province]").select_option("32")
    page.locator("[name=agree]").check()
    page.locator("main form .go").click()
    page.wait_for_url(f"**{reverse('my_key')}")
    made = Registration.objects.get()
    product = made.business.products.get()
    page.goto(live_server.url + reverse("my_product_photos", args=[product.pk]))
    page.locator("[name=picture]").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo(300, 200)}
    )
    page.locator("main form .go").click()
    page.locator("article img").wait_for()
    assert Photo.objects.count() == 1
