"""Where imported rows go besides the directory: rooms to the right take them up, e.g. into an activity.

The name of an entry is what stands before the colon of the import's scope (``activity`` for
``activity:7``).
"""

from collections.abc import Callable, Sequence

from ekspora.core.actors import Actor
from ekspora.core.registries import Registry
from ekspora.directory.models import Business, Representative

Records = Sequence[Business] | Sequence[Representative]
Hook = Callable[[str, str, Records, Actor], None]

# Called as ``function(scope, kind, records, actor)`` in the transaction that wrote the records, which are
# businesses or representatives by ``kind``. Called with no records before a file is taken: then it raises
# DomainError when the actor may not fill this scope, or there is no such thing.
after_write: Registry[Hook] = Registry("where imported rows go")
# Called the same way before an import is undone, with the records it made: it lets go of those nobody used
# yet.
before_undo: Registry[Hook] = Registry("what lets go of imported rows")


def call(hooks: Registry[Hook], scope: str, kind: str, records: Records, actor: Actor) -> None:
    """Call the hook of a scope; an empty scope has none. Raises KeyError for a scope that no room knows."""
    if scope:
        hooks[scope.partition(":")[0]](scope, kind, records, actor)
