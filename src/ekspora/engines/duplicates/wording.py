"""Reasons in words, Indonesian and English."""

from collections.abc import Mapping

_TEXTS: dict[tuple[str, str], tuple[str, str]] = {
    ("nib", "same"): ("NIB sama", "same NIB"),
    ("nib", "slip"): ("NIB berbeda satu angka", "NIB differs in one digit"),
    ("name", "same"): ("nama sama", "same name"),
    ("name", "near"): ("nama hampir sama", "nearly the same name"),
    ("name", "partly"): ("sebagian kata pada nama sama", "names share some words"),
    ("name", "own words"): (
        "nama punya kata yang sama dan yang berbeda",
        "names share words, each has its own too",
    ),
    ("name", "other"): ("nama berbeda", "different names"),
    ("phone", "same"): ("nomor telepon sama", "same telephone"),
    ("phone", "slip"): ("nomor telepon berbeda satu angka", "telephone differs in one digit"),
    ("phone", "other"): ("nomor telepon berbeda", "different telephones"),
    ("email", "same"): ("surel sama", "same email"),
    ("owner", "same"): ("nama pemilik sama", "same owner"),
    ("owner", "near"): ("nama pemilik hampir sama", "nearly the same owner's name"),
    ("owner", "other"): ("pemilik berbeda", "different owners"),
    ("place", "same"): ("kabupaten/kota sama", "same regency or city"),
    ("place", "province"): ("provinsi sama", "same province"),
    ("place", "other"): ("daerah berbeda", "different regions"),
    ("address", "same"): ("alamat sama", "same address"),
    ("address", "near"): ("alamat mirip", "similar addresses"),
    ("address", "other"): ("alamat berbeda", "different addresses"),
}


def text_of(field: str, code: str) -> Mapping[str, str]:
    """A reason in both languages."""
    indonesian, english = _TEXTS[field, code]
    return {"id": indonesian, "en": english}
