"""The check of the tours has eyes: what is wrong on the other screen only is found too."""

import pytest
from django.urls import reverse

from tests.browser.tours import Visit, begin

pytestmark = pytest.mark.django_db(transaction=True)
RULE = "(rule) => { const sheet = document.styleSheets[0]; sheet.insertRule(rule, sheet.cssRules.length) }"
DIM = "@media (prefers-color-scheme: dark) { .card > p { color: #333 !important } }"


@pytest.mark.parametrize(
    ("language", "rule", "fault"),
    [
        ("en", "@media (max-width: 400px) { main { min-width: 700px !important } }", "wider than the screen"),
        (
            "id",
            "@media (min-width: 1000px) { main { min-width: 1900px !important } }",
            "wider than the screen",
        ),
        ("id", DIM, "color-contrast"),
    ],
    ids=["phone", "desk", "dark"],
)
def test_a_fault_on_the_other_screen_is_found(
    visit: Visit, transactional_db: None, language: str, rule: str, fault: str
) -> None:
    visitor = begin(visit, language)
    visitor.go(reverse("account_login"))
    visitor.look("whole")
    visitor.page.evaluate(RULE, rule)
    with pytest.raises(AssertionError, match=fault):
        visitor.look("broken")
