"""Finding the register in whatever file it comes in, and refusing what is none."""

import contextlib
import io
import json
import random
import zipfile

import pytest

from ekspora.engines.registers import MAX_BYTES, RegisterError, Sheet, read_source
from ekspora.engines.registers.limits import MAX_ROWS

from .build import csv, xlsx

LINE = "Nama Usaha{0}Telepon{0}Kota\nKafé Ñandú{0}0812-3456-7890{0}Kota Bandung\n"


def refusal(data: bytes, name: str = "daftar.xlsx") -> str:
    with pytest.raises(RegisterError) as caught:
        read_source(data, name)
    assert caught.value.text["id"]
    assert caught.value.text["en"]
    assert caught.value.text["id"] != caught.value.text["en"]
    return caught.value.code


@pytest.mark.parametrize(
    ("codec", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(codec: str, reported: str, delimiter: str) -> None:
    sheet = read_source(LINE.format(delimiter).encode(codec), "x")
    assert (sheet.encoding, sheet.delimiter) == (reported, delimiter)
    assert sheet.rows == [["Kafé Ñandú", "0812-3456-7890", "Kota Bandung"]]
    assert sheet.header_row == 1


def test_a_declared_separator_line_is_obeyed() -> None:
    sheet = read_source(csv('sep=;\r\nNama Usaha;Harga\r\nA;"Rp 1.250.000,-"\r\n'), "x.csv")
    assert sheet.rows == [["A", "Rp 1.250.000,-"]]
    assert sheet.header_row == 2


@pytest.mark.parametrize("name", ["daftar.csv", "daftar.json", "../../etc/daftar.xlsx", "C:\\x\\daftar.pdf"])
def test_the_kind_is_found_by_content_and_the_name_loses_its_path(name: str) -> None:
    sheet = read_source(xlsx({"S": [["Nama Usaha", "Telepon"], ["A", "0812"]]}), name)
    assert sheet.kind == "xlsx"
    assert "/" not in sheet.file
    assert "\\" not in sheet.file


def test_an_html_table_called_xls_is_read() -> None:
    page = "<html><table><tr><td>menu</td></tr></table><table><tr><th>No<th>Nama Usaha<th>Telp</tr>"
    page += "<tr><td>1</td><td>Sari &amp; Co</td><td>0812</td></tr></table></html>"
    sheet = read_source(page.encode(), "export.xls")
    assert sheet.kind == "html"
    assert sheet.rows == [["1", "Sari & Co", "0812"]]


def test_the_sheet_with_the_register_is_found_and_the_others_named() -> None:
    data = xlsx(
        {
            "Sampul": [["DINAS KOPERASI"]],
            "Kosong": [],
            "Rekap": [["Kecamatan", "Desa", "Jumlah"], *[["A", "B", n] for n in range(30)]],
            "Data": [
                ["Nama Usaha", "Pemilik", "Telepon", "Kota", "Alamat", "Produk"],
                ["A", "B", "C", "D", "E", "F"],
            ],
        }
    )
    sheet = read_source(data, "x.xlsx")
    assert sheet.sheet == "Data"
    assert sheet.others == ("Rekap",)
    assert read_source(data, "x.xlsx", sheets=["Rekap"]).sheet == "Rekap"


def stacked() -> Sheet:
    return read_source(
        xlsx({"S": [
            ["DATA UMKM BINAAN", "", "", "", "", ""],
            ["TAHUN 2019"],
            [],
            ["No", "Nama", "", "Alamat", "", "Telp"],
            ["", "Usaha", "Pemilik", "Jalan", "Kecamatan", ""],
            [1, 2, 3, 4, 5, 6],
            [1, "Batik Sekar", "Sri", "Jl. Mawar 1", "Bayat", "0812"],
            [2, "Lurik Jaya", "Ani", "Jl. Melati 2", "Pedan", "0813"],
            ["", "Jumlah", 2],
            ["", "", "", "", "Klaten, 3 Januari 2019"],
            ["", "", "", "", "Kepala Dinas"],
        ]}, merges=[(0, 0, 0, 5), (3, 1, 3, 2), (3, 3, 3, 4), (3, 0, 4, 0), (3, 5, 4, 5)]),
        "x.xlsx",
    )  # fmt: skip


def test_titles_stacked_merged_headers_numbering_and_footers() -> None:
    sheet = stacked()
    assert sheet.columns == [
        "No",
        "Nama / Usaha",
        "Nama / Pemilik",
        "Alamat / Jalan",
        "Alamat / Kecamatan",
        "Telp",
    ]
    assert sheet.header_row == 6
    assert sheet.rows[0][1] == "Batik Sekar"
    assert sheet.source_row(1) == 7
    assert sorted(sheet.left_out) == [3, 4, 5]


def test_stacked_headers_without_merges_in_csv() -> None:
    text = "DATA;;;;\n;;;;\nNo;Nama;;Alamat;Telp\n;Usaha;Pemilik;Jalan;\n1;A;B;Jl. C;0812\n"
    assert read_source(csv(text), "x").columns == [
        "No",
        "Nama / Usaha",
        "Nama / Pemilik",
        "Alamat / Jalan",
        "Telp",
    ]


def test_lines_that_only_name_a_group_are_no_records() -> None:
    sheet = read_source(csv("No,Nama Usaha,Telp\nKECAMATAN BAYAT,,\n1,A,\n,B,\n"), "x")
    assert sheet.left_out == {1: "KECAMATAN BAYAT"}


def test_text_encoded_twice_is_repaired() -> None:
    sheet = read_source(csv("Nama Usaha,Harga\nKopi â€“ Teh,Rp4.000 â€“ Rp60.000\nCafÃ© ñ,\n"), "x")
    assert [row[0] for row in sheet.rows] == ["Kopi – Teh", "CafÃ© ñ"]


def test_the_xml_of_2003_is_read() -> None:
    cells = (
        '<Row><Cell><Data ss:Type="String">{}</Data></Cell><Cell ss:Index="3"><Data>{}</Data></Cell></Row>'
    )
    table = cells.format("Nama Usaha", "Telp") + cells.format("A &amp; B", "0812")
    sheet = read_source(f'<?xml version="1.0"?><Workbook><Table>{table}</Table></Workbook>'.encode(), "x.xls")
    assert (sheet.columns, sheet.rows) == (["Nama Usaha", "Telp"], [["A & B", "0812"]])


URN = "urn:oasis:names:tc:opendocument:xmlns"
CELL = '<table:table-cell office:value-type="string" table:number-columns-repeated="{}"><text:p>{}</text:p>'


def ods(rows: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{URN}:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="Data">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    manifest = f'<manifest:manifest xmlns:manifest="{URN}:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def ods_row(*texts: str, repeated: int = 1, cells: int = 1) -> str:
    row = "".join(CELL.format(cells, text) + "</table:table-cell>" for text in texts)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{row}</table:table-row>'


def test_ods_and_its_bomb_of_repeated_cells() -> None:
    sheet = read_source(ods(ods_row("Nama Usaha", "Telepon") + ods_row("A", "0812")), "x")
    assert (sheet.kind, sheet.sheet, sheet.rows) == ("ods", "Data", [["A", "0812"]])
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    below = f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    assert (
        len(read_source(ods(ods_row("Nama Usaha", "Telepon") + ods_row("A", "0812") + below), "x").rows) == 1
    )
    assert refusal(ods(ods_row("Nama Usaha") + ods_row("x", repeated=1_000_000, cells=16_000))) == "zip_bomb"


def test_an_ods_that_declares_entities_is_refused_and_never_grows() -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    plain = ods(ods_row("Nama Usaha", "Telepon") + ods_row("&b;", "0812"))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert (
        refusal(zipped(files | {"content.xml": declared.encode() + files["content.xml"]}))
        == "broken_workbook"
    )


def test_entries_with_paths_and_outside_links_are_left_where_they_are() -> None:
    with zipfile.ZipFile(
        io.BytesIO(xlsx({"Data": [["Nama Usaha", "Telepon"], ["A", "081234567890"]]}))
    ) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    outside = b'<Relationship Id="r9" Type="x/externalLink" TargetMode="External" Target="file:///x"/></Relationships>'
    tricky = {
        "../../outside.txt": b"x",
        "/outside.txt": b"x",
        "xl/_rels/workbook.xml.rels": files["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>", outside
        ),
    }
    assert read_source(zipped(files | tricky), "../../daftar.xlsx").rows == [["A", "081234567890"]]


def test_cells_merged_downwards_hold_for_all_their_rows() -> None:
    data = xlsx(
        {"S": [["Nama Usaha", "Produk"], ["A", "Kopi"], ["", "Teh"], ["B", "Batik"]]}, merges=[(1, 0, 2, 0)]
    )
    assert [row[0] for row in read_source(data, "x").rows] == ["A", "A", "B"]


def test_a_header_repeated_on_each_page_is_no_record() -> None:
    sheet = read_source(csv("Nama Usaha,Telepon,Kota\nA,1,B\nNama Usaha,Telepon,Kota\nC,2,D\n"), "x")
    assert list(sheet.left_out) == [2]


def test_columns_without_name_or_content_are_dropped_and_equal_names_told_apart() -> None:
    sheet = read_source(csv("Nama Usaha,,Telepon,Telepon,\nA,x,1,2,\nB,,3,4,\n"), "x")
    assert sheet.columns == ["Nama Usaha", "(B)", "Telepon", "Telepon (2)"]


def test_newlines_within_cells_stay_in_one_row() -> None:
    sheet = read_source(csv('nama_usaha,telp\n"Toko\nMaju","0812\n0813"\nB,\n'), "x")
    assert sheet.rows[0] == ["Toko\nMaju", "0812\n0813"]
    assert len(sheet.rows) == 2


def test_rows_with_too_many_or_too_few_cells_are_known() -> None:
    rows = "".join(f"U{n},Jasa,Jl. A\n" for n in range(60))
    sheet = read_source(csv(f"nama,kategori,alamat\n{rows}Toko (A, B),Jasa,Jl. A\nKios,Jasa Jl. B\n"), "x")
    assert sorted(sheet.uneven) == [61, 62]
    assert sheet.uneven[61] == ["Toko (A", " B)", "Jasa", "Jl. A"]


def test_a_program_that_trims_its_rows_is_no_fault() -> None:
    rows = "".join(f"U{n},Jasa\n" if n % 2 else f"U{n},Jasa,Jl. A\n" for n in range(60))
    assert not read_source(csv(f"nama,kategori,alamat\n{rows}"), "x").uneven


@pytest.mark.parametrize(
    "document",
    [
        [{"nama": "A", "telp": 81234567890}, {"nama": "B"}],
        {"status": 200, "data": {"umkm": [{"nama": "A", "telp": 81234567890}, {"nama": "B", "telp": None}]}},
        {"u1": {"nama": "A", "telp": "81234567890"}, "u2": {"nama": "B"}},
        [["nama", "telp"], ["A", 81234567890], ["B", None]],
        [
            {"type": "header"},
            {"type": "table", "data": [{"nama": "A", "telp": "81234567890"}, {"nama": "B"}]},
        ],
    ],
)
def test_json_of_many_forms(document: object) -> None:
    sheet = read_source(json.dumps(document).encode(), "x")
    assert (sheet.kind, sheet.header_row, sheet.delimiter) == ("json", None, None)
    assert sheet.columns == ["nama", "telp"]
    assert sheet.rows == [["A", "81234567890"], ["B", ""]]


def test_json_lines_geojson_and_nesting() -> None:
    assert read_source(b'{"nama":"A"}\n{"nama":"B"}\n', "x").rows == [["A"], ["B"]]
    feature = {
        "type": "Feature",
        "properties": {"nama": "A"},
        "geometry": {"type": "Point", "coordinates": [107.5, -6.9]},
    }
    point = read_source(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(), "x")
    assert point.columns == ["nama", "longitude", "latitude"]
    nested = read_source(
        json.dumps([{"nama": "A", "alamat": {"jalan": "B"}, "produk": ["C", "D"]}]).encode(), "x"
    )
    assert (nested.columns, nested.rows) == (["nama", "alamat.jalan", "produk"], [["A", "B", "C\nD"]])


def test_numbers_of_a_workbook_become_text_without_loss() -> None:
    data = xlsx(
        {"S": [["Nama Usaha", "NIB", "Harga", "NPWP"], ["A", 1234567890123, 1.125, 3201234567890123.0]]}
    )
    assert read_source(data, "x").rows[0][1:] == ["1234567890123", "1.1250", "3.20123456789012E+15"]


def test_formulas_give_their_cached_value_and_are_never_evaluated() -> None:
    data = xlsx({"S": [["Nama Usaha", "Jumlah Karyawan"], ["@x", "=2+3"]]})
    assert read_source(data, "x").rows == [["@x", "0"]]
    assert (
        read_source(csv("Nama Usaha,Telepon\n=cmd|' /C calc'!A1,+62\n"), "x").rows[0][0]
        == "=cmd|' /C calc'!A1"
    )


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe\n\x00"])
def test_an_empty_file(data: bytes) -> None:
    assert refusal(data) == "empty_file"


def test_five_megabytes_of_nonsense() -> None:
    assert refusal(random.Random(3).randbytes(5_000_000)) == "not_a_table"
    assert refusal(b"lorem ipsum dolor sit amet " * 190_000) == "no_register"


def test_other_kinds_of_files_are_named() -> None:
    with pytest.raises(RegisterError, match="PDF"):
        read_source(b"%PDF-1.7 ...", "daftar.csv")


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    bomb = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 300_000_000})
    assert len(bomb) < 500_000
    assert refusal(bomb) == "zip_bomb"


def test_a_zip_bomb_that_lies_about_its_size_is_refused_by_what_comes_out() -> None:
    bomb = bytearray(zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 300_000_000}))
    size = (300_000_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert refusal(bytes(bomb.replace(size, (1000).to_bytes(4, "little")))) == "zip_bomb"


def test_a_stray_cell_far_out_is_refused_before_it_costs_gigabytes() -> None:
    data = xlsx({"S": [["Nama Usaha", "Telepon"], ["A", "0812"]]}, far=(1_048_575, 16_383))
    assert refusal(data) == "sheet_too_large"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.98])
