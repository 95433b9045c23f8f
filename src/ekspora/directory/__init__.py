"""Businesses, products, missions, representatives: who exists, registered once; import of registers."""
