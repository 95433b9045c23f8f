"""What cells say: one example of each way of writing that real registers use."""

from typing import Any

import pytest

from ekspora.engines.registers.values import Ask, Bad, Context, Parsed
from ekspora.engines.registers.values.parsers import PARSERS

HERE = Context()


def value(parser: str, text: str, context: Context = HERE) -> Any:
    outcome = PARSERS[parser](text, context)
    assert isinstance(outcome, Parsed), outcome
    return outcome.value


def fault(parser: str, text: str, kind: type[Bad] | type[Ask], context: Context = HERE) -> str:
    outcome = PARSERS[parser](text, context)
    assert isinstance(outcome, kind), outcome
    assert outcome.remedy["id"]
    assert outcome.remedy["en"]
    return outcome.code


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("085336174452", ["+6285336174452"]),
        ("85336143889", ["+6285336143889"]),
        ("811348476", ["+62811348476"]),
        ("+62 812-3456-7890", ["+6281234567890"]),
        ("62812 3456 7890", ["+6281234567890"]),
        ("+62 0812 3456 7890", ["+6281234567890"]),
        ("0335 - 465351", ["+62335465351"]),
        ("0335 - 422546 / 085204803848", ["+62335422546", "+6285204803848"]),
        ("(0335) 425943, 081230948572", ["+62335425943", "+6281230948572"]),
        ("085640382514\n085741286261", ["+6285640382514", "+6285741286261"]),
        ("0812 3456 7890 0813 4567 8901", ["+6281234567890", "+6281345678901"]),
        ("081234567890 atau 081234567890", ["+6281234567890"]),
        ("085729947644 (REDACTED)", ["+6285729947644"]),
        ("HP: 0812.3456.7890 (Bu Ani)", ["+6281234567890"]),
        ("wa.me/6281234567890", ["+6281234567890"]),
        ("https://wa.me/6281234567890?text=Halo%20Kak", ["+6281234567890"]),
        ("https://api.whatsapp.com/send?phone=6281234567890&text=x", ["+6281234567890"]),
        ("'081234567890", ["+6281234567890"]),
        ("+65 6123 4567", ["+6561234567"]),
        ("0", []),
    ],
)
def test_phones(text: str, numbers: list[str]) -> None:
    assert [entry["number"] for entry in value("phones", text)] == numbers


@pytest.mark.parametrize(
    "text", ["8.52E+10", "8.52348e+010", "8,52E+10", "6,28123E+12", "0335-465351 / 8.52E+10"]
)
def test_destroyed_numbers_are_asked(text: str) -> None:
    assert fault("phones", text, Ask) == "destroyed_number"


def test_other_phones() -> None:
    assert fault("phones", "85200000000", Ask) == "rounded_number"
    assert fault("phones", "081234", Bad) == "bad_phone"
    assert fault("phones", "465351", Ask) == "no_area_code"
    assert fault("phones", "tanya Bu Ani", Bad) == "bad_phone"
    assert value("phones", "wa.me/6281234567890")[0]["whatsapp"] is True
    assert value("phones", "081234567890", Context(whatsapp=True))[0]["whatsapp"] is True
    assert value("phones", "012-345 6789", Context("MY"))[0]["number"] == "+60123456789"
    assert value("phones", "021-5551234")[0]["mobile"] is False


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "unit"),
    [
        ("Rp 1.250.000,-", "1250000", "1250000", "IDR", None),
        ("Rp. 50.000,00", "50000", "50000", "IDR", None),
        ("Rp4.000 – Rp60.000", "4000", "60000", "IDR", None),
        ("Rp4.000 s/d 60.000 (tergantung merek)", "4000", "60000", "IDR", None),
        ("Rp10.000 – Rp15.000 per lonjor (tergantung lokasi)", "10000", "15000", "IDR", "lonjor"),
        ("Mulai dari Rp50.000 (tergantung bahan)", "50000", None, "IDR", None),
        ("2 juta", "2000000", "2000000", None, None),
        ("1,5 jt", "1500000", "1500000", None, None),
        ("4-6 ribu", "4000", "6000", None, None),
        ("25rb/pcs", "25000", "25000", None, "pcs"),
        ("12,500", None, None, None, None),
        ("IDR 12,500", "12500", "12500", "IDR", None),
        ("USD 3.50", "3.5", "3.5", "USD", None),
        ("$3.50/kg", "3.5", "3.5", "USD", "kg"),
        ("US$ 1,200.00", "1200", "1200", "USD", None),
        ("RM 12.50", "12.5", "12.5", "MYR", None),
        ("25000", "25000", "25000", None, None),
    ],
)
def test_prices(text: str, low: str | None, high: str | None, currency: str | None, unit: str | None) -> None:
    if low is None:
        assert fault("price", text, Ask) == "unclear_separator"
    else:
        assert value("price", text) == {"min": low, "max": high, "currency": currency, "unit": unit}


