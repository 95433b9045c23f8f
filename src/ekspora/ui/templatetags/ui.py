"""Template tags and filters of the design system: ``{% load ui %}``."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ekspora.ui import formats
from ekspora.ui.charts import bars as bar_chart
from ekspora.ui.charts import provinces as province_chart
from ekspora.ui.icons import icon
from ekspora.ui.qr import qr_svg

register = template.Library()
register.simple_tag(icon)
register.simple_tag(formats.money, name="money")
register.simple_tag(formats.quantity, name="quantity")
register.filter("country", formats.country)
register.filter("initials", formats.initials)
register.filter("percent", formats.percent)
register.filter("number", formats.number)
register.filter("short_number", formats.short_number)
register.filter("said", formats.said)
register.filter("unit", formats.unit)


@register.filter
def in_zone(value: datetime, zone: tzinfo | str) -> datetime:
    """``{{ start|in_zone:activity.zone|clock }}``: the same instant on the clock of a place."""
    return formats.in_zone(value, zone)


@register.filter
def clock(value: datetime, zone: tzinfo | str | None = None) -> str:
    """``{{ start|clock:zone }}``: 09.25 or 09:25."""
    return formats.clock(_placed(value, zone))


@register.filter
def day(value: date, zone: tzinfo | str | None = None) -> str:
    """``{{ start|day:zone }}``: Senin, 14 Desember 2026."""
    return formats.day(_placed(value, zone) if isinstance(value, datetime) else value)


@register.filter
def plain_day(value: date, zone: tzinfo | str | None = None) -> str:
    """``{{ given_on|plain_day }}``: 14 Desember 2026, where the day of the week tells nothing."""
    return formats.day(_placed(value, zone) if isinstance(value, datetime) else value, weekday=False)


@register.filter
def moment(value: datetime, zone: tzinfo | str | None = None) -> str:
    """``{{ sent_at|moment:zone }}``: 14 Des 2026, 09.25 WIB."""
    return formats.moment(_placed(value, zone))


def _placed(value: datetime, zone: tzinfo | str | None) -> datetime:
    # Instants come from the database in UTC, which nobody reads; one already put in a zone stays.
    return formats.in_zone(value, zone) if zone or value.tzname() == "UTC" else value


@register.filter
def page_numbers(page: "Page[Any]") -> Iterator[int | str]:
    """Page numbers around the present one, with an ellipsis (as an empty text) where some are left out."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        yield number if isinstance(number, int) else ""


_TONES = {"success": "ok", "warning": "warn", "error": "stop"}
_TONE_ICONS = {"success": "check", "warning": "warning", "error": "warning"}


@register.filter
def tone(level: str) -> str:
    """The class of an alert for a level of Django's messages."""
    return _TONES.get(level, "")


@register.filter
def tone_icon(level: str) -> str:
    """The icon of an alert for a level of Django's messages."""
    return _TONE_ICONS.get(level, "info")


@register.simple_tag
def avatar(name: str, image: str = "", look: str = "") -> SafeString:
    """A small picture, or the initials when there is none; ``look="round"`` for people."""
    if image:
        return format_html(
            '<img class="thumb {}" src="{}" alt="" width="48" height="48" loading="lazy">', look, image
        )
    shade = crc32(name.encode()) % 4
    return format_html(
        '<span class="thumb {} tone{}" aria-hidden="true">{}</span>', look, shade, formats.initials(name)
    )


@register.inclusion_tag("ui/figure.html")
def figure(value: Any, label: str, url: str = "") -> dict[str, Any]:
    """A counted figure: it opens the records behind it."""
    return {"value": value, "label": label, "url": url}


@register.inclusion_tag("ui/reported.html")
def reported(
    wording: str, label: str, source: str, url: str = "", when: date | None = None
) -> dict[str, Any]:
    """A reported figure: a quotation in its own wording ("more than 400") with its source and date."""
    return {"wording": wording, "label": label, "source": source, "url": url, "when": when}


@register.inclusion_tag("ui/charts/bars.html")
def bars(lines: Sequence[bar_chart.Bar], caption: str) -> dict[str, Any]:
    """Horizontal bars (``ekspora.ui.charts.bars.Bar``); the caption says what is counted."""
    return {"lines": bar_chart.draw(lines), "caption": caption}


@register.inclusion_tag("ui/charts/provinces.html")
def province_map(values: Mapping[str, formats.Number], caption: str) -> dict[str, Any]:
    """A tile for each province by its two-digit code, with the numbers as a table below."""
    return {"map": province_chart.draw(values), "caption": caption}


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code of an address, as a picture inside the page."""
    drawing = b64encode(qr_svg(text)).decode("ascii")
    return format_html('<img class="qr" src="data:image/svg+xml;base64,{}" alt="{}">', drawing, label)
