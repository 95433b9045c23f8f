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
from ekspora.directory.services.importing.drafts import Draft, Export, Owner
from ekspora.directory.services.importing.fitting import fitting, with_size
from ekspora.engines.registers import Record
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
            values = with_size(Business(), draft.values)
            business = Business(**{name: value for name, value in values.items() if value is not None})
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
        values, emptied = fitting(business, draft.values)
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
        by_name = {fold(product.name): product for product in products}
        for record, values in draft.products:
            product = by_name.get(fold(values["name"]))
            if product is None:
                product = by_name[fold(values["name"])] = Product(business=business, **values)
                self.batch.create(product, record)
            else:
                self.batch.meet(product, record, _agreeing(product, values))
        self._papers(draft, business, by_name, traced=traced)
        for record, export in draft.exports:
            self._export(business, exports, record, export, traced=traced)
        shown = {fold(fair.name) for fair in fairs}
        years = {(fold(fair.name), fair.year) for fair in fairs}
        for record, fair in draft.fairs:
            key = (fold(fair.name), fair.year)
            if key in years or (not fair.year and key[0] in shown):
                continue
            years.add(key)
            self.batch.create(Fair(business=business, name=fair.name, year=fair.year), record, traced=traced)

    def _export(
        self, business: Business, known: list[ExportRecord], record: Record, told: Export, *, traced: bool
    ) -> None:
        """A record of that market and year, once; one whose year is not known yet takes the year."""
        same = [row for row in known if row.market == told.market and row.is_indirect == told.is_indirect]
        met = next((row for row in same if row.year == told.year), None)
        met = met or next((row for row in same if not row.year or not told.year), None)
        if met is None:
            if told.market or not known:
                values = {name: getattr(told, name) for name in ("market", "year", "is_indirect", "currency")}
                met = ExportRecord(business=business, value=told.value, **values)
                known.append(met)
                self.batch.create(met, record, traced=traced)
            return
        values = {"year": told.year} if not met.year and told.year else {}
        if met.value is None and told.value is not None:
            values |= {"value": told.value, "currency": told.currency}
        if met.pk is not None:
            self.batch.meet(met, record, values)
        for name, value in values.items():
            setattr(met, name, value)

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
