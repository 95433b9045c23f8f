"""Our own icons: line drawings on a grid of 24, drawn with the colour of the text around them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "calendar": "M4 6h16v14H4zM4 10.500h16M8.5 3.500v4M15.5 3.500v4M8 14h2M14 14h2M8 17h2",
    "clock": "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.500V12l3 2.5",
    "people": "M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M16 5"
    "a3.3 3.3 0 0 1 0 6.300M18 14.300c2 .8 3.2 2.7 3.5 5.7",
    "person": "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500c.5-4.5 3.4-6.5 7.5-6.500s7 2 7.5 6.5",
    "shop": "M4 10v10h16V10M3 9.5 5 4h14l2 5.500c0 1.5-1.2 2.5-2.6 2.500S16 11 16 9.500c0 1.5-1.8 2.5-4 2.5"
    "s-4-1-4-2.500C8 11 7 12 5.6 12S3 11 3 9.500zM9.5 20v-4.500h5V20",
    "flag": "M6 21V4M6 4.500c4-2 7 2 12 0v9c-5 2-8-2-12 0",
    "table": "M3.5 9.500h17M5 9.500V19M19 9.500V19M8 6.500V5h8v1.500M3.5 6.500h17v3h-17z",
    "grid": "M4 4.500h16v15H4zM4 9.500h16M4 14.500h16M10 4.500v15",
    "box": "M4 8 12 4l8 4v8.500L12 20.5 4 16.500zM4 8l8 4 8-4M12 12v8.5",
    "check": "m4.5 12.5 5 5 10-11",
    "cross": "m6 6 12 12M18 6 6 18",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "star": "m12 3.8 2.5 5.3 5.7.8-4.1 4.1 1 5.8-5.1-2.8-5.1 2.8 1-5.800L3.8 9.900l5.7-.8z",
    "heart": "M12 20C6 15.5 3.5 12.5 3.5 9a4.3 4.3 0 0 1 8.5-1.200A4.3 4.3 0 0 1 20.5 9c0 3.5-2.5 6.5-8.5 11z",
    "phone": "M7.5 3.500h9v17h-9zM11 17.800h2",
    "chat": "M4 5h16v11.500H11L6.5 20v-3.500H4z",
    "mail": "M3.5 5.500h17v13h-17zM4 6.500l8 6.5 8-6.5",
    "send": "M20.5 4 3.5 11l6.5 3 3 6.500zM10 14l4-4",
    "pdf": "M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12.500h6M9 16h6",
    "sheet": "M5 3.500h14v17H5zM5 9h14M5 14.500h14M11 9v11.5",
    "image": "M4 5h16v14H4zM4 16l5-4.5 4 3.5 2.5-2 4.5 4M15.5 9.200h.2",
    "download": "M12 4v11M7.5 11l4.5 4.500L16.5 11M4.5 20h15",
    "upload": "M12 16V5M7.5 9 12 4.5 16.5 9M4.5 20h15",
    "printer": "M7 8.500V4h10v4.500M7 17H4V8.500h16V17h-3M7 14h10v6.500H7z",
    "lock": "M6 10.500h12v9.500H6zM8.5 10.500V8a3.5 3.5 0 0 1 7 0v2.500M12 14v2.5",
    "unlock": "M6 10.500h12v9.500H6zM8.5 10.500V8a3.5 3.5 0 0 1 6.7-1.400M12 14v2.5",
    "key": "M8 18.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 12l8-8M16 7l2.5 2.500M13.5 9.500l1.5 1.5",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1",
    "warning": "M12 4.5 21 20H3zM12 10.500v4.500M12 17.400v.2",
    "info": "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.500M12 7.600v.2",
    "question": "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.5 9.800c.2-3.3 5.3-3.2 5.2 0 0 2-2.7 2-2.7 4M12 16.800v.2",
    "arrow": "M4.5 12h15M13.5 6l6 6-6 6",
    "left": "m14.5 6-6 6 6 6",
    "right": "m9.5 6 6 6-6 6",
    "down": "m6 9.5 6 6 6-6",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.500l5 5",
    "filter": "M4 5.500h16L14 13v6l-4-2v-4z",
    "edit": "M4.5 19.5 5.5 15 16 4.500l3.5 3.500L9 18.500zM13.5 7l3.5 3.5",
    "trash": "M4.5 6.500h15M9 6.500V4h6v2.500M6.5 6.5 7.5 20h9l1-13.500M10 10.500v6M14 10.500v6",
    "undo": "M4.5 9.500h9.500a5.5 5.5 0 0 1 0 11H9M8.5 5.500l-4 4 4 4",
    "swap": "M4 8.500h15M15 4.500l4 4-4 4M20 16H5M9 12l-4 4 4 4",
    "refresh": "M19.5 12a7.5 7.5 0 1 1-2.3-5.400M19.5 3.500v4.500H15",
    "home": "M4 11.5 12 4.500l8 7M6 10v10h12V10M10 20v-5.500h4V20",
    "globe": "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.500c-5 5-5 12 0 17M12 3.500c5 5 5 12 0 17",
    "pin": "M12 21c-4-4.5-6.5-7.5-6.5-11a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11zM12 12.300a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.600z",
    "qr": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.5 17.500H20V20h-2.500zM20 14v.1M14 20v.1",
    "badge": "M6 6.500h12v14H6zM10 6.500v-3h4v3M12 13.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.8 18c.3-2 1.5-3 3.2-3s2.9 1 3.2 3",
    "chart": "M4.5 4v16h15.500M9 16.500v-5M13 16.500V7.500M17 16.500v-7",
    "leaf": "M5 19c0-9 4-14 15-14 0 11-5 15-12.5 14.500M5 19c2-5 5-7.5 9-9",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "more": "M5.5 12v.1M12 12v.1M18.5 12v.1",
    "sign-out": "M13.5 4.500H5v15h8.500M10 12h10.500M16.5 8l4 4-4 4",
    "kawung": "M11 11C6.5 11 3.7 8.5 4 4c4.5-.3 7 2.5 7 7zM13 11c0-4.5 2.5-7.3 7-7 .3 4.5-2.5 7-7 7zM11 13"
    "c0 4.5-2.5 7.3-7 7-.3-4.5 2.5-7 7-7zM13 13c4.5 0 7.3 2.5 7 7-4.5.3-7-2.5-7-7z",
}


def icon(name: str, label: str = "") -> SafeString:
    """The drawing called ``name``; hidden from screen readers unless it carries a ``label``.

    Raises KeyError for a name that was never drawn.
    """
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')  # noqa: S308
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" {}><path d="{}"/></svg>',
        spoken,
        _PATHS[name],
    )


NAMES = tuple(_PATHS)
