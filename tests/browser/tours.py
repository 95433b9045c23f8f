"""What the tours have in common: the screens a page is looked at on, arriving by a link, walking from page to page."""

from collections.abc import Callable, Sequence

import pytest
from django.urls import reverse

from ekspora.core.models import Person
from tests.browser import story
from tests.browser.conftest import Screens, Visitor
from tests.world import World

Visit = Callable[..., Visitor]
# A tour is walked once in each language, on a phone in one and at a desk in the other; each page is looked at on
# both, so that there are four states of it: two languages, two widths, light and dark.
SCREENS = {"id": ((360, "light"), (1280, "dark")), "en": ((1280, "light"), (360, "dark"))}
PHONE = ((360, "light"),)
languages = pytest.mark.parametrize("language", SCREENS)


def begin(visit: Visit, language: str) -> Visitor:
    """Somebody on a tour. Colours do not know the language: one of the tours measures them in both schemes."""
    return visit(language=language, screens=SCREENS[language], colours=language == "id")


def arrive(
    visit: Visit, world: World, actor: str, language: str, *, screens: Screens = (), name: str = "",
    everywhere: bool = False,
) -> Visitor:  # fmt: skip
    """Open the personal link as the actor does and press its button; looked at when ``name`` is given."""
    Person.objects.filter(pk=world.people[actor].pk).update(language=language)
    visitor = visit(language=language, screens=screens) if screens else begin(visit, language)
    visitor.go(story.link(world, actor, everywhere=everywhere or actor.endswith("officer")))
    if name:
        visitor.look(name)
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_load_state()
    return visitor


def walk(visitor: Visitor, who: str, *stops: tuple[str, Sequence[object]]) -> None:
    """Look at one page after the other: names of addresses with their arguments."""
    for name, arguments in stops:
        visitor.go(reverse(name, args=arguments))
        visitor.look(f"{name}-{who}")
