"""Every action, record and detail that is written into the trail has words for people, and no action and no record
has words that nobody writes."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard, get_args, get_type_hints

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

import ekspora
from ekspora.core.trail import columns, details, labels, records
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


# Records that a function names by a word of its own: by module and what it writes ``target=``.
NAMED = {
    "core.services.sign_in": {"user": "core.account"},
    "core.services.papers": {"row": "core.paper"},
    "deals.services.forwards": {"link": "core.accesslink"},
    "demand.services.contacts": {"mine": "demand.contactagreement"},
    "directory.services.businesses": {"business": "directory.business"},
    "directory.services.claims": {"row": "directory.claim"},
    "directory.services.doubles": {"double.one": "directory.business"},
    "directory.services.merging": {"merger.kept": "directory.business"},
    "directory.services.registrations": {"row": "directory.registration"},
    "directory.services.taking_back": {"row": "directory.consent"},
    "programmes.services.attendance": {"row": "programmes.participation"},
    "results.services.reports": {"target": "results.report results.reportedfigure"},
}
Call = ast.Call


def module_of(path: Path) -> ModuleType:
    """The module of a source file."""
    parts = path.relative_to(Path(ekspora.__file__).parent.parent).with_suffix("").parts
    return importlib.import_module(".".join(part for part in parts if part != "__init__"))


def calls() -> Iterator[tuple[ModuleType, Function, Call]]:
    """Every writing of an entry, with the function around it."""
    for path in SOURCES:
        if "services" in str(path):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
                for node in ast.walk(function):
                    if isinstance(node, Call) and ast.unparse(node.func) == "audit.record":
                        yield module_of(path), function, node


def kinds_of(module: ModuleType, function: Function, target: ast.expr) -> set[str]:
    """The kinds of record an expression is of: as the test names it, its parameter is annotated, or it was made."""
    name, short = ast.unparse(target), module.__name__.removeprefix("ekspora.")
    if name in NAMED.get(short, {}):
        return set(NAMED[short][name].split())
    hint: Any = get_type_hints(getattr(module, function.name)).get(name)
    found = [
        one for one in (hint, *get_args(hint)) if isinstance(one, type) and issubclass(one, models.Model)
    ]
    if not found:
        made = [
            ast.unparse(node)
            for node in ast.walk(function)
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.NamedExpr)
            and re.match(rf"(for )?\(?[\w, ]*\b{name}\b", ast.unparse(node))
        ]
        words = {word for line in made for word in re.findall(r"\b[A-Z]\w+", line)}
        hints = [get_type_hints(f) for line in made for f in _called(module, line)]
        found = [one for word in words if _is_model(one := getattr(module, word, None))]
        found += [one for hint in hints if _is_model(one := hint.get("return"))]
    assert found, f"name the record of {short}.{function.name}: {name}"
    return {one._meta.label_lower for one in found}


def _called(module: ModuleType, line: str) -> Iterator[Any]:
    yield from filter(
        callable, (getattr(module, word, None) for word in re.findall(r"\b_?[a-z]\w+(?=\()", line))
    )


def _is_model(found: object) -> TypeGuard[type[models.Model]]:
    return isinstance(found, type) and issubclass(found, models.Model)


def test_every_record_has_words_in_both_languages() -> None:
    written: set[str] = set()
    for module, function, call in calls():
        target = next(keyword.value for keyword in call.keywords if keyword.arg == "target")
        written |= kinds_of(module, function, target)
    assert written == set(records)
    assert not {kind for kind, words in records.items() if not _both(words)}


def _both(words: Any) -> bool:
    """Whether a text is another one in Indonesian; a few words are the same in both."""
    with override("id"):
        indonesian = str(words)
    with override("en"):
        return isinstance(words, Promise) and (str(words) != indonesian or indonesian in ("program", "NIB"))


def keys() -> Iterator[tuple[ModuleType, set[str]]]:
    """The words of details by module: in what is called ``details``, told by ``_about`` or handed to a ``_record``."""
    for path in (path for path in SOURCES if "services" in str(path)):
        text = path.read_text(encoding="utf-8")
        if "audit.record(" in text:
            yield module_of(path), {key for node in ast.walk(ast.parse(text)) for key in _keys(node)}


def _keys(node: ast.AST) -> Iterator[str]:
    told: list[ast.AST] = []
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if ast.unparse(target).startswith("details") and node.value is not None:
            told = [node.value]
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                yield str(target.slice.value)
    elif isinstance(node, Function) and node.name == "_about":
        told = [node]
    elif isinstance(node, Call) and ast.unparse(node.func) in ("_record", "_noted"):
        told = list(node.args)
        yield from (keyword.arg for keyword in node.keywords if keyword.arg)
    elif isinstance(node, Call) and ast.unparse(node.func) == "audit.record":
        told = [keyword.value for keyword in node.keywords if keyword.arg == "details"]
    for one in told:
        for part in ast.walk(one):
            if isinstance(part, ast.Dict):
                yield from (str(key.value) for key in part.keys if isinstance(key, ast.Constant))


def test_every_detail_has_words_in_both_languages() -> None:
    written: dict[ModuleType, set[str]] = {}
    for module, function, call in calls():
        target = next(keyword.value for keyword in call.keywords if keyword.arg == "target")
        written.setdefault(module, set()).update(kinds_of(module, function, target))
    more = {name for fields in columns.values() for name in _named(fields.values())}
    found: set[str] = set()
    for module, told in keys():
        found |= told
        fields = {
            name for kind in written[module] for name in _named(apps.get_model(kind)._meta.concrete_fields)
        }
        assert not told - fields - more - set(details), module.__name__
    assert {"businesses", "until", "substitute", "note", "nib_from", "photo"} <= found
    assert not {key for key, words in details.items() if not _both(words)}


def _named(fields: Iterable["models.Field[Any, Any]"]) -> Iterator[str]:
    """Those fields that somebody gave a name for people."""
    return (field.name for field in fields if isinstance(field.verbose_name, Promise))
