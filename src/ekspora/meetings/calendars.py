"""Somebody's day as an iCalendar file (RFC 5545), for any phone."""

from datetime import timedelta

from icalendar import Calendar, Event, vText

from ekspora.core.clock import now
from ekspora.meetings.queries.agendas import Day, name_of, place_of


def calendar_of(day: Day) -> bytes:
    """One event for each stop. Ids stay the same when a meeting moves, so a feed updates instead of doubling."""
    activity = day.participation.activity
    calendar = Calendar()
    calendar.add("prodid", "-//Ekspora//Ekspora//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name_of(activity)))  # no type of its own in the standard
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for stop in day.stops:
        event = Event()
        event.add("uid", f"{stop.key}-{day.participation.pk}@ekspora")
        event.add("dtstamp", now())
        event.add("dtstart", stop.starts_at)
        event.add("dtend", stop.ends_at)
        event.add("summary", stop.title)
        event.add("location", ", ".join(filter(None, [stop.place, place_of(activity)])))
        if stop.text:
            event.add("description", stop.text)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
