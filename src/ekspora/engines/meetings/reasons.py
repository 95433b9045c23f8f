"""Why a request does not take place, in words, true of the timetable at hand.

The reasons are tried from the firmest (it could never take place) to the softest (others were worth more); the first
that holds is given. O(slots) per request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid, bits, mask_of
from ekspora.engines.meetings.languages import language_names
from ekspora.engines.meetings.model import Instance, Request, Text, Unscheduled
from ekspora.engines.meetings.reasons_keys import KeyReasons
from ekspora.engines.meetings.reasons_keys import listed as _listed


def explain(
    instance: Instance, grid: Grid, placement: Placement, names: Mapping[str, str] | None = None
) -> tuple[Unscheduled, ...]:
    """A reason for each request that is not placed, in the order of the requests. ``names``: what to call people."""
    day = _Day.of(instance, grid, placement, names or {})
    return tuple(
        Unscheduled(r.id, *day.reason(n, r)) for n, r in enumerate(instance.requests) if n not in placement
    )


def _text(indonesian: str, english: str) -> Text:
    return {"id": indonesian, "en": english}


@dataclass
class _Day:
    instance: Instance
    grid: Grid
    placement: Placement
    names: Mapping[str, str]
    free: list[int]
    busy: list[int]
    meetings: Counter[int]
    bound: Counter[int]
    room: int

    @classmethod
    def of(cls, instance: Instance, grid: Grid, placement: Placement, names: Mapping[str, str]) -> _Day:
        everything = (1 << grid.slots) - 1
        busy = [0] * grid.resources
        meetings: Counter[int] = Counter()
        bound: Counter[int] = Counter()
        for r, s in placement.items():
            for u in grid.uses[r]:
                busy[u] |= 1 << s
                meetings[u] += 1
                bound[u] += grid.required[r]
        used = Counter(placement.values())
        return cls(
            instance,
            grid,
            placement,
            names,
            free=[everything & ~mask_of(p.unavailable) for p in instance.participants],
            busy=busy,
            meetings=meetings,
            bound=bound,
            room=sum(1 << s for s in range(grid.slots) if used[s] < grid.capacity[s]),
        )

    @cached_property
    def keys(self) -> KeyReasons:
        """Reasons that lie in the optional rules."""
        return KeyReasons(self.instance, self.grid, self.placement, self.name)

    @cached_property
    def linked(self) -> dict[int, dict[int, bool]]:
        """For each request those that take place and are linked to it by order, and whether it comes after them."""
        found: dict[int, dict[int, bool]] = {}
        for earlier, later in self.grid.order:
            if earlier in self.placement:
                found.setdefault(later, {})[earlier] = True
            if later in self.placement:
                found.setdefault(earlier, {})[later] = False
        return found

    @cached_property
    def at_maximum(self) -> dict[int, tuple[str, Text]]:
        """The reason of everybody whose personal limit is reached, made once for all their requests."""
        return {
            p: (
                "max_meetings",
                _text(
                    f"{self.name(p)} sudah mencapai batas temu bisnisnya: {self.meetings[p]} dari {most}.",
                    f"{self.name(p)} has reached the personal limit of meetings: {self.meetings[p]} of {most}.",
                ),
            )
            for p, person in enumerate(self.instance.participants)
            if (most := person.max_meetings) is not None and self.meetings[p] >= most
        }

    @cached_property
    def fully_taken(self) -> dict[int, tuple[str, Text]]:
        """The reason of everybody without a free slot, or with none but required meetings, made once."""
        reasons = {}
        for p in range(len(self.free)):
            slots, met = self.free[p].bit_count(), self.meetings[p]
            if self.bound[p] == met:
                reasons[p] = (
                    "full_required",
                    _text(
                        f"Semua sesi {self.name(p)} yang dapat dipakai terisi temu bisnis wajib.",
                        f"Required meetings fill every slot {self.name(p)} could use for this one.",
                    ),
                )
            elif self.busy[p] & self.free[p] == self.free[p]:
                reasons[p] = (
                    "full",
                    _text(
                        f"Jadwal {self.name(p)} penuh: {met} dari {slots} sesi terisi.",
                        f"{self.name(p)} is full: {met} of {slots} slots are taken.",
                    ),
                )
        return reasons

    def name(self, person: int) -> str:
        identity = self.instance.participants[person].id
        return self.names.get(identity, identity)

    def reason(self, n: int, r: Request) -> tuple[str, Text]:
        a, b = self.grid.uses[n][:2]
        allowed = self.grid.allowed[n]
        return (
            (None if allowed else self.keys.never(n, a, b) or self._never(r, a, b))
            or self.at_maximum.get(a)
            or self.at_maximum.get(b)
            or self._person_full(a, b, allowed)
            or self._no_common_slot(n, a, b, allowed)
            or _fallback(self.grid)
        )

    def _never(self, r: Request, a: int, b: int) -> tuple[str, Text]:
        one, two = self.instance.participants[a], self.instance.participants[b]
        future = ((1 << self.grid.slots) - 1) & ~((1 << self.grid.now) - 1)
        together = self.free[a] & self.free[b] & future
        if one.table is not None and two.table is not None and one.table != two.table:
            return "tables_apart", _text(
                f"{self.name(a)} tetap di meja {one.table} dan {self.name(b)} di meja {two.table}.",
                f"{self.name(a)} stays at table {one.table} and {self.name(b)} at table {two.table}.",
            )
        if r.slot is not None and r.slot <= self.grid.now:
            return "past", _text(
                f"Sesi {r.slot} yang ditetapkan sudah lewat.",
                f"Slot {r.slot}, to which it is fixed, is over.",
            )
        for p in (a, b):
            if not self.free[p] & future:
                return "unavailable", _text(
                    f"{self.name(p)} tidak tersedia di sesi mana pun yang tersisa.",
                    f"{self.name(p)} is not available in any slot that is left.",
                )
        if not together:
            return "unavailable", _text(
                f"{self.name(a)} dan {self.name(b)} tidak pernah tersedia pada sesi yang sama.",
                f"{self.name(a)} and {self.name(b)} are never available in the same slot.",
            )
        return self._never_there(r, a, b, together)

    def _never_there(self, r: Request, a: int, b: int, together: int) -> tuple[str, Text]:
        for p in (a, b):
            if r.slot is not None and not self.free[p] >> (r.slot - 1) & 1:
                return "unavailable", _text(
                    f"{self.name(p)} tidak tersedia pada sesi {r.slot} yang ditetapkan.",
                    f"{self.name(p)} is not available in slot {r.slot}, to which it is fixed.",
                )
        possible = together & self._session(r) & self._fixed(r)
        if not possible:
            half = {"morning": "pagi", "afternoon": "siang"}[r.session]
            return "session", _text(
                f"Keduanya tidak dapat bertemu pada sesi {half}, padahal harus pada sesi {half}.",
                f"The two cannot meet in the {r.session}, to which this meeting is limited.",
            )
        spoken, seated = r.interpreter, possible & self._open(a, b)
        if spoken and seated and not any(self.instance.interpreters_in(spoken, s + 1) for s in bits(seated)):
            names = language_names(spoken)
            return "no_interpreter", _text(
                f"Tidak ada juru bahasa {names['id']} saat keduanya dapat bertemu (sesi {_listed(seated)}).",
                f"There is no interpreter for {names['en']} when both could meet (slots {_listed(seated)}).",
            )
        return "table_unavailable", _text(
            "Tidak ada meja yang tersedia saat keduanya dapat bertemu.",
            "No table they could use is available when both could meet.",
        )

    def _open(self, a: int, b: int) -> int:
        """Slots in which there is a table for both: the one at which one of them stays, or any."""
        stays = {self.instance.participants[p].table for p in (a, b)} - {None}
        tables = [t for t in self.instance.tables if not stays or t.id in stays]
        closed = [mask_of(t.unavailable) for t in tables]
        return ((1 << self.grid.slots) - 1) & ~reduce(and_, closed, -1)

    def _fixed(self, r: Request) -> int:
        return (1 << self.grid.slots) - 1 if r.slot is None else 1 << (r.slot - 1)

    def _session(self, r: Request) -> int:
        if r.session == "any":
            return (1 << self.grid.slots) - 1
        morning = self.grid.slots if self.instance.morning_slots is None else self.instance.morning_slots
        early = (1 << morning) - 1
        return early if r.session == "morning" else ((1 << self.grid.slots) - 1) & ~early

    def _person_full(self, a: int, b: int, allowed: int) -> tuple[str, Text] | None:
        for p in (a, b):
            if self.busy[p] & allowed != allowed:
                continue
            if p in self.fully_taken:
                return self.fully_taken[p]
            return "busy", _text(
                f"{self.name(p)} sudah bertemu orang lain pada semua sesi yang mungkin ({_listed(allowed)}).",
                f"{self.name(p)} already meets somebody in every slot possible for this meeting ({_listed(allowed)}).",
            )
        return None

    def _no_common_slot(self, n: int, a: int, b: int, allowed: int) -> tuple[str, Text] | None:
        gap_a, gap_b = allowed & ~self.busy[a], allowed & ~self.busy[b]
        common = gap_a & gap_b
        for table in self.grid.uses[n][2:]:
            if common and not common & ~self.busy[table]:
                return "table_taken", _text(
                    "Meja yang harus dipakai sudah terisi saat keduanya luang.",
                    "The table they must use is taken whenever both are free.",
                )
            common &= ~self.busy[table]
        if not common:
            return "no_common_slot", _text(
                f"Sisa sesi kosong tidak bertemu: {self.name(a)} luang pada sesi {_listed(gap_a)}, "
                f"{self.name(b)} pada sesi {_listed(gap_b)}.",
                f"No free slot in common: {self.name(a)} is free in {_listed(gap_a)}, "
                f"{self.name(b)} in {_listed(gap_b)}.",
            )
        if not common & self.room:
            return "tables_full", _text(
                f"Semua meja terisi saat keduanya luang (sesi {_listed(common)}).",
                f"All tables are taken whenever both are free (slots {_listed(common)}).",
            )
        return self._order(n, common & self.room) or self.keys.full(
            n, a, b, common & self.room & self._in_order(n), self.busy
        )

    def _in_order(self, n: int, *others: int) -> int:
        """Slots that agree with the order of ``others``: by default of all linked meetings that take place."""
        mask = (1 << self.grid.slots) - 1
        for other in others or self.linked.get(n, {}):
            before = (1 << self.placement[other]) - 1
            mask &= ~(before | before + 1) if self.linked[n][other] else before
        return mask

    def _order(self, n: int, left: int) -> tuple[str, Text] | None:
        """Meetings that take place and leave none of the slots ``left``: one alone, or all that are linked."""
        linked = self.linked.get(n, {})
        alone = next(([other] for other in linked if not left & self._in_order(n, other)), None)
        if not linked or (not alone and left & self._in_order(n)):
            return None
        said = [(linked[o], self.instance.requests[o].id, self.placement[o] + 1) for o in alone or linked]
        return "order", _text(
            "Harus "
            + " dan ".join(
                f"{'sesudah' if later else 'sebelum'} temu bisnis {identity} (sesi {slot})"
                for later, identity, slot in said
            )
            + ", dan di sana tidak ada sesi yang cocok.",
            "It must come "
            + " and ".join(
                f"{'after' if later else 'before'} request {identity} (slot {slot})"
                for later, identity, slot in said
            )
            + ", and no slot there fits.",
        )


def _fallback(grid: Grid) -> tuple[str, Text]:
    if grid.fairness is not None:
        return "fairness", _text(
            f"Menambahkannya membuat jeda antarpeserta berbeda lebih dari {grid.fairness}.",
            f"Adding it would make people's breaks differ by more than {grid.fairness}.",
        )
    return "time", _text(
        "Waktu perhitungan habis sebelum tempat untuknya ditemukan.",
        "The time ran out before a place for it was found.",
    )
