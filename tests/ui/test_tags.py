"""Template tags and the partials of the base pages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from ekspora.ui.context import NavItem, page
from ekspora.ui.icons import PATHS, icon

INSTANT = datetime(2026, 12, 14, 2, 25, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.ui.urls"), override("id"):
        yield


def show(source: str, **context: Any) -> str:
    """A template's text with the tags of the design system loaded."""
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(context, RequestFactory().get("/list?q=kopi&page=2")).replace("\u00a0", " ")


def test_formats_as_tags() -> None:
    assert show('{% money 50000 "IDR" %} {% quantity 2 "t" %} {{ "fj"|country }}') == "Rp 50.000 2 t Fiji"
    assert show('{{ t|clock:"Asia/Jakarta" }} {{ t|moment:"Asia/Jayapura" }}', t=INSTANT) == (
        "09.25 14 Des 2026, 11.25 WIT"
    )
    assert show('{{ t|in_zone:"Asia/Makassar"|clock }}', t=INSTANT) == "10.25"
    assert show('{{ t|day:"Asia/Jakarta" }}', t=INSTANT) == "Senin, 14 Desember 2026"


def test_an_instant_without_a_zone_is_shown_on_the_clock_of_the_installation() -> None:
    assert show("{{ t|clock }} {{ t|day }} {{ t|moment }}", t=datetime(2026, 12, 14, 18, tzinfo=UTC)) == (
        "01.00 Selasa, 15 Desember 2026 15 Des 2026, 01.00 WIB"
    )


def test_icons_are_silent_unless_they_stand_alone() -> None:
    assert 'aria-hidden="true"' in icon("lock")
    assert 'role="img" aria-label="dikunci &lt;b&gt;"' in icon("lock", "dikunci <b>")
    with pytest.raises(KeyError):
        icon("unknown")


def test_every_drawing_is_a_path_inside_its_grid() -> None:
    for name, path in PATHS.items():
        assert path[0] in "Mm", name
        assert set(path) <= set("MmLlHhVvCcSsAaZz0123456789.- "), name


def test_an_avatar_falls_back_to_initials_and_escapes() -> None:
    assert ">KL</span>" in show('{% avatar "Kopi Lestari" %}')
    shown = show("{% avatar name url %}", name="x", url='"><script>')
    assert "<script>" not in shown
    assert 'loading="lazy"' in shown


def test_counted_opens_its_records_and_reported_its_source() -> None:
    counted = show('{% figure 231 "temu" "/meetings" %}')
    reported = show(
        '{% reported "lebih dari 40" "hadir" "Laporan" "/source" when %}', when=date(2026, 12, 20)
    )
    assert 'href="/meetings">231</a>' in counted
    assert "reported" not in counted
    assert "figure reported" in reported
    assert "lebih dari 40" in reported
    assert "Minggu, 20 Desember 2026" in reported


def test_pages_keep_the_search_and_write_plain_numbers() -> None:
    pages = Paginator(range(40_000), 20)
    shown = show('{% include "ui/pagination.html" %}', page=pages.page(1500))
    assert 'href="?q=kopi&amp;page=1499"' in shown
    assert 'aria-current="page">1.500<' in shown
    assert show('{% include "ui/pagination.html" %}', page=Paginator([1], 20).page(1)).strip() == ""


def test_a_finished_job_asks_no_more() -> None:
    running = show('{% include "ui/job.html" with running=True url="/j" percent=40 text="…" %}')
    done = show('{% include "ui/job.html" with running=False url="/j" percent=100 text="…" %}')
    assert 'hx-get="/j"' in running
    assert 'value="40"' in running
    assert "hx-get" not in done
    assert "value=" not in show('{% include "ui/job.html" with running=True text="…" %}')


def test_the_context_holds_the_navigation_of_the_view() -> None:
    request = RequestFactory().get("/a?b=c")
    assert page(request)["here"] == "/a?b=c"
    assert not page(request)["nav"]
    request.nav = [NavItem("Jadwal", "/t", True)]  # type: ignore[attr-defined]
    assert '<a href="/t" aria-current="page">Jadwal</a>' in engines["django"].from_string(
        '{% include "ui/nav.html" %}'
    ).render({}, request)


def test_language_switch_posts_and_comes_back() -> None:
    shown = show('{% include "ui/foot.html" %}')
    assert 'method="post" action="/language/setlang/"' in shown
    assert 'name="next" value="/list?q=kopi&amp;page=2"' in shown
    assert 'value="id" lang="id" aria-current="true"' in shown
