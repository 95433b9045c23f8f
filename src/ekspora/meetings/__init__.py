"""One-on-one meetings: wishes, requests, timetable versions, agendas."""
