"""Suggestions: which maker fits which guest, with reasons."""
