"""What an entry of the trail says in detail, read by people."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ekspora.core.models import AuditEntry
from ekspora.core.services import audit
from ekspora.core.trail_details import details_of
from tests.world import World

SignIn = Callable[[World, str], Client]


def told(action: str, kind: str, details: Mapping[str, Any], language: str = "id") -> list[tuple[str, str]]:
    """What an entry says in a language."""
    with override(language):
        return details_of(AuditEntry(action=action, target_type=kind, target_id="7", details=dict(details)))


@pytest.mark.parametrize(
    ("action", "kind", "details", "words"),
    [
        ("business.edit", "directory.business", {"size": ["", "small"]}, "skala – → kecil"),
        ("business.edit", "directory.business", {"languages": [["en"], ["en", "zh"]]},
         "bahasa yang dipakai dengan pembeli Inggris → Inggris, Tionghoa"),
        ("product.edit", "directory.product", {"photo": []}, "foto "),
        ("row.edit", "directory.business", {"kind": "certificates", "number": ["1", "2"]},
         "jenis sertifikat · nomor 1 → 2"),
        ("outcome.tell", "demand.outcome", {"verdict": "possible", "steps": ["samples", "fair"]},
         "jalannya pertemuan kerja sama mungkin · langkah berikutnya mengirim sampel, undangan ke pameran dagang"),
        ("outbox.prepare", "core.agency", {"kinds": ["invitation"], "topic": "activity:7"},
         "jenis pesan Undangan · tentang kegiatan 7"),
        ("day.mark", "programmes.participation", {"kind": "absent", "at": "2026-12-08T03:00:00Z"},
         "jenis tidak hadir · pukul 8 Des 2026, 10.00 WIB"),
        ("organiser.set", "programmes.activity", {"agency": 2, "role": "co"},
         "instansi 2 · peran penyelenggara bersama"),
        ("activity.enrol", "programmes.activity", {"businesses": [*range(1, 43)], "representatives": []},
         "pelaku usaha 1, 2, 3, 4, 5, …, 42 (42)"),
        ("import.write", "directory.import", {"counts": {"core.person": {"created": 2, "updated": 0}}},
         "data orang baru 2, berubah 0"),
        ("wish.mark", "programmes.participation", {"mark": "no", "before": "", "on_behalf": True},
         "tanda tidak · diisikan penyelenggara ya"),
        ("retention.tidy", "core.agency", {"links": 3, "uploads": 1}, "tautan 3 · berkas yang tidak diimpor 1"),
    ],
)  # fmt: skip
def test_codes_are_read_in_words(action: str, kind: str, details: Mapping[str, Any], words: str) -> None:
    assert " · ".join(" ".join(part) for part in told(action, kind, details)) == words


def test_a_record_that_is_no_more_keeps_its_entries_readable() -> None:
    assert told("old.thing", "gone.record", {"words": [1, 2]}) == [("words", "1, 2")]


def test_the_page_names_records_and_shows_one_alone(world: World, sign_in: SignIn) -> None:
    with_entry(world)
    client: Client = sign_in(world, "lead_officer")
    page = client.get(reverse("audit")).content.decode()
    assert f"Pelaku usaha\N{NO-BREAK SPACE}{world.business.pk}" in page
    assert "<code>" not in page
    one = f"?target=directory.business:{world.business.pk}"
    alone = client.get(reverse("audit") + one).content.decode()
    assert f'<span class="chip">Pelaku usaha\N{NO-BREAK SPACE}{world.business.pk}</span>' in alone


def with_entry(world: World) -> None:
    """An entry about the world's business in the chain of its lead agency."""
    from django.db import transaction

    with transaction.atomic():
        audit.record(agency=world.activity.lead, actor=None, action="business.list", target=world.business)
