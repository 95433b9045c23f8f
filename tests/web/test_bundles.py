"""Many cards of one kind stand together; few stand alone."""

from ekspora.core.home import Card
from ekspora.web.bundles import ALONE, bundled


def test_more_than_a_few_of_one_kind_are_one_list() -> None:
    many = [Card(f"Usaha {n}", "", f"/{n}/", "Answer", n) for n in range(ALONE + 1)]
    few = [Card("Agenda", "", "/a/", "Open", 5), Card("Janji", "", "/b/", "Look", 9)]
    alone, bundles = bundled([few[0], *many, few[1]])
    assert alone == [few[1], few[0]]
    assert [(bundle.action, list(bundle.cards)) for bundle in bundles] == [("Answer", many)]


def test_a_few_of_one_kind_stay_cards() -> None:
    few = [Card(f"Usaha {n}", "", f"/{n}/", "Answer") for n in range(ALONE)]
    assert bundled(few) == (few, [])
