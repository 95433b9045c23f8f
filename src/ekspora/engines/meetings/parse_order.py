"""The order that ``after`` asks for: every id known, no circle. O(requests + edges)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ekspora.engines.kernel.reading import Reader, shown
from ekspora.engines.meetings.model import Request


def check_order(read: Reader, requests: tuple[Request, ...]) -> None:
    """Unknown ids in ``after`` and cycles (depth-first search without recursion)."""
    place = {r.id: n for n, r in enumerate(requests)}
    for n, request in enumerate(requests):
        for k, earlier in enumerate(request.after):
            if earlier not in place:
                read.wrong(
                    f"requests[{n}].after[{k}]",
                    f"{shown(earlier)} is not among the requests",
                    "Correct or remove it",
                )
    if not read.problems:
        cycle = find_cycle({r.id: r.after for r in requests if r.after})
        if cycle:
            read.wrong(
                f"requests[{place[cycle[0]]}].after",
                f"the order goes in a circle: {' after '.join(shown(i) for i in cycle[:10])}",
                "Remove one of these from after",
            )


def find_cycle(after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A cycle of the graph, first = last, or the empty list. O(edges)."""
    done: set[str] = set()
    for root in after:
        path: dict[str, Iterator[str]] = {}
        stack = [] if root in done else [root]
        while stack:
            node = stack[-1]
            if node not in path:
                path[node] = iter(after.get(node, ()))
            child = next(path[node], None)
            if child is None:
                done.add(stack.pop())
                del path[node]
            elif child in path:
                order = list(path)
                return [*order[order.index(child) :], child]
            elif child not in done:
                stack.append(child)
    return []
