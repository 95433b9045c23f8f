"""Reading the knowledge of markets: every file is whole, or an error names the file, the line and the remedy."""

from collections.abc import Hashable, Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ekspora.readiness.facts import Ask, Checklist, Confidence, Fact, Goods, Papers, Source, Text, Who

KNOWLEDGE = Path(__file__).with_name("knowledge")
LANGUAGES = ("id", "en")
_LINE = "__line__"
_OF_FILE = frozenset({"country", "reviewer", "as_of", "review_by", "facts", _LINE})
_OF_LIST = frozenset({"papers", "source", "reviewer", "as_of", "review_by", _LINE})
_OF_FACT = frozenset({
    "id", "goods", "who", "asks", "title", "text", "source", "confidence", "changes_often", "as_of", "review_by",
    "reviewer", _LINE,
})  # fmt: skip
E = TypeVar("E", bound=StrEnum)


class KnowledgeError(ValueError):
    """A file that cannot be used: ``file:line: what is wrong``."""


class _Loader(yaml.SafeLoader):
    """Notes in each mapping the line on which it begins; the same key twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _value in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return super().construct_mapping(node, deep=True) | {_LINE: node.start_mark.line + 1}


class _File:
    """One file and the mapping in it; every complaint names it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.content: Any = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  # a SafeLoader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", "not readable as YAML")
            raise self.wrong(mark.line + 1 if mark else 1, f"{problem}") from None
        if not isinstance(self.content, dict):
            raise self.wrong(1, "a mapping is expected")

    def wrong(self, line: int, what: str) -> KnowledgeError:
        return KnowledgeError(f"{self.path.name}:{line}: {what}")

    def entries(self) -> Iterable[tuple[str, dict[str, Any]]]:
        for name, value in self.content.items():
            if name != _LINE:
                if not isinstance(value, dict):
                    raise self.wrong(self.content[_LINE], f"{name}: a mapping is expected")
                yield str(name), value

    def text(self, where: dict[str, Any], name: str) -> Text:
        """A text in both languages."""
        found = where.get(name)
        if not isinstance(found, dict) or set(found) != {*LANGUAGES, _LINE}:
            raise self.wrong(where[_LINE], f"{name}: texts in id and en are expected")
        for language in LANGUAGES:
            if not isinstance(found[language], str) or not found[language].strip():
                raise self.wrong(found[_LINE], f"{name}: the text in {language} is empty")
        return {language: found[language].strip() for language in LANGUAGES}

    def strings(self, where: dict[str, Any], name: str) -> tuple[str, ...]:
        """A list of strings; a code that was not quoted is none."""
        found = where.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(
                where[_LINE], f"{name}: a list of strings is expected; quote codes such as “0901”"
            )
        return tuple(found)

    def day(self, where: dict[str, Any], name: str) -> date:
        found = where.get(name, self.content.get(name))
        if not isinstance(found, date):
            raise self.wrong(where[_LINE], f"{name}: a date such as 2026-11-21 is expected")
        return found

    def choice(self, where: dict[str, Any], name: str, value: Any, of: type[E]) -> E:
        try:
            return of(value)
        except ValueError:
            allowed = ", ".join(of)
            raise self.wrong(where[_LINE], f"{name}: “{value}” is none of {allowed}") from None

    def only(self, where: dict[str, Any], allowed: frozenset[str]) -> None:
        for name in where.keys() - allowed:
            raise self.wrong(where[_LINE], f"{name}: there is no such field")


def read_goods(path: Path) -> dict[str, Goods]:
    """The groups of goods by name."""
    file = _File(path)
    found = {}
    for name, entry in file.entries():
        codes = file.strings(entry, "hs")
        for code in codes:
            if not code.isdecimal() or not 2 <= len(code) <= 8:
                raise file.wrong(entry[_LINE], f"hs: “{code}” is no beginning of an HS code (2 to 8 digits)")
        found[name] = Goods(name, codes, file.strings(entry, "sectors"))
    return found


def read_sources(path: Path) -> dict[str, Source]:
    """The sources by code."""
    file = _File(path)
    return {
        code: Source(code, file.text(entry, "title"), str(entry.get("where", "")))
        for code, entry in file.entries()
    }


def read_papers(path: Path, sources: dict[str, Source]) -> Checklist:
    """What has to be held at home, by what is made."""
    file = _File(path)
    head = file.content
    file.only(head, _OF_LIST)
    rows = head.get("papers")
    if not isinstance(rows, dict):
        raise file.wrong(head[_LINE], "papers: a mapping by trade is expected")
    found = tuple(_papers(file, trade, row) for trade, row in rows.items() if trade != _LINE)
    return Checklist(papers=found, **_known(file, head, sources))


