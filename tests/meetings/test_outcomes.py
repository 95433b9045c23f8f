"""What each side tells of a meeting, from bad networks, two phones and re-planned timetables."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, AuditEntry, Person
from ekspora.core.services import audit, erasure, links
from ekspora.demand.models import ContactAgreement, Encounter, Outcome
from ekspora.demand.services.telling import Answer, Wanted
from ekspora.directory.models import Product
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import outcomes as queries
from ekspora.meetings.services import outcomes as services
from ekspora.programmes.models import Participation
from tests.at_once import race
from tests.cost import cost
from tests.meetings.factories import another_maker, version
from tests.meetings.outcomes import NOON, held, key, one, tell
from tests.world import World, at, build

SignIn = Callable[[World, str], Client]
PHONE = {"X-Kept": "1"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def _address(world: World, name: str = "my_outcome", who: Participation | None = None) -> str:
    return reverse(name, args=[(who or world.maker).pk, key(world.maker, world.guest)])


def test_the_same_answer_sent_five_times_is_one(world: World, sign_in: SignIn) -> None:
    held(world)
    client = sign_in(world, "owner")
    sent = {"key": "made-on-the-phone", "verdict": "informative", "note": "ramah"}
    answers = [client.post(_address(world), sent, headers=PHONE) for _time in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    outcome = Outcome.objects.get()
    assert (outcome.verdict, outcome.note, outcome.is_current) == ("informative", "ramah", True)
    assert AuditEntry.objects.filter(action="outcome.tell").count() == 1


def test_an_old_answer_sent_again_does_not_win_over_a_newer_one(world: World) -> None:
    held(world)
    pair = key(world.maker, world.guest)
    tell(world, world.maker, pair, "informative", "owner", id="first")
    tell(world, world.maker, pair, "possible", "owner", id="second")
    tell(world, world.maker, pair, "informative", "owner", id="first")
    assert Outcome.objects.get(is_current=True).verdict == "possible"
    assert Outcome.objects.count() == 2


def test_of_two_phones_the_last_to_arrive_counts_and_both_are_kept(world: World) -> None:
    held(world)
    pair = key(world.maker, world.guest)
    tell(world, world.maker, pair, "possible", "owner", id="phone-a")
    # Even this machine's clock may be set back: the order is that of arrival.
    with clock.at(NOON - timedelta(hours=10)):
        tell(world, world.maker, pair, "none", "companion", id="phone-b")
    current = Outcome.objects.get(is_current=True)
    assert (current.verdict, current.told_by) == ("none", world.people["companion"])
    assert [row.verdict for row in Outcome.objects.all()] == ["possible", "none"]


def test_a_page_kept_open_and_changed_is_a_new_answer(world: World, sign_in: SignIn) -> None:
    held(world)
    client = sign_in(world, "owner")
    for verdict in ("none", "informative", "informative"):
        client.post(_address(world), {"key": "of-the-page", "verdict": verdict})
    assert Outcome.objects.get(is_current=True).verdict == "informative"


def test_both_sides_keep_their_own_view_and_never_see_the_others(world: World, sign_in: SignIn) -> None:
    held(world)
    pair = key(world.maker, world.guest)
    tell(world, world.maker, pair, "possible", "owner", note="catatan-pemilik", steps=("samples",))
    tell(world, world.guest, pair, "none", "representative", note="note-of-guest")
    assert Encounter.objects.count() == 1
    assert Outcome.objects.filter(is_current=True).count() == 2
    pages = {
        actor: sign_in(world, actor).get(reverse("my_agenda", args=[who.pk])).content.decode()
        + sign_in(world, actor).get(_address(world, who=who)).content.decode()
        for actor, who in (("owner", world.maker), ("representative", world.guest))
    }
    assert "catatan-pemilik" in pages["owner"]
    assert "note-of-guest" not in pages["owner"]
    assert "note-of-guest" in pages["representative"]
    assert "catatan-pemilik" not in pages["representative"]


def test_products_with_quantities_and_next_steps(world: World, sign_in: SignIn) -> None:
    held(world)
    product = Product.objects.get(business=world.business)
    sent = {
        "key": "k", "verdict": "possible", "steps": ["fair", "samples"], "product": [product.pk],
        f"quantity-{product.pk}": "1500.5", f"unit-{product.pk}": "kg",
    }  # fmt: skip
    assert sign_in(world, "representative").post(_address(world, who=world.guest), sent).status_code == 302
    outcome = Outcome.objects.get()
    assert outcome.steps == ["samples", "fair"]
    wanted = outcome.products.get()
    assert (wanted.product, wanted.quantity, wanted.unit) == (product, Decimal("1500.50"), "kg")
    assert wanted.group == "coffee"
    page = sign_in(world, "representative").get(_address(world, who=world.guest)).content.decode()
    assert "Invitation to a trade fair in India" in page
    assert 'value="1500.5"' in page


@pytest.mark.parametrize("quantity", ["-1", "0", "NaN", "seribu", "1e30"])
def test_a_quantity_that_is_none_names_its_product_and_loses_nothing(
    world: World, sign_in: SignIn, quantity: str
) -> None:
    held(world)
    product = Product.objects.get(business=world.business)
    sent = {
        "key": "k", "verdict": "possible", "product": [product.pk], "note": "panjang",
        f"quantity-{product.pk}": quantity, f"unit-{product.pk}": "kg",
    }  # fmt: skip
    client = sign_in(world, "owner")
    page = client.post(_address(world), sent)
    assert page.status_code == 422
    assert "Kopi sangrai" in page.content.decode()
    assert "panjang</textarea>" in page.content.decode()
    told = client.post(_address(world), sent, headers=PHONE)
    assert told.status_code == 422
    assert told.content.decode().startswith("Kopi sangrai")
    assert not Outcome.objects.exists()


def test_only_products_of_this_business_and_only_when_cooperation_is_possible(world: World) -> None:
    held(world)
    pair = key(world.maker, world.guest)
    foreign = Wanted(Product.objects.get(business=world.other_business))
    with pytest.raises(DomainError):
        tell(world, world.maker, pair, "possible", "owner", products=(foreign,))
    own = Wanted(Product.objects.get(business=world.business))
    done = tell(world, world.maker, pair, "none", "owner", products=(own,), steps=("samples",))
    assert (done.outcome.steps, done.outcome.products.count()) == ([], 0)


def test_goods_under_sanctions_are_not_offered_to_tick(world: World) -> None:
    world.mission.country = "KP"
    world.mission.save()
    Product.objects.create(business=world.business, name="Mesin", hs="842230")
    held(world)
    names = {good.name for good in one(world.guest, key(world.maker, world.guest)).typed.goods}
    assert "Mesin" not in names


def test_a_replan_keeps_what_was_told_of_meetings_that_moved_or_went(world: World, sign_in: SignIn) -> None:
    held(world)
    stays, goes = key(world.maker, world.guest), key(world.maker, world.other_guest)
    tell(world, world.maker, stays, "possible", "owner")
    tell(world, world.maker, goes, "informative", "owner")
    _supersede(world)
    version(world, (world.maker, world.guest, 4, "3"))
    mine = {row.key: row for row in queries.mine(world.maker)}
    assert mine[stays].said is not None
    assert mine[stays].is_published
    assert mine[goes].said is not None
    assert not mine[goes].is_published
    tell(world, world.maker, stays, "none", "owner", id="after")
    assert Encounter.objects.get(key=stays).met_at == at(10, 15)
    page = sign_in(world, "owner").get(reverse("my_agenda", args=[world.maker.pk])).content.decode()
    assert f'id="m{goes}"' in page


def test_an_answer_given_before_a_replan_arrives_after_it(world: World, sign_in: SignIn) -> None:
    held(world)
    _supersede(world)
    version(world, (world.other_maker, world.other_guest, 4, "3"))
    sent = {"key": "late", "verdict": "possible"}
    assert sign_in(world, "owner").post(_address(world), sent, headers=PHONE).status_code == 200
    assert Outcome.objects.get().verdict == "possible"


def _supersede(world: World) -> None:
    world.activity.versions.update(state=TimetableVersion.State.SUPERSEDED)


def test_a_meeting_of_others_of_a_draft_or_of_nobody_is_not_there(world: World, sign_in: SignIn) -> None:
    held(world)
    draft = (world.other_maker, world.guest, 3, "1")
    version(world, draft, state=TimetableVersion.State.DRAFT)
    client = sign_in(world, "owner")
    foreign = key(world.other_maker, world.other_guest)
    others = key(world.other_maker, world.guest)
    for pk, of in ((world.maker.pk, foreign), (world.other_maker.pk, foreign), (world.maker.pk, "9-9")):
        address = reverse("my_outcome", args=[pk, of])
        assert client.post(address, {"key": "k", "verdict": "none"}).status_code == 404
    address = reverse("my_outcome", args=[world.guest.pk, others])
    assert sign_in(world, "representative").get(address).status_code == 404


def test_a_link_reaches_its_own_activity_only(world: World, client: Client) -> None:
    held(world)
    for scope, expected in ((world.activity.scope, 302), ("activity:99999", 404)):
        token = links.issue(
            person=world.people["owner"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
            scope=scope,
        )  # fmt: skip
        client.post(reverse("link", args=[token]))
        answer = client.post(_address(world), {"key": scope, "verdict": "informative"})
        assert answer.status_code == expected


def test_before_the_day_nothing_is_asked_and_nothing_is_taken(world: World, sign_in: SignIn) -> None:
    held(world)
    client = sign_in(world, "owner")
    with clock.at(at(20) - timedelta(days=1)):
        assert "data-keep" not in client.get(reverse("my_agenda", args=[world.maker.pk])).content.decode()
        answer = client.post(_address(world), {"key": "k", "verdict": "none"}, headers=PHONE)
        assert answer.status_code == 422
    with clock.at(at(0, 5)):
        assert "data-keep" in client.get(reverse("my_agenda", args=[world.maker.pk])).content.decode()


def test_the_home_page_counts_what_waits_after_the_end_of_a_meeting(world: World, sign_in: SignIn) -> None:
    held(world)
    client = sign_in(world, "owner")
    with clock.at(at(9, 15)):
        assert queries.waiting([world.maker]) == {}
    with clock.at(at(9, 20)):
        assert queries.waiting([world.maker, world.guest]) == {world.maker.pk: 1, world.guest.pk: 1}
    assert queries.waiting([world.maker]) == {world.maker.pk: 2}
    assert "2 temu bisnis menunggu" in client.get("/").content.decode()
    tell(world, world.maker, key(world.maker, world.guest), "none", "owner")
    assert queries.waiting([world.maker]) == {world.maker.pk: 1}


def test_the_agenda_costs_the_same_for_few_and_for_many_meetings(world: World, sign_in: SignIn) -> None:
    client, address = sign_in(world, "representative"), reverse("my_agenda", args=[world.guest.pk])
    version(world, (world.maker, world.guest, 2, "1"))
    _supersede(world)  # so that both times there is something that changed
    version(world, (world.maker, world.guest, 1, "1"))
    tell(world, world.guest, key(world.maker, world.guest), "informative", "representative")
    few = cost(client, address)
    _supersede(world)
    makers = [world.maker, *(another_maker(world, number) for number in range(5))]
    version(world, *((maker, world.guest, slot, "1") for slot, maker in enumerate(makers, start=1)))
    for maker in makers:
        tell(world, world.guest, key(maker, world.guest), "possible", "representative")
    assert cost(client, address) == few


def test_a_guests_agenda_with_twelve_meetings_is_light(world: World, sign_in: SignIn) -> None:
    makers = [world.maker, *(another_maker(world, number) for number in range(11))]
    for maker in makers:
        assert maker.business is not None
        for number in range(4):
            Product.objects.create(business=maker.business, name=f"Produk {number}", unit="kg")
    version(world, *((maker, world.guest, slot, "1") for slot, maker in enumerate(makers, start=1)))
    page = sign_in(world, "representative").get(reverse("my_agenda", args=[world.guest.pk])).content
    assert page.count(b"data-keep") == 12
    assert len(gzip.compress(page)) < 20_000


@pytest.mark.django_db(transaction=True)
def test_five_times_at_the_same_moment_is_one_and_two_phones_leave_one_that_counts() -> None:
    world = build()
    held(world)
    pair = key(world.maker, world.guest)

    def send(id_: str, verdict: str) -> Callable[[], object]:
        def sent() -> object:
            with clock.at(NOON):
                return tell(world, world.maker, pair, verdict, "owner", id=id_)

        return sent

    assert race(*[send("same", "informative")] * 5, send("other", "possible")) == ["done"] * 6
    assert sorted(Outcome.objects.values_list("key", flat=True)) == ["other", "same"]
    assert Outcome.objects.filter(is_current=True).count() == 1
    assert Encounter.objects.count() == 1
    assert all(report.broken_at is None for report in audit.verify())


@pytest.mark.django_db(transaction=True)
def test_both_agree_at_the_same_moment_and_contacts_are_exchanged() -> None:
    world = build()
    held(world)
    pair = key(world.maker, world.guest)

    def share(who: Participation, actor: str) -> object:
        with clock.at(NOON):
            return tell(world, who, pair, "possible", actor, share=True)

    assert race(lambda: share(world.maker, "owner"), lambda: share(world.guest, "representative")) == [
        "done",
        "done",
    ]
    assert Encounter.objects.get().exchanged_at == NOON


# Contacts


def _contact_of(world: World, actor: str, phone: str) -> None:
    Person.objects.filter(pk=world.people[actor].pk).update(phone=phone)


def test_contacts_are_exchanged_at_once_and_only_when_both_agree(world: World, sign_in: SignIn) -> None:
    held(world)
    _contact_of(world, "owner", "+628111222333")
    pair = key(world.maker, world.guest)
    guest_pages = [reverse("my_agenda", args=[world.guest.pk]), _address(world, who=world.guest)]
    vcard = _address(world, "my_contact", world.guest)

    def seen() -> bool:
        client = sign_in(world, "representative")
        return any("+628111222333" in client.get(page).content.decode() for page in guest_pages)

    tell(world, world.guest, pair, "possible", "representative", share=True)
    assert not seen()
    assert sign_in(world, "representative").get(vcard).status_code == 404
    tell(world, world.maker, pair, "possible", "owner")
    assert not seen()
    tell(world, world.maker, pair, "possible", "owner", share=True, id="with-contact")
    assert seen()
    card = sign_in(world, "representative").get(vcard)
    assert card["Content-Type"].startswith("text/vcard")
    assert "TEL:+628111222333\r\n" in card.content.decode()
    page = sign_in(world, "owner").get(_address(world)).content.decode()
    assert "representative@example.org" in page
    assert list(AuditEntry.objects.filter(action__startswith="contact.").values_list("action", flat=True)) == [
        "contact.agree", "contact.agree", "contact.exchange",
    ]  # fmt: skip


def test_consent_keeps_words_values_and_time(world: World) -> None:
    held(world)
    _contact_of(world, "owner", "+628111222333")
    tell(world, world.maker, key(world.maker, world.guest), "possible", "owner", share=True)
    agreement = ContactAgreement.objects.get()
    assert "+628111222333" in agreement.wording
    assert "Embassy of India" in agreement.wording
    assert (agreement.agreed_by, agreement.agreed_at) == (world.people["owner"], NOON)


def test_nobody_agrees_to_what_they_did_not_see(world: World) -> None:
    held(world)
    seen = one(world.maker, key(world.maker, world.guest)).seal
    _contact_of(world, "owner", "+628999")
    changed = one(world.maker, key(world.maker, world.guest))
    done = services.tell(of=changed, answer=_answer(), share=seen, actor=world.people["owner"])
    assert done.contact_error
    assert Outcome.objects.exists()
    assert not ContactAgreement.objects.exists()


def _answer() -> Answer:
    return Answer("k", "possible")


def test_a_contact_can_be_taken_back_until_the_other_agrees(world: World, sign_in: SignIn) -> None:
    held(world)
    pair = key(world.maker, world.guest)
    tell(world, world.maker, pair, "possible", "owner", share=True, id="one")
    client = sign_in(world, "owner")
    client.post(_address(world, "my_contact_withdraw"))
    tell(world, world.guest, pair, "possible", "representative", share=True)
    assert Encounter.objects.get().exchanged_at is None
    tell(world, world.maker, pair, "possible", "owner", share=True, id="one")  # arrives once more
    assert Encounter.objects.get().exchanged_at is None
    tell(world, world.maker, pair, "possible", "owner", share=True, id="two")
    assert Encounter.objects.get().exchanged_at is not None
    with pytest.raises(DomainError):
        services.withdraw_contact(of=one(world.maker, pair), actor=world.people["owner"])


def test_who_has_neither_phone_nor_email_cannot_share(world: World) -> None:
    held(world)
    Person.objects.filter(pk=world.people["owner"].pk).update(email="", phone="")
    mine = one(world.maker, key(world.maker, world.guest))
    assert not mine.card.can_be_reached
    done = services.tell(of=mine, answer=_answer(), share=mine.seal, actor=world.people["owner"])
    assert done.contact_error


def test_a_card_holds_no_line_of_its_own(world: World) -> None:
    card = queries.card_of(world.guest)
    odd = type(card)("Siti; X\r\nTEL:+1", "PT\nNOTE:x", "a\nb", "+62811", "a@example.org").vcard
    assert [line.split(":")[0] for line in odd.split("\r\n") if line].count("TEL") == 1
    assert "NOTE" not in [line.split(":")[0] for line in odd.split("\r\n")]


def test_a_companion_gives_the_owners_card_not_their_own(world: World) -> None:
    held(world)
    _contact_of(world, "companion", "+62877")
    world.maker.person = None
    world.maker.save()
    card = one(world.maker, key(world.maker, world.guest)).card
    assert (card.name, card.phone) == ("Owner", "")


def test_an_erased_person_leaves_the_answer_and_no_card(world: World) -> None:
    held(world)
    pair = key(world.maker, world.guest)
    tell(world, world.maker, pair, "possible", "owner", share=True, note="rahasia")
    tell(world, world.guest, pair, "possible", "representative", share=True)
    Person.objects.filter(pk=world.people["owner"].pk).update(name="Siti Aminah")
    Outcome.objects.filter(side="guest").update(note="Siti Aminah sends samples")
    ContactAgreement.objects.filter(side="guest").update(wording="… to Siti Aminah (Kopi Puntang)")
    erasure.erase(person=world.people["owner"])
    assert "Siti" not in Outcome.objects.get(side="guest").note
    assert "Siti" not in ContactAgreement.objects.get(side="guest").wording
    kept = Outcome.objects.get(side="maker")
    assert (kept.verdict, kept.note, kept.told_by) == ("possible", "", None)
    assert ContactAgreement.objects.get(side="maker").card == {}
    theirs = one(world.guest, pair).theirs
    assert theirs is not None
    assert not theirs.can_be_reached
