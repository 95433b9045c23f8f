"""Ekspora: export-promotion programmes from open call to paid export, one record."""
