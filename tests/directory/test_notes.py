"""Notes: of one agency, on no page of an owner, but told to whoever asks for their data, and forgotten with them."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.core.privacy import everything_about
from ekspora.core.services import erasure
from ekspora.directory.models import Note
from ekspora.directory.services import notes
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
WORDS = "Menunggu contoh dari Owner"


def written(world: World, text: str = WORDS, **options: bool) -> Note:
    return notes.write(
        business=world.business, agency=world.lead, text=text, actor=world.people["lead_officer"], **options
    )


def page(client: Client, name: str, world: World) -> str:
    return client.get(reverse(name, args=[world.business.pk])).content.decode()


def test_only_the_agency_that_wrote_it_reads_it(world: World, sign_in: SignIn) -> None:
    written(world)
    assert WORDS in page(sign_in(world, "lead_officer"), "business", world)
    assert WORDS not in page(sign_in(world, "co_officer"), "business", world)
    for actor in ("owner", "companion"):
        assert WORDS not in page(sign_in(world, actor), "my_business", world)


def test_a_note_is_written_kept_on_top_and_taken_away(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    for text in ("pertama", "kedua"):
        client.post(reverse("business_notes", args=[world.business.pk]), {"text": text})
    first = Note.objects.get(text="pertama")
    assert [one.text for one in Note.objects.all()] == ["kedua", "pertama"]
    client.post(reverse("note", args=[first.pk]), {"pin": "1"})
    assert [one.text for one in Note.objects.all()] == ["pertama", "kedua"]
    client.post(reverse("note", args=[first.pk]))
    assert [one.text for one in Note.objects.all()] == ["kedua", "pertama"]
    client.post(reverse("note", args=[first.pk]), {"remove": "1"})
    assert [one.text for one in Note.objects.all()] == ["kedua"]


def test_another_agencys_note_is_no_page(world: World, sign_in: SignIn) -> None:
    note = written(world)
    assert (
        sign_in(world, "co_officer").post(reverse("note", args=[note.pk]), {"remove": "1"}).status_code == 404
    )
    assert Note.objects.filter(pk=note.pk).exists()


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001])
def test_an_empty_or_endless_note_is_refused(world: World, text: str) -> None:
    with pytest.raises(DomainError):
        written(world, text)
    assert not Note.objects.exists()


def test_an_agency_that_does_not_keep_the_business_writes_none(world: World) -> None:
    with pytest.raises(DomainError):
        notes.write(
            business=world.other_business, agency=world.co, text="x", actor=world.people["co_officer"]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(business=world.business, agency=world.lead, text="")


def test_the_trail_tells_of_a_note_but_not_what_it_says(world: World) -> None:
    note = written(world)
    notes.pin(note=note, is_pinned=True, actor=world.people["lead_officer"])
    notes.pin(note=note, is_pinned=True, actor=world.people["lead_officer"])
    notes.remove(note=note, actor=world.people["lead_officer"])
    entries = AuditEntry.objects.filter(action__startswith="note.").order_by("number")
    assert [entry.action for entry in entries] == ["note.write", "note.pin", "note.remove"]
    assert WORDS not in str(list(entries.values_list("details", flat=True)))


def test_an_owner_who_asks_for_their_data_gets_the_notes_on_their_business_alone(world: World) -> None:
    written(world)
    officer = world.people["lead_officer"]
    notes.write(business=world.other_business, agency=world.lead, text="Kata Owner: jangan", actor=officer)

    def told(name: str) -> list[str]:
        return [one["text"] for one in everything_about(Actor(world.people[name]))["notes"]]

    assert told("owner") == [WORDS]
    assert told("other_owner") == ["Kata Owner: jangan"]
    assert told("companion") == told("stranger") == []
    assert len(everything_about(Actor(officer))["notes_written"]) == 2


def test_an_erased_person_is_in_no_note(world: World) -> None:
    owner = world.people["owner"]
    owner.name = "Siti Rahmawati"
    owner.phone = "+6281234567890"
    owner.save()
    note = written(world, "Telepon Siti Rahmawati, 0812-3456-7890")
    erasure.erase(person=owner, agency=world.lead, actor=world.people["lead_officer"])
    note.refresh_from_db()
    assert "Siti" not in note.text
    assert "3456" not in note.text
