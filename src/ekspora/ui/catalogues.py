"""Message catalogues: extract, compile and check the Indonesian texts of each room.

``python -m ekspora.ui.catalogues extract|compile|check [room ...]`` works without system gettext.
The msgid is the English text; ``<room>/locale/id/LC_MESSAGES/django.po`` holds the Indonesian one. Files are
written in a stable order without dates, machine paths or line numbers, so that a change of one text changes
one entry.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGE = "id"

HEADER = b"""\
msgid ""
msgstr ""
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

# Which arguments are texts: index, or (index, "c") for the context.
_SIMPLE, _PLURAL, _CONTEXT, _CONTEXT_PLURAL = (1,), (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": _SIMPLE,
    "gettext": _SIMPLE,
    "gettext_lazy": _SIMPLE,
    "gettext_noop": _SIMPLE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}
_FUNCTIONS = dict.fromkeys(KEYWORDS)
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdrf]|%%|\{\w*\}")


class CatalogueError(Exception):
    """A source text that cannot be translated as written; the message names the file and the remedy."""


Entry = tuple[str, str | tuple[str, str], str | None]  # file, msgid (or singular and plural), context


def rooms() -> list[str]:
    """Names of all packages of ekspora, in alphabetical order."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def po_path(room: str) -> Path:
    """Where the Indonesian texts of a room live."""
    return PACKAGE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _template_source(path: Path) -> bytes:
    # Python's tokenizer refuses the indentation that a template has: only the calls in it matter.
    text = templatize(path.read_text("utf-8"), origin=str(path.relative_to(PACKAGE)))
    return "\n".join(line.lstrip() for line in text.splitlines()).encode()


def _sources(room: str) -> Iterator[tuple[str, bytes]]:
    folder = PACKAGE / room
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".py":
            yield name, path.read_bytes()
        elif "templates/" in name and path.suffix in {".html", ".txt"}:
            yield name, _template_source(path)


def texts(room: str) -> Iterator[Entry]:
    """Every text of a room in the order of its files.

    Raises CatalogueError for a text with leading or trailing white space (``blocktranslate`` without
    ``trimmed``): it would never be found again when an editor re-indents the template.
    """
    for name, source in _sources(room):
        for _line, function, arguments, _comments in extract_python(BytesIO(source), _FUNCTIONS, (), {}):
            entry = _entry(name, str(function), arguments)
            if entry:
                yield entry


def _entry(name: str, function: str, arguments: object) -> Entry | None:
    values = arguments if isinstance(arguments, tuple) else (arguments,)
    context: str | None = None
    found: list[str] = []
    for spec in KEYWORDS[function]:
        index = spec[0] if isinstance(spec, tuple) else spec
        value = values[index - 1] if index <= len(values) else None
        if not isinstance(value, str) or not value:
            return None  # a variable, not a text: nothing to translate here
        if isinstance(spec, tuple):
            context = value
        else:
            found.append(value)
    for text in found:
        if text != text.strip():
            raise CatalogueError(f"{name}: text begins or ends with white space, use 'trimmed': {text!r}")
    return name, found[0] if len(found) == 1 else (found[0], found[1]), context


def _empty() -> Catalog:
    catalog = Catalog(locale=LANGUAGE)
    # Babel has no plural rule for Indonesian and would ask for two forms.
    catalog.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return catalog


def read(room: str) -> Catalog:
    """The room's present catalogue; an empty one where the room has none."""
    path = po_path(room)
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def extract(room: str) -> Catalog:
    """The catalogue of the texts that are in the room's source now, with the translations it already has."""
    old, new = read(room), _empty()
    for name, msgid, context in texts(room):
        known = old.get(msgid if isinstance(msgid, str) else msgid[0], context)
        string = _translation(known, plural=isinstance(msgid, tuple))
        new.add(
            msgid,
            string=string,
            locations=[(name, 0)],
            context=context,
            flags={"fuzzy"} if known and known.fuzzy else (),
        )
    return new


