"""What is compiled does the same, also where nothing can be kept."""

from typing import Any

from ekspora.engines.kernel.compiled import compiled

SOURCE = """
def triangle(n):
    total = 0
    for k in range(n + 1):
        total += k
    return total
"""


def test_a_loop_that_can_be_kept_nowhere_is_compiled_all_the_same() -> None:
    space: dict[str, Any] = {}
    exec(compile(SOURCE, "nowhere", "exec"), space)
    assert compiled(space["triangle"])(100) == 5050
