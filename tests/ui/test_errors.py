"""Pages for when something is wrong stand without a request, a user or a database."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.ui.site import ERRORS


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_stand_alone_in_both_languages(name: str) -> None:
    shown = set()
    for language in ("id", "en"):
        with override(language):
            html = render_to_string(f"{name}.html")
        assert f'<html lang="{language}">' in html
        assert name[:3] in html
        shown.add(html)
    assert len(shown) == 2
