"""Programmes and activities: organisers, agenda, who is invited and comes."""
