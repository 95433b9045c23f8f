"""The demonstration: programme A, a promotion to foreign representatives in Bandung, through the real services.

Who runs it, which countries came, what they looked for and what was visited follow published reports; people,
businesses and products that no report names are invented and marked as fictitious.
"""
