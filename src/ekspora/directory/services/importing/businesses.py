"""Businesses with owners and products out of a register, a run of them at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from ekspora.core.models import Agency, Person
from ekspora.directory.models import (
    Business,
    Certificate,
    Contact,
    ExportRecord,
    Fair,
    Listing,
    Product,
    Stewardship,
)
from ekspora.directory.services.importing.batch import Batch
from ekspora.directory.services.importing.drafts import Draft, Owner
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.wording import fold


def gather(drafts: Sequence[tuple[Draft, int | None]], agency: Agency) -> tuple[Batch, list[Business]]:
    """What a run of drafts, each with the id of the business it is or None, makes and changes; nothing is
    written.

    About eight queries however many. A business that only other agencies keep never gets here (see ``matching``).
    """
    run = _Run(agency, [pk for _, pk in drafts if pk], [draft.owner for draft, _ in drafts if draft.owner])
    return run.batch, [run.take(draft, pk) for draft, pk in drafts]


class _Run:
    def __init__(self, agency: Agency, known: list[int], owners: Iterable[Owner]) -> None:
        self.batch = Batch()
        self._agency = agency
        self._known: dict[int, Business] = {b.pk: b for b in _whole(Business.objects.filter(pk__in=known))}
        phones = {owner.phone for owner in owners} - {""}
        theirs = Person.objects.filter(phone__in=phones, stewardships__business__listings__agency=agency)
        self._people = {_key(p.name, p.phone): p for p in theirs.distinct()} if phones else {}

    def take(self, draft: Draft, pk: int | None) -> Business:
        """The business of a draft, with everything that comes with it put into the batch."""
        business = self._known.get(pk) if pk else None
        first = draft.unit.first
        if business is None:
            business = Business(**{name: value for name, value in draft.values.items() if value is not None})
            business.name_key = name_key(business.name)[:160]
            self.batch.create(business, first)
            self.batch.create(Listing(business=business, agency=self._agency), first, traced=False)
            self._new_owner(draft, business)
            self._children(draft, business, traced=False)
        else:
            self._meet(draft, business)
        for record in draft.unit.records[1:]:
            self.batch.meet(business, record, {})
        return business

    def _meet(self, draft: Draft, business: Business) -> None:
        values, emptied = _fitting(business, draft.values)
        self.batch.meet(business, draft.unit.first, values, emptied=emptied)
        business.name_key = name_key(business.name)[:160]
        if not business.listings.all():  # nobody's any more: the agency takes it up again
            self.batch.create(Listing(business=business, agency=self._agency), draft.unit.first)
        self._meet_owner(draft, business)
        self._children(draft, business, traced=True)

    def _children(self, draft: Draft, business: Business, *, traced: bool) -> None:
        known = business.pk is not None
        products = list(business.products.all()) if known else []
        exports = list(business.exports.all()) if known else []
        fairs = list(business.fairs.all()) if known else []
        first = draft.unit.first
        by_name = {fold(product.name): product for product in products}
        for record, values in draft.products:
            product = by_name.get(fold(values["name"]))
            if product is None:
                product = by_name[fold(values["name"])] = Product(business=business, **values)
                self.batch.create(product, record)
            else:
                self.batch.meet(product, record, _agreeing(product, values))
        self._papers(draft, business, by_name, traced=traced)
        markets, shown = {row.market for row in exports}, {fold(fair.name) for fair in fairs}
        for export in draft.exports:
            if export.market not in markets and (export.market or not markets):
                row = ExportRecord(business=business, market=export.market, year=export.year)
                self.batch.create(row, first, traced=traced)
        years = {(fold(fair.name), fair.year) for fair in fairs}
        for fair in draft.fairs:
            key = (fold(fair.name), fair.year)
            if key in years or (not fair.year and key[0] in shown):
                continue
            years.add(key)
            self.batch.create(Fair(business=business, name=fair.name, year=fair.year), first, traced=traced)

    def _papers(self, draft: Draft, business: Business, by_name: dict[str, Product], *, traced: bool) -> None:
        """Further numbers and the certificates that are not noted yet."""
        first, known = draft.unit.first, business.pk is not None
        contacts = list(business.contacts.all()) if known else []
        phones, emails = {c.phone for c in contacts} | {""}, {c.email for c in contacts} | {""}
        for values in draft.contacts:
            if values["phone"] not in phones or values["email"] not in emails:
                self.batch.create(Contact(business=business, **values), first, traced=traced)
                phones.add(values["phone"])
                emails.add(values["email"])
        held = {_paper(c) for c in business.certificates.all()} if known else set()
        for name, values in draft.certificates:
            paper = Certificate(business=business, product=by_name.get(name), **values)
            if _paper(paper) not in held:
                held.add(_paper(paper))
                self.batch.create(paper, first, traced=traced)

    def _new_owner(self, draft: Draft, business: Business) -> None:
        if draft.owner is None:
            return
        person = self._person(draft.owner, draft)
        role = Stewardship.Role.OWNER
        self.batch.create(
            Stewardship(business=business, person=person, role=role),
            draft.unit.first,
            traced=business.pk is not None,
        )

    def _person(self, owner: Owner, draft: Draft) -> Person:
        key = _key(owner.name, owner.phone)
        person = self._people.get(key) if owner.phone else None
        if person is None:
            language = "id" if draft.values["country"] == "ID" else "en"
            person = Person(
                name=owner.name,
                phone=owner.phone,
                email=owner.email,
                has_whatsapp=owner.has_whatsapp,
                language=language,
            )
            self._people[key] = person
            self.batch.create(person, draft.unit.first)
        else:
            self.batch.meet(person, draft.unit.first, {"email": owner.email}, fill_only=True)
        return person

    def _meet_owner(self, draft: Draft, business: Business) -> None:
        """The owner on record is meant when name or phone agrees; another one becomes a second owner."""
        owner = draft.owner
        if owner is None:
            return
        people = [steward.person for steward in business.stewards.all()]
        meant = next((p for p in people if fold(p.name) == fold(owner.name)), None)
        meant = meant or next((p for p in people if owner.phone and p.phone == owner.phone), None)
        if meant is not None:
            values: dict[str, Any] = {"phone": owner.phone, "email": owner.email}
            if owner.name != business.name:
                values["name"] = owner.name
            self.batch.meet(meant, draft.unit.first, values)
        elif not (people and owner.name == draft.values["name"]):
            self._new_owner(draft, business)


def _whole(businesses: "QuerySet[Business]") -> "QuerySet[Business]":
    return businesses.prefetch_related(
        "products", "exports", "fairs", "stewards__person", "listings", "contacts", "certificates__product"
    )


def _paper(certificate: Certificate) -> tuple[str, str, str, str]:
    """By what a certificate is known again: in a list, whose product may be renamed meanwhile."""
    product = fold(certificate.product.name) if certificate.product else ""
    return product, certificate.type, fold(certificate.name), certificate.number


def _fitting(business: Business, values: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The values that can stand beside what is known, and the names that a new place empties."""
    kept, emptied = dict(values), []
    if kept["npwp_tail"] == business.npwp_tail:
        kept["npwp_checked_at"] = None  # checked once, and again the same
    above = kept["regency"] or business.regency
    for name in ("district", "village"):
        if not kept[name] and not getattr(business, name).startswith(above or "-"):
            emptied.append(name)
        above = kept[name] or ("" if name in emptied else getattr(business, name))
    whole = business.employees if kept["employees"] is None else kept["employees"]
    women = business.employees_women if kept["employees_women"] is None else kept["employees_women"]
    if whole is not None and women is not None and women > whole:
        kept["employees_women"] = None
        emptied.append("employees_women")
    return kept, emptied


def _key(name: str, phone: str) -> tuple[str, str]:
    return fold(name), phone


def _agreeing(product: Product, values: dict[str, Any]) -> dict[str, Any]:
    """The row's values without those that go together with something the row leaves open."""
    kept = dict(values)
    if values["price"] is None:
        for name in ("price_to", "is_price_from", "currency"):
            kept.pop(name)
    if not values["is_service"] or product.hs or product.incoterm:
        kept.pop("is_service")
    if product.is_service and (values["hs"] or values["incoterm"]):
        kept["is_service"] = False
    return kept
