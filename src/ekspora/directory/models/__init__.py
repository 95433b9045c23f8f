from ekspora.directory.models.businesses import Business, ExportRecord, Fair, Listing, Stewardship
from ekspora.directory.models.buyers import Buyer, BuyerNote
from ekspora.directory.models.doubles import Double, Merger
from ekspora.directory.models.guests import Mission, Representative
from ekspora.directory.models.imports import Import, ImportedRow
from ekspora.directory.models.products import Product

__all__ = [
    "Business",
    "Buyer",
    "BuyerNote",
    "Double",
    "ExportRecord",
    "Fair",
    "Import",
    "ImportedRow",
    "Listing",
    "Merger",
    "Mission",
    "Product",
    "Representative",
    "Stewardship",
]