def test_prices_that_need_a_person() -> None:
    assert fault("price", "Donat: Rp2.500 – Rp6.000; Burger: Rp4.000", Ask) == "several_prices"
    assert fault("price", "Rp 5.000 bonus sendok", Ask) == "unclear_price"
    assert fault("price", "USD 3.500", Ask) == "unclear_separator"
    assert fault("price", "2 M", Ask) == "unclear_price"
    assert fault("price", "mahal", Bad) == "bad_price"
    assert fault("price", "Rp 9.000 - Rp 5.000", Bad) == "bad_price"
    assert value("price", "Bervariasi tergantung musim") is None
    assert value("price", "0") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 Januari 2019", "2019-01-03"), ("Senin, 3 Januari 2019", "2019-01-03"),
        ("3 Janauri 2019", "2019-01-03"),
        ("17 Agt 1945", "1945-08-17"), ("3 July 2019", "2019-07-03"), ("July 3, 2019", "2019-07-03"),
        ("3rd of July 2019", "2019-07-03"), ("03/07/2019", "2019-07-03"), ("13-07-2019", "2019-07-13"),
        ("07/13/2019", "2019-07-13"), ("2019-07-03", "2019-07-03"), ("2019-07-03 08:30", "2019-07-03T08:30"),
        ("3 Juli 2019 pukul 08.30 WIB", "2019-07-03T08:30"),
    ],
)  # fmt: skip
def test_dates(text: str, day: str) -> None:
    assert value("date", text) == day


def test_dates_that_are_none_or_unclear() -> None:
    assert fault("date", "31 Februari 2019", Bad) == "bad_date"
    assert fault("date", "besok", Bad) == "bad_date"
    assert fault("date", "43468", Ask) == "date_as_number"
    assert fault("date", "3-Jan-19", Ask) == "short_year"
    assert PARSERS["date"]("03/07/2019", HERE) == Parsed("2019-07-03", "2019-07-03")
    assert value("year", "sejak 1998") == 1998
    assert value("year", "3 Januari 2012") == 2012
    assert fault("year", "98", Ask) == "short_year"


def test_numbers_quantities_and_spans() -> None:
    assert value("count", "12 orang") == 12
    assert value("count", "1.200") == 1200
    assert fault("count", "10-15", Ask) == "range_given"
    assert fault("count", "banyak", Bad) == "bad_number"
    assert value("quantity", "2 ton/bulan") == {"amount": "2", "unit": "t"}
    assert value("quantity", "1.500 pasang") == {"amount": "1500", "unit": "pair"}
    assert value("quantity", "24 ton per tahun") == {"amount": "2", "unit": "t"}
    assert fault("quantity", "10 kg/hari", Ask) == "not_monthly"
    assert value("days", "2 minggu") == 14
    assert value("days", "7-14 hari kerja") == 14
    assert fault("days", "segera", Bad) == "bad_time_span"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RRT", "CN"), ("Tiongkok", "CN"), ("Cina", "CN"), ("Korea Utara/DPRK", "KP"), ("DPRK", "KP"),
        ("Timor Leste", "TL"), ("Timor-Leste", "TL"), ("Papua Nugini", "PG"), ("Papua New Guinea", "PG"),
        ("Afrika Selatan", "ZA"), ("Malasyia", "MY"), ("Republic of Fiji", "FJ"), ("Lao PDR", "LA"),
        ("ID", "ID"), ("Inggris", "GB"), ("Pantai Gading", "CI"), ("China (RRT)", "CN"), ("Maroko", "MA"),
        ("Nigeria", "NG"), ("Niger", "NE"), ("Myanmar (Burma)", "MM"), ("Lesotho", "LS"), ("Kamboja", "KH"),
    ],
)  # fmt: skip
def test_countries(text: str, code: str) -> None:
    assert value("country", text) == code


def test_countries_that_are_none_or_several() -> None:
    assert fault("country", "Narnia", Bad) == "unknown_country"
    assert fault("country", "Korea", Ask) == "ambiguous_country"
    assert fault("country", "Kongo", Ask) == "ambiguous_country"
    assert value("countries", "Malaysia, Singapura dan Jepang") == ["MY", "SG", "JP"]
    assert value("countries", "Trinidad and Tobago") == ["TT"]
    assert value("countries", "belum ada") == []
    assert value("residence", "Kuala Lumpur, Malaysia") == {"country": "MY", "city": "Kuala Lumpur"}
    assert value("residence", "Singapura") == {"country": "SG", "city": "Singapore"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jawa Barat", "32"), ("JABAR", "32"), ("West Java", "32"), ("Propinsi Jawa Tengah", "33"),
        ("DIY", "34"),
        ("D.I. Yogyakarta", "34"), ("DKI Jakarta", "31"), ("Nanggroe Aceh Darussalam", "11"), ("NTT", "53"),
        ("Irian Jaya", "91"), ("Papua Barat Daya", "96"), ("Sumtera Utara", "12"), ("32", "32"), ("97", "95"),
    ],
)  # fmt: skip
def test_provinces(text: str, code: str) -> None:
    assert value("province", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kab. Bogor", "32.01"), ("KOTA BANDUNG", "32.73"), ("Bandung City", "32.73"), ("3273", "32.73"),
        ("Ujung Pandang", "73.71"), ("Solo", "33.72"), ("Kab Toba Samosir", "12.12"), ("Klaten", "33.10"),
        ("Kab. Kleten", "33.10"), ("Kota Adm. Jakarta Selatan", "31.74"), ("92.71", "96.71"),
        ("91.01", "93.01"),
        ("Pangkalpinang", "19.71"), ("Kab. Fak-Fak", "92.03"),
    ],
)  # fmt: skip
def test_regencies(text: str, code: str) -> None:
    assert value("regency", text) == code


