"""Points for a maker and a guest. They add up to at most 100; each is given once, for the best fact there is.

    a want and the name of goods mean the same         30   (15: only described so, or the goods are broader)
    their HS codes agree as far as both are known      15
    the sector is one the guest looks for              15
    wanted goods have free capacity                    10
    ... and it covers the quantity wanted               5
    has exported to the guest's country                15   (8: to its region, 4: to another country)
    has shown at a fair in the guest's country          5   (2: at another fair abroad)
    wanted goods have a certificate                     5

Goods are "wanted" when words, HS code or sector fit. Every part is the best over a set of facts, and more
facts only enlarge the sets: the score never falls by a matching fact, and their order does not matter.
O(wants × goods).
"""

from collections.abc import Iterable

from ekspora.engines.matching import phrases
from ekspora.engines.matching.model import Goods, Guest, Maker, Reason, Score, Text, Want
from ekspora.engines.matching.regions import region_of
from ekspora.engines.matching.words import broader, meanings_of

WORDS, WORDS_WEAK, HS, SECTOR, CAPACITY, COVERS = 30, 15, 15, 15, 10, 5
EXPORT, EXPORT_REGION, EXPORT_ANY, FAIR, FAIR_ABROAD, CERTIFICATE = 15, 8, 4, 5, 2, 5
Fit = tuple[int, Want, Goods]


def score(maker: Maker, guest: Guest) -> Score:
    """How well the two fit: the points above and the reason for each."""
    wants = sorted(guest.wants, key=_want_key)
    goods = sorted(maker.goods, key=_goods_key)
    pairs = [(want, one) for want in wants for one in goods]
    by_words = sorted(((p, w, g) for w, g in pairs if (p := _word_points(w, g))), key=_closest)
    by_hs = [(HS, w, g) for w, g in pairs if _hs_fits(w.hs, g.hs)]
    in_sector = bool(maker.sector) and maker.sector in guest.sectors | {w.sector for w in wants}
    # Those that fit best come first, so that capacity and certificate speak of the goods named.
    wanted = [g for _, _, g in (*by_words, *by_hs)] + (goods if in_sector else [])
    parts = (
        phrases.words(*by_words[0]) if by_words else None,
        phrases.hs(*by_hs[0]) if by_hs else None,
        phrases.sector(SECTOR, maker.sector) if in_sector else None,
        _capacity(wanted),
        _covers([*by_words, *by_hs]),
        _export(maker, guest.country),
        _fair(maker, guest.country),
        _certificate(wanted),
    )
    reasons = tuple(part for part in parts if part is not None)
    return Score(sum(reason.points for reason in reasons), reasons)


def _goods_key(goods: Goods) -> tuple[str, ...]:
    free = f"{goods.free.amount:020f}{goods.free.unit}" if goods.free else ""
    return (*_both(goods.name), *_both(goods.about), goods.hs, goods.certificates, free)


def _want_key(want: Want) -> tuple[str, ...]:
    amount = f"{want.quantity.amount:020f}{want.quantity.unit}" if want.quantity else ""
    return (*_both(want.text), want.sector, want.hs, amount)


def _both(text: Text) -> tuple[str, str]:
    return text.get("id", ""), text.get("en", "")


def _word_points(want: Want, goods: Goods) -> int:
    """30 where the name means what is wanted or a kind of it; 15 where only the description does."""
    asked, named = meanings_of(_both(want.text)), meanings_of(_both(goods.name))
    if asked & broader(named):
        return WORDS
    described = broader(meanings_of(_both(goods.about)))
    return WORDS_WEAK if asked & described or broader(asked) & named else 0


def _closest(fit: Fit) -> tuple[int, int]:
    """More points first, then more words in common: who wants roasted coffee is offered that, not green."""
    points, want, goods = fit
    return -points, -len(meanings_of(_both(want.text)) & meanings_of(_both(goods.name)))


def _hs_fits(want: str, goods: str) -> bool:
    return bool(want and goods) and (goods.startswith(want) or want.startswith(goods))


def _capacity(wanted: list[Goods]) -> Reason | None:
    free = [goods for goods in wanted if goods.free is not None and goods.free.amount > 0]
    return phrases.capacity(CAPACITY, free[0]) if free else None


def _covers(fits: Iterable[Fit]) -> Reason | None:
    for _points, want, goods in sorted(fits, key=lambda fit: (_want_key(fit[1]), _goods_key(fit[2]))):
        asked, free = want.quantity, goods.free
        if asked and free and asked.unit == free.unit and asked.amount <= free.amount:
            return phrases.covers(COVERS, want)
    return None


def _export(maker: Maker, country: str) -> Reason | None:
    # A market that is not known is an empty code and comes last.
    abroad = sorted(maker.exports - {maker.country}, key=lambda code: (not code, code))
    if country in abroad:
        return phrases.export(EXPORT, country)
    near = [code for code in abroad if region_of(code) and region_of(code) == region_of(country)]
    if near:
        return phrases.export(EXPORT_REGION, near[0])
    return phrases.export(EXPORT_ANY, abroad[0]) if abroad else None


def _fair(maker: Maker, country: str) -> Reason | None:
    fairs = sorted(maker.fairs, key=lambda fair: (fair.name, fair.country))
    there = [fair for fair in fairs if fair.country == country != maker.country]
    if there:
        return phrases.fair(FAIR, there[0])
    abroad = [fair for fair in fairs if fair.country not in ("", maker.country)]
    return phrases.fair(FAIR_ABROAD, abroad[0]) if abroad else None


def _certificate(wanted: list[Goods]) -> Reason | None:
    held = [goods for goods in wanted if goods.certificates]
    return phrases.certificate(CERTIFICATE, held[0]) if held else None
