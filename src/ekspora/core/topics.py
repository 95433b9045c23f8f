"""What messages, links and jobs are about: ``activity:7`` is explained by the room that has activities."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from ekspora.core.registries import Registry


@dataclass(frozen=True, slots=True)
class TopicInfo:
    """A topic in words. Officers of ``agencies`` see its send queue and its jobs.

    Only those of ``acting`` (all of them when not given) release and send. ``show`` puts the navigation of
    the topic's pages on a request; its second argument names the page, e.g. ``queue``.
    """

    title: str
    url: str
    agencies: frozenset[int]
    acting: frozenset[int] | None = None
    show: Callable[[HttpRequest, str], None] | None = None


# The name of an entry is what stands before the colon; it answers None where there is no such record.
topics: Registry[Callable[[str], TopicInfo | None]] = Registry("topics")


def about(topic: str) -> TopicInfo | None:
    """What a topic is about, or None when no room knows it."""
    kind = topic.partition(":")[0]
    return topics[kind](topic) if kind in topics else None