def test_places_that_are_none_or_several() -> None:
    assert fault("province", "Timor Timur", Ask) == "unknown_province"
    assert fault("province", "91", Ask) == "disputed_code"
    assert fault("regency", "Bandung", Ask) == "ambiguous_regency"
    assert fault("regency", "9471", Ask) == "disputed_code"
    assert fault("regency", "99.99", Ask) == "unknown_regency"
    assert fault("regency", "Kab. Waingapu", Ask) == "unknown_regency"
    assert fault("regency", "1201", Ask) == "disputed_code"


def test_identifiers_are_text_with_their_zeros() -> None:
    assert value("nib", "0220010123456") == "0220010123456"
    assert value("nib", "NIB: 1234567890123") == "1234567890123"
    assert value("nib", "masih proses") is None
    assert fault("nib", "220010123456", Ask) == "lost_zero"
    assert fault("nib", "1.23457E+12", Ask) == "destroyed_number"
    assert fault("nib", "12345", Bad) == "bad_nib"
    assert value("hs", "0901.21.00") == "09012100"
    assert fault("hs", "90121", Ask) == "lost_zero"
    assert fault("hs", "7701", Bad) == "bad_hs"
    assert value("npwp", "01.234.567.8-901.000") == "0012345678901000"
    assert fault("npwp", "3.20123456789012E+15", Ask) == "destroyed_number"
    assert value("kbli", "10761, 47111 perdagangan eceran") == ["10761", "47111"]
    assert fault("kbli", "1111", Ask) == "lost_zero"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ANEKA OLAHAN IKAN", ["fishery"]), ("INDUSTRI MAKANAN / MAKANAN BASAH / OLAHAN ROTI", ["culinary"]),
        ("Kulener", ["culinary"]), ("Kulier", ["culinary"]), ("Kriya", ["crafts"]), ("CRAFT", ["crafts"]),
        ("Peternakan", ["agro"]), ("Alas Kaki", ["footwear"]), ("IT", ["it"]),
        ("Fashion & Kuliner", ["fashion", "culinary"]),
        ("Jasa", []), ("Perdagangan", []), ("Permesinan", ["machinery"]), ("Fesyen", ["fashion"]),
    ],
)  # fmt: skip
def test_sectors(text: str, codes: list[str]) -> None:
    assert value("sectors", text) == codes


def test_sectors_that_need_a_person() -> None:
    assert fault("sectors", "Perdangan", Ask) == "unknown_sector"  # as near to pertanian as to perdagangan
    assert fault("sectors", "zzz", Ask) == "unknown_sector"
    assert PARSERS["sectors"]("Kulener", HERE) == Parsed(["culinary"], "kuliner")


def test_texts_mail_web_and_answers() -> None:
    assert value("name", "  Toko\n Maju  ") == "Toko Maju"
    assert value("text", "macam² kue, sayur2an") == "macam-macam kue, sayur-sayuran"
    assert value("text", "m2 dan CO2") == "m2 dan CO2"
    assert fault("name", "---123", Bad) == "no_letters"
    assert fault("name", "a" * 300, Bad) == "too_long"
    assert value("emails", "Budi@Contoh.ID; x @y.id") == ["Budi@contoh.id", "x@y.id"]
    assert fault("emails", "budi@contoh", Bad) == "bad_email"
    assert value("urls", "www.contoh.id http://b.id/x") == ["https://www.contoh.id", "http://b.id/x"]
    assert fault("urls", "javascript:alert(1)", Bad) == "bad_url"
    assert [value("yes_no", text) for text in ("Ya", "sudah", "belum pernah", "No", "✓", "0")] == [
        True, True, False, False, True, False,
    ]  # fmt: skip
    assert fault("yes_no", "mungkin", Ask) == "not_yes_or_no"
    assert value("several", "Kopi; Teh\n- Kakao") == ["Kopi", "Teh", "Kakao"]
    assert value("legal_form", "PT Perorangan") == "pt_individual"
    assert value("fairs", "Inacraft 2019; TEI") == {"joined": True, "names": ["Inacraft 2019", "TEI"]}
    assert value("fairs", "belum") == {"joined": False, "names": []}
    assert [c["type"] for c in value("certificates", "Halal, P-IRT 2063273010001, Piagam")] == [
        "halal",
        "pirt",
        None,
    ]
    assert value("language", "Inggris, Mandarin") == ["en", "zh"]
