"""When two sides need an interpreter, and of which language. Pure."""

from collections.abc import Collection, Sequence

# What a business speaks where nobody said; of guests nothing is assumed.
AT_HOME = ("id",)


def interpreter_for(maker: Sequence[str], guest: Sequence[str], offered: Collection[str]) -> str | None:
    """The language of the interpreter that a meeting needs; None where they share a language or none is known.

    ``offered``: languages of the interpreters there are. The guest's come first, in the order given. Where
    none of them is offered the meeting takes place without: nobody is kept apart for want of an interpreter.
    """
    ours = maker or AT_HOME
    if not guest or not set(ours).isdisjoint(guest):
        return None
    return next((language for language in (*guest, *ours) if language in offered), None)
