"""Every action that is written into the trail has words for people, and no words are left without an action."""

import ast
from collections.abc import Iterator
from pathlib import Path

import ekspora
from ekspora.core.trail import labels
from ekspora.programmes.models import AttendanceMark, Participation

SOURCES = sorted(
    path
    for path in Path(ekspora.__file__).parent.rglob("*.py")
    if path.parts[-2] not in ("cli", "migrations")
)
# What stands in a literal such as f"participation.{answer}".
FILLED = {
    "participation.{answer}": {"participation.accepted", "participation.declined"},
    "attendance.{tap.kind}": {f"attendance.{kind}" for kind in AttendanceMark.Kind.values},
}
# Not of the trail: rate limits of sign-in.
OTHERS = {"link", "login", "unknown_link"}

Function = ast.FunctionDef


def literals(node: ast.expr) -> set[str] | None:
    """The actions an expression can be; None where it is a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        found = [literals(node.body), literals(node.orelse)]
        return set.union(*(one or set() for one in found))
    if isinstance(node, ast.JoinedStr):
        return FILLED[ast.unparse(node)[2:-1]]
    return None


def actions(tree: ast.Module) -> Iterator[str]:
    """Actions given by keyword, assigned before, or given to a function of the module as its ``action``."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, Function)}
    places = {
        name: [a.arg for a in f.args.args].index("action") for name, f in functions.items() if _takes(f)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "action":
                    found = literals(keyword.value)
                    assert found is not None or ast.unparse(keyword.value) == "action", ast.unparse(node)
                    yield from found or ()
            place = places.get(node.func.id) if isinstance(node.func, ast.Name) else None
            if place is not None and len(node.args) > place:
                found = literals(node.args[place])
                assert found is not None or ast.unparse(node.args[place]) == "action", ast.unparse(node)
                yield from found or ()
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "action":
            found = literals(node.value)
            assert found is not None, ast.unparse(node)
            yield from found


def _takes(function: Function) -> bool:
    return "action" in [argument.arg for argument in function.args.args]


def written() -> set[str]:
    """Every action in the source."""
    services = [path for path in SOURCES if "services" in str(path)]
    found = {name for path in services for name in actions(ast.parse(path.read_text(encoding="utf-8")))}
    return found - OTHERS


def test_every_action_has_words_and_every_word_an_action() -> None:
    assert len(written()) > 50
    assert written() == set(labels)


def test_an_answer_is_yes_or_no() -> None:
    answers = {f"participation.{answer}" for answer in Participation.Answer.values}
    assert FILLED["participation.{answer}"] < answers


def test_the_trail_is_written_by_services_only() -> None:
    outside = [path for path in SOURCES if "services" not in str(path)]
    assert not [path for path in outside if "audit.record(" in path.read_text(encoding="utf-8")]
