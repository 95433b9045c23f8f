"""Files that nobody can search: listed for an officer when somebody they may name is erased."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ekspora.core.clock import now
from ekspora.core.errors import Conflict
from ekspora.core.models import AuditEntry, Paper
from ekspora.core.services import erasure, papers
from ekspora.directory.models import Certificate
from tests.deals.ladder import alone, deal, step
from tests.directory.addresses import jpeg
from tests.results.records import photo
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
Capture = Any


def listed(world: World, capture: Capture) -> dict[str, Paper]:
    """What is on the list once the owner is erased, by kind."""
    with capture(execute=True):
        erasure.erase(person=world.people["owner"])
    return {paper.kind: paper for paper in Paper.objects.all()}


def proven(world: World) -> Any:
    """A step with a scan as evidence."""
    return step(world, deal(world), "order", 100, file=jpeg()).step


def test_evidence_of_the_persons_business_is_listed_and_nobody_elses(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: Capture
) -> None:
    ours = proven(world)
    step(world, deal(world, business=world.other_business), "order", 100, file=jpeg())
    step(world, deal(world), "sample", evidence="message")  # has no file
    found = listed(world, django_capture_on_commit_callbacks)
    assert {kind: paper.target_id for kind, paper in found.items()} == {"evidence": ours.pk}
    assert found["evidence"].agency == world.lead
    assert "Owner" not in found["evidence"].label
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("papers")).content.decode()
    assert found["evidence"].url in page
    assert client.get(found["evidence"].url).status_code == 200
    assert reverse("papers") in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("button", ["remove", "keep"])
def test_an_officer_looks_and_it_goes_or_stays(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: Capture, button: str
) -> None:
    one = proven(world)
    paper = listed(world, django_capture_on_commit_callbacks)["evidence"]
    name, client = str(one.file.name), sign_in(world, "lead_officer")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("paper_decide", args=[paper.pk]), {button: "1"})
    one.refresh_from_db()
    assert default_storage.exists(name) == bool(one.file) == (button == "keep")
    paper.refresh_from_db()
    assert (paper.is_removed, paper.decided_by) == (button == "remove", world.people["lead_officer"])
    assert AuditEntry.objects.filter(action="paper.decide").count() == 1
    assert client.post(reverse("paper_decide", args=[paper.pk]), {"remove": "1"}).status_code == 404
    with pytest.raises(Conflict):
        papers.decide(paper=paper, remove=True, actor=world.people["lead_officer"])


def test_a_certificate_an_officer_put_in_is_listed_and_what_the_owner_sent_is_gone(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    from ekspora.directory.services import statements

    for name, who in (("Halal", "lead_officer"), ("PIRT", "owner")):
        made = Certificate.objects.create(business=world.business, name=name)
        made.file.save("scan.jpg", ContentFile(jpeg()))
        statements.note(world.business, [f"certificates:{made.pk}"], world.people[who])
    found = listed(world, django_capture_on_commit_callbacks)
    assert [paper.target_id for paper in found.values()] == [Certificate.objects.get(name="Halal").pk]


def test_a_photo_whose_caption_names_the_person_is_listed_and_the_caption_blotted(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: Capture
) -> None:
    world.people["owner"].name = "Siti Rahmawati"
    world.people["owner"].save()
    with django_capture_on_commit_callbacks(execute=True):
        named, other = photo(world, "Ibu Siti Rahmawati menerima tamu"), photo(world, "Pembukaan", "navy")
        found = listed(world, django_capture_on_commit_callbacks)
    assert {kind: paper.target_id for kind, paper in found.items()} == {"photos": named.pk}
    named.refresh_from_db()
    assert named.caption == "Ibu … menerima tamu"
    sign_in(world, "lead_officer").post(reverse("paper_decide", args=[found["photos"].pk]), {"remove": "1"})
    assert [one.pk for one in world.activity.report_photos.all()] == [other.pk]


def test_minutes_no_longer_name_the_person_and_a_common_word_stays(world: World) -> None:
    from ekspora.results.models import Report

    for n, name in enumerate(("Siti Rahmawati", "Kopi")):
        world.people["owner"].name = name
        world.people["owner"].save()
        Report.objects.update_or_create(
            activity=world.activity, defaults={"minutes": f"Siti Rahmawati bicara tentang Kopi {n}."}
        )
        with transaction.atomic():
            erasure.erase(person=world.people["owner"])
            minutes = Report.objects.get().minutes
            transaction.set_rollback(True)
        assert minutes == (
            f"… bicara tentang Kopi {n}." if n == 0 else "Siti Rahmawati bicara tentang Kopi 1."
        )


def test_a_paper_is_asked_about_once_and_its_decision_says_what(world: World) -> None:
    values = {"agency": world.lead, "kind": "evidence", "target_id": 7, "label": "x", "url": "/"}
    made = Paper.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=made.pk).update(decided_at=now())


def test_another_agency_sees_none_of_it(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: Capture
) -> None:
    alone(world)
    proven(world)
    paper = listed(world, django_capture_on_commit_callbacks)["evidence"]
    client = sign_in(world, "other_officer")
    assert not client.get(reverse("papers")).context["page"].object_list
    assert client.post(reverse("paper_decide", args=[paper.pk]), {"remove": "1"}).status_code == 404


def test_a_file_that_took_the_place_of_the_listed_one_stays(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    one = proven(world)
    paper = listed(world, django_capture_on_commit_callbacks)["evidence"]
    one.file.save("new.jpg", ContentFile(b"another scan"))
    with django_capture_on_commit_callbacks(execute=True):
        papers.decide(paper=paper, remove=True, actor=world.people["lead_officer"])
    one.refresh_from_db()
    assert one.file
    assert default_storage.exists(str(one.file.name))


def test_a_file_noted_before_names_were_kept_goes_all_the_same(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    one = proven(world)
    paper = listed(world, django_capture_on_commit_callbacks)["evidence"]
    Paper.objects.update(file="")
    with django_capture_on_commit_callbacks(execute=True):
        papers.decide(paper=paper, remove=True, actor=world.people["lead_officer"])
    one.refresh_from_db()
    assert not one.file
