"""What a person is recognised by in texts, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekspora.core.models import AuditEntry, Person
from ekspora.core.recognition import GONE, Marks

SITI = Marks.of(Person(title="Hj.", name="Siti Rahmawati", email="siti@kopi.id", phone="+6281298765432"))
SARI = Marks.of(Person(name="Sari", phone="+4412345"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hubungi Hj. Siti Rahmawati besok", "Hubungi … besok"),
        ("SITI RAHMAWATI, siti rahmawati", "…, …"),
        ("Siti Rahmawatiningsih", "Siti Rahmawatiningsih"),
        ("tulis ke Siti@Kopi.id.", "tulis ke …."),
        ("bukan insiti@kopi.id", "bukan insiti@kopi.id"),
        ("WA 0812-9876-5432 atau (0812) 9876 5432", "WA … atau (…"),
        ("+62 812 9876 5432, +6281298765432", "…, …"),
        ("NIB 1298765432001", "NIB 1298765432001"),
    ],
)
def test_name_email_and_phone_are_blotted_however_written(text: str, left: str) -> None:
    assert SITI.blotted(text) == left


def test_a_name_of_one_word_is_blotted_in_the_persons_own_texts_only() -> None:
    assert SARI.blotted("kata Sari: sari buah, Sarinah") == "kata …: sari buah, Sarinah"
    assert not SARI.are_in({"name": "Sari Rasa"})
    assert SARI.are_in({"substitute": {"name": "Sari"}})


def test_a_short_number_is_found_as_it_stands() -> None:
    assert SARI.blotted("+4412345") == GONE


def test_json_is_searched_and_blotted_as_deep_as_it_goes() -> None:
    value = {"a": ["x", {"b": "ask Siti Rahmawati"}], "n": 3, "none": None}
    assert SITI.are_in(value)
    assert SITI.blotted_in(value) == {"a": ["x", {"b": "ask …"}], "n": 3, "none": None}
    assert not SITI.are_in({"a": [1, None, {"b": "Siti"}]})


def test_nobody_is_recognised_in_nothing() -> None:
    nobody = Marks.of(Person())
    assert not nobody.are_in({"a": "", "b": " "})
    assert nobody.blotted("as it was") == "as it was"


@given(before=st.text(), after=st.text(), mark=st.sampled_from(["Siti Rahmawati", "siti@kopi.id"]))
def test_a_mark_that_stands_by_itself_is_never_left(before: str, after: str, mark: str) -> None:
    assert mark not in SITI.blotted(f"{before} {mark} {after}")


@pytest.mark.parametrize("name", ["Zoë O'Brien", 'Tu "Ma" 杜', "100% Pak_Budi"])
def test_the_database_finds_names_of_any_letters_in_json(db: None, name: str) -> None:
    from django.db import transaction

    from ekspora.core.services import audit

    person = Person.objects.create(name=name)
    with transaction.atomic():
        for text in (name, "somebody else"):
            audit.record(agency=None, actor=None, action="test", target=person, details={"who": [text]})
    audit.forget_marks(Marks.of(person))
    assert list(AuditEntry.objects.order_by("number").values_list("details", flat=True)) == [
        None,
        {"who": ["somebody else"]},
    ]
    assert all(report.broken_at is None for report in audit.verify())
