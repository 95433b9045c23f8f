from ekspora.directory.models.arrivals import Claim, Reception, Registration
from ekspora.directory.models.bulk import Bulk, BulkRow
from ekspora.directory.models.businesses import Business, Listing, Stewardship
from ekspora.directory.models.buyers import Buyer, BuyerNote
from ekspora.directory.models.certificates import Certificate
from ekspora.directory.models.consents import Consent
from ekspora.directory.models.doubles import Double, Merger
from ekspora.directory.models.exports import ExportRecord, Fair
from ekspora.directory.models.guests import Mission, Representative
from ekspora.directory.models.imports import Import, ImportedRow
from ekspora.directory.models.keys import SearchKey
from ekspora.directory.models.notes import Note
from ekspora.directory.models.people import Branch, Contact, Member
from ekspora.directory.models.photos import Photo
from ekspora.directory.models.products import Product
from ekspora.directory.models.resemblances import Resemblance
from ekspora.directory.models.saved_filters import SavedFilter
from ekspora.directory.models.statements import Statement

__all__ = [
    "Branch",
    "Bulk",
    "BulkRow",
    "Business",
    "Buyer",
    "BuyerNote",
    "Certificate",
    "Claim",
    "Consent",
    "Contact",
    "Double",
    "ExportRecord",
    "Fair",
    "Import",
    "ImportedRow",
    "Listing",
    "Member",
    "Merger",
    "Mission",
    "Note",
    "Photo",
    "Product",
    "Reception",
    "Registration",
    "Representative",
    "Resemblance",
    "SavedFilter",
    "SearchKey",
    "Statement",
    "Stewardship",
]
