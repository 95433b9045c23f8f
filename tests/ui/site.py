"""Serves the gallery as files, with the style sheets beside it and the product's content security policy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import django_htmx
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation

import ekspora.ui
from ekspora.core.middleware import POLICY
from tests.ui import pages

ERRORS = ("400", "403", "403_csrf", "404", "429", "500")
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def build(folder: Path, language: str = "id") -> None:
    """Write every page of the gallery and what it links to."""
    for package in (ekspora.ui, django_htmx):
        static = Path(package.__file__ or "").parent / "static"
        shutil.copytree(static, folder / "static", dirs_exist_ok=True)
    with override_settings(ROOT_URLCONF="tests.ui.urls", STORAGES=PLAIN), translation.override(language):
        for name in pages.PAGES:
            (folder / f"{name}.html").write_text(pages.render(name), "utf-8")
        job = {"text": "Jadwal selesai", "percent": 100, "running": False}
        (folder / "job.html").write_text(render_to_string("ui/job.html", job), "utf-8")
        for name in ERRORS:
            (folder / f"{name}.html").write_text(render_to_string(f"{name}.html"), "utf-8")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which the folder can be opened."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
