"""Our own icons: line drawings on a grid of 24, in the colour of the text around them.

``icons.txt`` holds one drawing a line: its name and the path of an SVG.
"""

from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: dict[str, str] = dict(
    line.split(" ", 1) for line in Path(__file__).with_name("icons.txt").read_text("ascii").splitlines()
)


def icon(name: str, label: str = "") -> SafeString:
    """The drawing called ``name``; hidden from screen readers unless it carries a ``label``.

    Raises KeyError for a name that was never drawn.
    """
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" {}><path d="{}"/></svg>',
        spoken,
        PATHS[name],
    )