def test_a_truncated_workbook(cut: float) -> None:
    data = xlsx({"S": [["Nama Usaha", "Telepon"], ["A", "0812"]]})
    assert refusal(data[: int(len(data) * cut)]) == "broken_workbook"


def test_damaged_workbooks_are_refused_or_read_but_never_crash() -> None:
    whole = xlsx({"S": [["Nama Usaha", "Telepon"], ["A", "0812"]]})
    rng = random.Random(5)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 20)):
            data[rng.randrange(4, len(data))] = rng.randrange(256)
        with contextlib.suppress(RegisterError):
            read_source(bytes(data), "x.xlsx")


def test_a_workbook_behind_a_password() -> None:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert refusal(header + "EncryptedPackage".encode("utf-16-le") + bytes(2000)) == "password"


def test_sql_is_named() -> None:
    assert refusal(csv("-- dump\nINSERT INTO tb (nama, telp) VALUES ('A', '0812');\n")) == "not_a_table"


def test_other_archives_and_broken_json() -> None:
    assert refusal(zipped({"word/document.xml": b"<x/>"})) == "not_a_table"
    assert refusal(b'[{"nama": "A",}]') == "broken_json"
    assert refusal(b'[1, 2, "x"]') == "no_records"
    assert refusal(b'{"a": ' * 50_000) in {"broken_json", "no_register"}


def test_three_hundred_columns_and_two_million_rows() -> None:
    wide = ["Nama Usaha", *[f"k{n}" for n in range(300)]]
    assert refusal(csv(",".join(wide) + "\n" + ",".join("x" * len(wide)))) == "too_many_columns"
    assert refusal(xlsx({"S": [wide, ["x"] * len(wide)]})) == "too_many_columns"
    assert refusal(b"nama,telp\n" + b"A,1\n" * 2_000_000) == "too_many_rows"
    assert refusal(b"nama,telp\n" + b"A,1\n" * (MAX_ROWS + 1)) == "too_many_rows"


def test_a_file_over_the_size_limit_is_not_even_looked_at() -> None:
    assert refusal(b"x" * (MAX_BYTES + 1)) == "file_too_large"


def test_a_quote_that_is_never_closed() -> None:
    assert refusal(csv('nama,alamat\nA,"Jl. B\n' + "C,Jl. D\n" * 20_000)) == "open_quote"


def test_a_file_without_header_is_refused_not_guessed() -> None:
    assert refusal(csv("MINA KARTINI,081234567890\nSARI ASIH,081234567891\n")) == "no_register"
