"""Pure algorithms on plain dataclasses: no Django, no database, no clock of the site.

Each engine states its model, its bound and what it has proven; texts for people are ``{"id": …, "en": …}``.
"""
