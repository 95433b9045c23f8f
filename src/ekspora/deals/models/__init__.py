from ekspora.deals.models.commitments import Commitment, Handover
from ekspora.deals.models.deals import Deal, DealStep
from ekspora.deals.models.forwards import Forward, ForwardedMaker
from ekspora.deals.models.inquiries import Inquiry
from ekspora.deals.models.questions import LaterAnswer, LaterQuestion

__all__ = [
    "Commitment",
    "Deal",
    "DealStep",
    "Forward",
    "ForwardedMaker",
    "Handover",
    "Inquiry",
    "LaterAnswer",
    "LaterQuestion",
]
