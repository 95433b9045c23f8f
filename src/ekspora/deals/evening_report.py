"""The evening as one PDF: a representative's report to the capital, a business's own sheet; in the reader's language.

Like the page it holds the own side's answers only, and contacts only where both agreed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ekspora.core.clock import today
from ekspora.deals.evening_next import next_step
from ekspora.deals.models import Commitment
from ekspora.deals.promise_words import due_of, report_words
from ekspora.deals.queries.evening import Evening, Met
from ekspora.directory.queries.maker_cards import ProductCard
from ekspora.meetings.queries.agendas import place_of
from ekspora.meetings.queries.outcomes import verdict_words
from ekspora.readiness import wording
from ekspora.readiness.facts import Fact
from ekspora.ui import formats
from ekspora.ui.pdf import render_pdf

TEMPLATE = Path(__file__).with_name("typst") / "evening.typ"
# Products named for one maker; the sheet has them all.
NAMED = 6


def report(evening: Evening) -> bytes:
    """The PDF."""
    return render_pdf(TEMPLATE, report_data(evening))


def report_data(evening: Evening) -> dict[str, Any]:
    """Every word of it."""
    activity = evening.participation.activity
    return {
        "language": get_language() or "id",
        "activity": str(activity),
        "when": f"{formats.day(activity.starts_on)} · {place_of(activity)}",
        "dated": formats.day(today(activity.zone), weekday=False),
        "summary": _summary(evening),
        **(_of_guest(evening) if evening.is_guest else _of_maker(evening)),
        "own": _promises(evening, evening.own),
        "theirs": _promises(evening, evening.theirs),
        "next": _next(evening),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "summary": _("Summary"), "own": _("Promised by us"), "theirs": _("Promised to us"), "next": _("Next steps"),
        "none": _("Nothing was noted."), "demands": _("What our country looks for"), "signature": _("Signature"),
    }  # fmt: skip


def _of_guest(evening: Evening) -> dict[str, Any]:
    who = evening.participation.representative
    assert who is not None  # asked before
    mission, rules = who.mission, evening.rules
    country = formats.country(mission.country)
    seat = [
        mission.residence_city,
        formats.country(mission.residence_country) if mission.residence_country else "",
    ]
    person = evening.participation.attendee
    return {
        "title": _("Report: business meetings with makers from Indonesia"),
        "sender": mission.name,
        "seat": ", ".join(filter(None, seat)),
        "to": _("To: the capital (%(country)s)") % {"country": country},
        "head": _("Makers met (%(n)d)") % {"n": len(evening.met)},
        "columns": [_("Maker"), _("Products"), _("How it went, contact")],
        "rows": [_maker_row(one) for one in evening.met],
        "demands": [demand.text for demand in evening.demands],
        "rules_head": _("Known rules of %(country)s for these goods") % {"country": country},
        "rules": [_rule(fact) for fact in (*rules.facts, *rules.general)],
        "warnings": [formats.said(text) for text in rules.warnings],
        "rules_note": _rules_note(rules.is_known),
        "signed": [str(person or ""), "" if evening.participation.substitute else who.function],
    }


def _of_maker(evening: Evening) -> dict[str, Any]:
    business = evening.participation.business
    assert business is not None  # asked before
    return {
        "title": _("What came of your meetings"), "sender": business.name, "seat": "", "to": "",
        "head": _("Representatives met (%(n)d)") % {"n": len(evening.met)},
        "columns": [_("Country"), _("Who"), _("How it went, contact")],
        "rows": [
            [formats.country(one.country), str(one.other.attendee or one.other.label), _said(one)]
            for one in evening.met
        ],
        "demands": [], "rules_head": "", "rules": [], "warnings": [], "rules_note": "", "signed": [],
    }  # fmt: skip


def _maker_row(one: Met) -> list[str]:
    card = one.card
    maker = "\n".join(filter(None, (card.name, card.sector_label, card.where)))
    goods = [_good(good) for good in one.goods[:NAMED]]
    if len(one.goods) > NAMED:
        goods.append("…")
    return [maker, "\n".join(goods), _said(one)]


def _good(good: ProductCard) -> str:
    facts = [f"HS {good.hs}" if good.hs else ""]
    if good.free_capacity is not None:
        amount = formats.quantity(good.free_capacity.normalize(), good.unit)
        facts.append(_("%(amount)s a month free") % {"amount": amount})
    elif good.monthly_capacity is not None:
        amount = formats.quantity(good.monthly_capacity.normalize(), good.unit)
        facts.append(_("%(amount)s a month") % {"amount": amount})
    told = ", ".join(filter(None, facts))
    return f"{good.name} ({told})" if told else good.name


def _said(one: Met) -> str:
    card = one.mine.theirs
    contact = [card.name, card.phone, card.email] if card is not None else []
    return "\n".join(filter(None, (verdict_words().get(one.verdict, ""), *contact)))


def _summary(evening: Evening) -> str:
    met, possible = evening.met, sum(one.is_possible for one in evening.met)
    exchanged = sum(one.mine.theirs is not None for one in met)
    if evening.is_guest:
        text = ngettext("%(n)d maker was met", "%(n)d makers were met", len(met))
    else:
        text = ngettext("%(n)d representative was met", "%(n)d representatives were met", len(met))
    parts = [
        text % {"n": len(met)},
        ngettext("cooperation seems possible with %(n)d", "cooperation seems possible with %(n)d", possible)
        % {"n": possible},
        ngettext("contacts were exchanged with %(n)d", "contacts were exchanged with %(n)d", exchanged)
        % {"n": exchanged},
        _("promises: %(own)d by us, %(theirs)d to us")
        % {"own": len(evening.own), "theirs": len(evening.theirs)},
    ]
    return "; ".join(parts) + "."


def _promises(evening: Evening, rows: Iterable[Commitment]) -> list[list[str]]:
    side = evening.participation.side
    return [
        [
            report_words(one, side),
            one.business.name if evening.is_guest else one.representative.mission.name,
            due_of(one),
        ]
        for one in rows
    ]


def _next(evening: Evening) -> list[str]:
    """The one next step first, then every own promise that is open, by date."""
    first = next_step(evening)
    is_promise = first is not None and first.code in ("overdue", "due")
    still_open = [one for one in evening.own if one.state == Commitment.State.OPEN]
    rest = [", ".join(row) for row in _promises(evening, still_open)]
    return ([first.title] if first is not None and not is_promise else []) + rest


def _rule(fact: Fact) -> list[str]:
    parts = [wording.duty(fact), wording.origin(fact), formats.said(fact.reviewer)]
    if fact.is_stale:
        parts.append(_("check again"))
    return [formats.said(fact.title), formats.said(fact.text), " · ".join(parts)]


def _rules_note(is_known: bool) -> str:
    note = _(
        "This is what is known here, no legal advice. A rule that is missing may exist all the same; the competent "
        "authority decides."
    )
    if is_known:
        return note
    return _("No reviewed rule of this country is written down here yet.") + " " + note
