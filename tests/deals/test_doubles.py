"""Two records of one business become one: its promises go with it, and come back when that is undone."""

from ekspora.deals.models import Commitment
from ekspora.deals.queries.commitments import of_participation
from ekspora.directory.models import Listing
from ekspora.directory.services import merging
from ekspora.programmes.models import Participation
from tests.deals.promises import promised, told
from tests.world import World, business


def test_promises_follow_the_business_and_come_back(world: World) -> None:
    kept = business("Kopi Puntang Jaya", agency=world.lead, owner=world.people["owner"])
    Listing.objects.create(business=kept, agency=world.co)
    told(world, "samples")
    promised(world, "prices", business=kept)
    officer = world.people["lead_officer"]
    done = merging.merge(kept=kept, gone=world.business, agency=world.lead, actor=officer)
    assert set(Commitment.objects.values_list("business", flat=True)) == {kept.pk}
    mine, _theirs = of_participation(Participation.objects.get(pk=world.maker.pk))
    assert {row.kind for row in mine} == {"samples", "prices"}
    merging.undo(merger=done, actor=officer)
    assert Commitment.objects.get(kind="samples").business == world.business
    # It was promised by the kept record before both were one.
    assert Commitment.objects.get(kind="prices").business == kept