def _papers(file: _File, trade: str, row: dict[str, Any]) -> Papers:
    file.only(row, frozenset({"held", "tells", _LINE}))
    kinds = row.get("held")
    if not isinstance(kinds, list) or not all(isinstance(one, list) and one for one in kinds):
        raise file.wrong(row[_LINE], "held: a list for each paper is expected")
    tells = tuple(file.choice(row, "tells", one, Ask) for one in file.strings(row, "tells"))
    return Papers(trade, tuple(tuple(map(str, one)) for one in kinds), tells)


def read_market(path: Path, goods: dict[str, Goods], sources: dict[str, Source]) -> list[Fact]:
    """The facts of one file. Raises KnowledgeError for the first thing that is wrong."""
    file = _File(path)
    head = file.content
    file.only(head, _OF_FILE)
    country = head.get("country", "")
    if not isinstance(country, str) or (country and country != path.stem):
        raise file.wrong(head[_LINE], "country: the ISO code in quotes, as the file is named, is expected")
    rows = head.get("facts")
    if not isinstance(rows, list) or not rows:
        raise file.wrong(head[_LINE], "facts: a list is expected")
    for row in rows:
        if not isinstance(row, dict):
            raise file.wrong(head[_LINE], "facts: each is a mapping")
    found = [_fact(file, row, country, goods, sources) for row in rows]
    codes = [fact.code for fact in found]
    for code, row in zip(codes, rows, strict=True):
        if codes.count(code) > 1:
            raise file.wrong(row[_LINE], f"id: {code} stands twice")
    return found


def _fact(
    file: _File, row: dict[str, Any], country: str, goods: dict[str, Goods], sources: dict[str, Source]
) -> Fact:
    file.only(row, _OF_FACT)
    code = row.get("id")
    if not isinstance(code, str) or not code.startswith(f"{country or 'G'}-"):
        raise file.wrong(row[_LINE], f"id: a name that begins with {country or 'G'}- is expected")
    who = file.strings(row, "who")
    if not who:
        raise file.wrong(row[_LINE], "who: at least one is expected")
    return Fact(
        code=code, country=country, goods=_goods(file, row, goods),
        who=tuple(file.choice(row, "who", one, Who) for one in who),
        asks=tuple(file.choice(row, "asks", one, Ask) for one in file.strings(row, "asks")),
        title=file.text(row, "title"), text=file.text(row, "text"),
        confidence=file.choice(row, "confidence", row.get("confidence"), Confidence),
        changes_often=row.get("changes_often") is True, **_known(file, row, sources),
    )  # fmt: skip


def _known(file: _File, row: dict[str, Any], sources: dict[str, Source]) -> dict[str, Any]:
    """Where a row, or the whole file, is known from and until when it holds."""
    if row.get("source") not in sources:
        raise file.wrong(row[_LINE], f"source: “{row.get('source')}” is not in sources.yaml")
    as_of, review_by = file.day(row, "as_of"), file.day(row, "review_by")
    if review_by <= as_of:
        raise file.wrong(row[_LINE], "review_by: a day after as_of is expected")
    reviewer = file.text(row if "reviewer" in row else file.content, "reviewer")
    return {"source": sources[row["source"]], "as_of": as_of, "review_by": review_by, "reviewer": reviewer}


def _goods(file: _File, row: dict[str, Any], goods: dict[str, Goods]) -> tuple[Goods, ...]:
    if row.get("goods") == "all":
        return ()
    names = file.strings(row, "goods")
    if not names:
        raise file.wrong(row[_LINE], "goods: names from goods.yaml, or all, are expected")
    for name in names:
        if name not in goods:
            raise file.wrong(row[_LINE], f"goods: “{name}” is not in goods.yaml")
    return tuple(goods[name] for name in names)


@lru_cache(maxsize=1)
def everything() -> dict[str, tuple[Fact, ...]]:
    """All facts by country; under the empty code those of every country."""
    goods, sources = read_goods(KNOWLEDGE / "goods.yaml"), read_sources(KNOWLEDGE / "sources.yaml")
    files = [KNOWLEDGE / "everywhere.yaml", *sorted((KNOWLEDGE / "markets").glob("*.yaml"))]
    found = [read_market(path, goods, sources) for path in files]
    return {facts[0].country: tuple(facts) for facts in found}


@lru_cache(maxsize=1)
def checklist() -> Checklist:
    """The papers that make a business ready on paper."""
    return read_papers(KNOWLEDGE / "papers.yaml", read_sources(KNOWLEDGE / "sources.yaml"))
