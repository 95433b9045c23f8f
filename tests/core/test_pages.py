"""Every page: headers, language, caching, faults in words, and what never reaches a log line."""

import io
import logging
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from ekspora.core.logs import Discreet
from ekspora.core.models import Person
from tests.world import World


def _stumble(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rina@example.org at /l/abc123/")


def _quote(request: HttpRequest) -> HttpResponse:
    return HttpResponse(int(request.GET["text"]))


urlpatterns = [path("stumble/", _stumble), path("quote/", _quote), path("", include("ekspora.urls"))]


def test_no_page_allows_inline_scripts_or_frames(db: None, client: Client) -> None:
    for address in (reverse("home"), "/nothing-here/", "/l/unknown/"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_personal_pages_are_not_kept_and_visitors_pages_vary(world: World, sign_in: Any) -> None:
    visitor = Client().get(reverse("home"))
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in visitor["Vary"].split(",")}
    assert sign_in(world, "owner").get(reverse("home"))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("accepted", "cookie", "expected"),
    [
        ("", "", "id"),
        ("en-GB,en;q=0.9,id;q=0.5", "", "en"),
        ("fr;q=0.9, id;q=0.4, en;q=0.2", "", "id"),
        ("fr", "", "id"),
        ("en", "id", "id"),
        ("id", "en", "en"),
        ("en", "xx", "en"),
    ],
)
def test_a_visitors_language(db: None, client: Client, accepted: str, cookie: str, expected: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get(reverse("home"), headers={"accept-language": accepted})
    assert response["Content-Language"] == expected
    assert f'<html lang="{expected}">' in response.content.decode()


def test_a_persons_language_goes_with_them(world: World, sign_in: Any) -> None:
    client = sign_in(world, "owner")
    client.cookies["django_language"] = "en"  # somebody else's choice on a shared phone
    assert client.get(reverse("home"))["Content-Language"] == "id"
    client.post(reverse("set_language"), {"language": "en", "next": reverse("mfa_index")})
    assert Person.objects.get(pk=world.people["owner"].pk).language == "en"
    assert client.get(reverse("home"))["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("back", "expected"),
    [("/trail/", "/trail/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_choosing_a_language_goes_back_here_only(db: None, client: Client, back: str, expected: str) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": back})
    assert response["Location"] == expected
    assert client.cookies["django_language"].value == "en"


def test_an_unknown_language_is_not_remembered(db: None, client: Client) -> None:
    client.post(reverse("set_language"), {"language": "xx"})
    assert "django_language" not in client.cookies
    assert client.get(reverse("set_language")).status_code == 405


@override_settings(ROOT_URLCONF="tests.core.test_pages")
def test_faults_are_pages_in_words_without_what_went_wrong(db: None) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answers = {
        404: client.get("/nothing-here/"),
        500: client.get("/stumble/"),
        403: client.post(reverse("set_language"), {"language": "en"}),
        400: client.get("/", headers={"host": "evil.example"}),
    }
    for status, response in answers.items():
        page = response.content.decode()
        assert response.status_code == status
        assert "<h1>" in page
        assert "rina" not in page
        assert "Traceback" not in page


@pytest.mark.parametrize(
    ("line", "kept", "gone"),
    [
        ("Not Found: /l/Abc-_123/", "Not Found: /l/", "Abc-_123"),
        ("Gone: /calendar/Zyx987.ics", "Gone: /calendar/", "Zyx987"),
        ("Key (email)=(rina@dinas.go.id) already exists.", "already exists", "rina"),
        ("reached +628123456789 twice", "twice", "8123456789"),
        ("Key (name, phone)=(Rina Marlina (Ibu), 0812) already exists.", "already exists", "Rina"),
        ("boom\nDETAIL:  Failing row contains (1, Rina Marlina, null).", "DETAIL:", "Rina"),
        ("NIK 3273014505800002 seen", "NIK ", "327301"),
        ("called 0812-3456-7890 twice", "called … twice", "3456"),
        ("called +62 (0) 812 3456 7890 twice", "called … twice", "3456"),
        ("NPWP 01.234.567.8-901.000 seen", "NPWP … seen", "567"),
        ("hp_081277665544.csv", "hp_", "77665544"),
        ("2027-03-10 18:05:22 began", "2027-03-10 18:05:22 began", "nothing"),
        ("job 17 (outbox.send) failed at 18:05", "job 17 (outbox.send) failed at 18:05", "nothing"),
    ],
)
def test_log_lines_name_nobody(line: str, kept: str, gone: str) -> None:
    told = Discreet().format(logging.LogRecord("x", logging.ERROR, "", 0, line, (), None))
    assert kept in told
    assert gone not in told


@override_settings(ROOT_URLCONF="tests.core.test_pages")
def test_a_traceback_in_the_log_names_nobody(db: None) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client(raise_request_exception=False).get("/stumble/")
    finally:
        logger.removeHandler(handler)
    told = stream.getvalue()
    assert "RuntimeError" in told
    assert "rina" not in told
    assert "abc123" not in told


def _logged(address: str, client: Client) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        client.get(address)
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/cari/Rina Marlina/081277665544/", "Not Found: /…"),
        ("/cari/Rina%C3%A9/", "Not Found: /…"),
        ("/businesses/999999/", "Not Found: /businesses/999999/"),
        ("/nothing-here/Rina", "Not Found: /…"),
    ],
)
def test_an_address_somebody_typed_is_not_kept(world: World, sign_in: Any, address: str, told: str) -> None:
    line = _logged(address, sign_in(world, "lead_officer"))
    assert line.strip() == told


@override_settings(ROOT_URLCONF="tests.core.test_pages")
def test_what_an_exception_quotes_is_not_kept(db: None) -> None:
    told = _logged("/quote/?text=Rina%20Marlina", Client(raise_request_exception=False))
    assert "ValueError: invalid literal for int() with base 10: '…'" in told
    assert "Rina" not in told


def test_the_log_of_this_installation_is_discreet(settings: Any) -> None:
    handler = settings.LOGGING["handlers"][settings.LOGGING["root"]["handlers"][0]]
    assert settings.LOGGING["formatters"][handler["formatter"]]["()"] == "ekspora.core.logs.Discreet"


def test_health_says_only_whether_it_is_well(db: None, client: Client) -> None:
    response = client.get(reverse("health"))
    assert (response.status_code, response.json()) == (200, {"database": True})
