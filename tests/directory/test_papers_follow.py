"""Files that may name an erased person wait for whoever keeps the business now, as only they can open them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from ekspora.core import queries
from ekspora.core.models import AuditEntry, Paper
from ekspora.core.services import erasure
from ekspora.directory.models import Certificate, ExportRecord
from ekspora.directory.services import businesses, statements
from tests.directory.addresses import jpeg
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def _left(world: World) -> None:
    """The lead put in a certificate and evidence of a business whose owner is erased then."""
    officer, business = world.people["lead_officer"], world.other_business
    paper = Certificate.objects.create(business=business, name="Halal")
    sold = ExportRecord.objects.create(business=business, market="JP", year=2025, evidence="invoice")
    for row, kind in ((paper, "certificates"), (sold, "exports")):
        row.file.save("scan.jpg", ContentFile(jpeg()))
        statements.note(business, [f"{kind}:{row.pk}"], officer)
    erasure.erase(person=world.people["other_owner"])
    assert set(Paper.objects.values_list("kind", "agency")) == {
        ("certificates", world.lead.pk),
        ("exports", world.lead.pk),
    }


def _hand_over(world: World) -> None:
    officer = world.people["lead_officer"]
    businesses.list_with(business=world.other_business, agency=world.elsewhere, actor=officer)
    businesses.unlist(business=world.other_business, agency=world.lead, actor=officer)


def test_after_a_hand_over_the_agency_that_keeps_the_business_opens_and_decides(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    _left(world)
    _hand_over(world)
    papers = list(Paper.objects.order_by("pk"))
    before = sign_in(world, "lead_officer")
    assert reverse("papers") not in before.get(reverse("home")).content.decode()
    for paper in papers:
        assert before.post(reverse("paper_decide", args=[paper.pk]), {"remove": "1"}).status_code == 404
    after = sign_in(world, "other_officer")
    page = after.get(reverse("papers")).content.decode()
    assert "Dinas lain" in page
    for paper in papers:
        assert paper.url in page
        assert after.get(paper.url).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            after.post(reverse("paper_decide", args=[paper.pk]), {"remove": "1"})
    assert not Certificate.objects.get().file
    assert not ExportRecord.objects.get().file
    told = AuditEntry.objects.filter(action="paper.decide").values_list("chain", flat=True)
    assert list(told) == [world.elsewhere.pk] * 2


def test_a_business_only_shared_is_asked_about_once(world: World) -> None:
    _left(world)
    officer = world.people["lead_officer"]
    businesses.list_with(business=world.other_business, agency=world.elsewhere, actor=officer)
    assert queries.papers_for(world.actor("lead_officer")).count() == 2
    assert queries.papers_for(world.actor("other_officer")).count() == 0


def test_on_nobodys_list_it_stays_with_the_agency_it_was_noted_for(world: World) -> None:
    _left(world)
    businesses.unlist(business=world.other_business, agency=world.lead, actor=world.people["lead_officer"])
    assert queries.papers_for(world.actor("lead_officer")).count() == 2