def _translation(known: Message | None, *, plural: bool) -> str | tuple[str, ...]:
    strings = _strings(known) if known else ("",)
    return strings[:1] if plural else strings[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def dump(catalog: Catalog) -> bytes:
    """The bytes of a .po file: fixed header, entries in alphabetical order, file names without lines."""
    buffer = BytesIO()
    write_po(
        buffer,
        catalog,
        width=100,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return HEADER + buffer.getvalue()


def problems(room: str) -> list[str]:
    """What a reader of Indonesian would miss in a room; empty when all is well."""
    found: list[str] = []
    saved, current = read(room), extract(room)
    for message in _messages(current):
        label = f"{room}: {_key(message)[1]!r}"
        strings = _strings(message)
        if not all(strings):
            places = ", ".join(sorted(file for file, _line in message.locations))
            found.append(f"{label} has no Indonesian text ({places})")
        elif message.fuzzy:
            found.append(f"{label} is marked fuzzy: read it and remove the mark")
        elif wrong := _different_placeholders(message):
            found.append(f"{label}: placeholders differ from the English text: {wrong}")
    stale = {_key(m) for m in _messages(saved)} - {_key(m) for m in _messages(current)}
    found += [
        f"{room}: {msgid!r} is in the catalogue but no longer in the source: run extract"
        for _, msgid in sorted(stale)
    ]
    return found


def disagreements(names: Iterable[str]) -> list[str]:
    """English texts for which two rooms have different Indonesian ones.

    Django joins all catalogues into one, so only one of them would be shown: use a context (pgettext).
    """
    seen: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    found: list[str] = []
    for room in names:
        for message in _messages(read(room)):
            strings = _strings(message)
            other, known = seen.setdefault(_key(message), (room, strings))
            if known != strings and all(known) and all(strings):
                text = _key(message)[1]
                found.append(f"{other} and {room} translate {text!r} differently: {known} / {strings}")
    return found


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _different_placeholders(message: Message) -> str:
    # Indonesian has one form for one and for many, so it is held against the English plural.
    wanted = set(_PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
    given = set(_PLACEHOLDER.findall(_strings(message)[0]))
    return ", ".join(sorted(wanted ^ given))


def _write(path: Path, content: bytes) -> bool:
    """Write the file whole or not at all; False when it already holds this content."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    written = Path(file.name)
    written.chmod(0o644)  # a temporary file is private to its writer
    written.replace(path)
    return True


def extract_command(names: list[str]) -> int:
    """Write every room's .po anew from its source."""
    for room in names:
        catalog = extract(room)
        if len(catalog) and _write(po_path(room), dump(catalog)):
            missing = sum(1 for message in _messages(catalog) if not all(_strings(message)))
            print(f"{room}: {len(catalog)} texts, {missing} without Indonesian")
    return 0


def compile_command(names: list[str]) -> int:
    """Write the .mo files that Django reads."""
    for room in names:
        if po_path(room).exists():
            buffer = BytesIO()
            write_mo(buffer, read_po(BytesIO(po_path(room).read_bytes()), locale=LANGUAGE))
            _write(po_path(room).with_suffix(".mo"), buffer.getvalue())
    return 0


def check_command(names: list[str]) -> int:
    """List what is missing; 1 when anything is."""
    found = [problem for room in names for problem in problems(room)] + disagreements(rooms())
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "extract": extract_command,
    "compile": compile_command,
    "check": check_command,
}


def main(arguments: list[str] | None = None) -> int:
    """Entry of ``python -m ekspora.ui.catalogues``; exit 2 when a text or a room is wrong."""
    parser = argparse.ArgumentParser(prog="ekspora.ui.catalogues", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("room", nargs="*", help="all rooms when none is named")
    options = parser.parse_args(arguments)
    unknown = set(options.room) - set(rooms())
    if unknown:
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(rooms())}")
    try:
        return COMMANDS[options.command](options.room or rooms())
    except (CatalogueError, SyntaxError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
