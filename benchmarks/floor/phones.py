"""``python -m benchmarks.floor.phones``: the phones of the hall, played by locust; measured times go to stdout.

A process of its own, since locust replaces the sockets of the process it runs in. Reads one line of JSON:
``{"hall": …, "base": "http://…", "seconds": 300, "openings": 1000, "outcomes": 500, "others": true}``.
Phones arrive evenly over the first nine tenths of the time. Each opens its link as a person does: the page of
the link, its button, the agenda, and the style sheet and script the agenda names. Outcomes are told at an even
pace by whoever has come, in turn. ``others``: two boards and two lists at the door ask for what is new meanwhile.
"""

import itertools
import json
import logging
import re
import sys
import time
from collections import defaultdict
from typing import Any

import gevent
from gevent.event import Event
from gevent.queue import Queue
from locust import FastHttpUser, events, task
from locust.env import Environment

from benchmarks.floor import hall as halls

BOARD_EVERY, DOOR_EVERY = 15, 20
VERDICTS = ("possible", "informative", "none", "not_held")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FILES = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


class Day:
    """What all phones of one run share."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.hall = halls.load(told["hall"])
        self.base: str = told["base"]
        self.seconds: float = told["seconds"]
        self.openings: int = told["openings"]
        self.outcomes: int = told["outcomes"]
        self.waiting = iter(self.hall.phones[: self.openings])
        self.here: Queue[Any] = Queue()
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self.numbers = itertools.count(1)

    def note(self, name: str, response_time: float, exception: BaseException | None, **_more: Any) -> None:
        """One answer, however it went."""
        self.times[name].append(response_time)
        if exception is not None:
            self.faults.append(f"{name}: {exception}"[:200])


class Phone(FastHttpUser):
    """Somebody's phone, or a screen; what it does is told by ``run``."""

    abstract = True
    day: Day

    def get(self, path: str, name: str, **more: Any) -> str:
        """The text of a page that must be there."""
        with self.client.get(path, name=name, catch_response=True, **more) as answer:
            text = answer.text or ""
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}")
            return text

    def open_link(self, link: str, page: str) -> str:
        """From the message to the page: the link's page, its button, and what it leads to."""
        token = TOKEN.search(self.get(link, "page of the link"))
        if token is None:
            return ""
        form = {"csrfmiddlewaretoken": token[1]}
        with self.client.post(
            link, data=form, name="sign in by the link", allow_redirects=False, catch_response=True,
            headers={"Referer": self.day.base + link},
        ) as answer:  # fmt: skip
            if answer.status_code != 302:
                answer.failure(f"{answer.status_code}")
                return ""
        return self.get(page, "agenda" if "/agenda/" in page else "list at the door")


class Person(Phone):
    """Opens the agenda; afterwards tells, when it is their turn, how a meeting went."""

    @task
    def a_day(self) -> None:
        day = self.day
        own = next(day.waiting, None)
        text = self.open_link(own.link, own.agenda) if own is not None else ""
        for path in FILES.findall(text):
            self.get(path, "style sheet, script")
        token = TOKEN.search(text)
        if own is not None and token is not None:
            self.tell(own, token[1])
        gevent.sleep(day.seconds + 60)

    def tell(self, own: halls.Phone, token: str) -> None:
        """Each meeting once, whenever it is this phone's turn; then the others are told of."""
        for path in own.outcomes:
            turn = Event()
            self.day.here.put(turn)
            turn.wait()
            number = next(self.day.numbers)
            form = {"key": f"phone-{number}", "verdict": VERDICTS[number % len(VERDICTS)], "note": "Catatan"}
            headers = {"X-CSRFToken": token, "X-Kept": "1", "Referer": self.day.base + path}
            with self.client.post(
                path, data=form, name="outcome", headers=headers, catch_response=True
            ) as answer:
                if answer.status_code != 200:
                    answer.failure(f"{answer.status_code}")


def tell_in_turn(day: Day) -> None:
    """Let one phone after the other tell, at an even pace."""
    start = time.monotonic()
    for number in range(day.outcomes):
        gevent.sleep(max(0.0, start + (number + 0.5) * day.seconds / day.outcomes - time.monotonic()))
        day.here.get().set()


def board(phone: Phone, day: Day, path: str) -> None:
    """A screen in the hall: the page, then what changes."""
    phone.get(path, "board")
    while True:
        gevent.sleep(BOARD_EVERY)
        phone.get(path, "board", headers={"HX-Request": "true"})


def door(phone: Phone, day: Day) -> None:
    """An officer's list at the door, asking who is there."""
    phone.open_link(day.hall.officer, day.hall.door)
    while True:
        gevent.sleep(DOOR_EVERY)
        phone.get(f"{day.hall.door}marks/", "who is there")


def play(told: dict[str, Any]) -> dict[str, Any]:
    """One run; how long each answer took, in milliseconds by what was asked for, and what failed."""
    day = Day(told)
    person = type("Visitor", (Person,), {"day": day, "host": told["base"], "abstract": False})
    env = Environment(user_classes=[person], events=events)
    env.events.request.add_listener(day.note)  # type: ignore[no-untyped-call]  # locust has few types
    runner = env.create_local_runner()
    others = []
    if told["others"]:
        screen = type("Screen", (Phone,), {"day": day, "host": told["base"], "abstract": False, "tasks": []})
        others += [gevent.spawn(board, screen(env), day, day.hall.board) for _ in range(2)]
        others += [gevent.spawn(door, screen(env), day) for _ in range(2)]
    runner.start(day.openings, spawn_rate=day.openings / (0.9 * day.seconds))
    telling = gevent.spawn(tell_in_turn, day)
    gevent.sleep(day.seconds)
    telling.join(60)
    gevent.sleep(2)
    gevent.killall(others)
    runner.quit()
    return {"times": day.times, "faults": day.faults}


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(json.dumps(play(json.loads(sys.stdin.readline()))))
