"""The register of businesses: one business in a row with one product or more."""

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.fields import Field, Schema
from ekspora.engines.registers.sectors import SECTORS, sectors
from ekspora.engines.registers.values import countries, dates, identifiers, money, numbers, phones, places, texts
from ekspora.engines.registers.values.certificates import certificates, fairs
from ekspora.engines.registers.values.coordinates import latitude, longitude

_WORTH = (
    Field("name", pair("Nama usaha", "Business name"),
          "nama usaha, nama umkm, nama perusahaan, nama pelaku usaha, nama ikm, nama industri, nama toko, nama badan usaha, perusahaan, nama unit usaha, "
          "merek usaha, business name, company name, company, business, name of business, name of company, enterprise, firm, nama koperasi, "
          "nama usaha umkm, trade name, exhibitor, nama usaha merek, nama usaha brand, store name, shop name, nama stand, nama kios, nama warung, nama outlet",
          texts.name, required=True, weak="name, nama, umkm, ikm, usaha, merek, brand, nama brand, nama merek, brand name, company brand, nama kelompok, peserta, "
          "nama peserta, organisasi, nama instansi", example="CV Kopi Gunung Puntang"),
    Field("nib", pair("NIB", "Business number (NIB)"), "nib, nomor induk berusaha, business id number, business identification number, nib oss, no nib",
          identifiers.nib, example="1234567890123", help=pair("13 angka; kosongkan bila belum ada", "13 digits; leave empty when there is none yet")),
    Field("npwp", pair("NPWP", "Tax number (NPWP)"), "npwp, nomor pokok wajib pajak, tax number, tax id, tin", identifiers.npwp),
    Field("owner_name", pair("Nama pemilik", "Owner"),
          "nama pemilik, pemilik, owner, owner name, pengusaha, nama pengusaha, nama pelaku, pimpinan, nama pimpinan, direktur, penanggung jawab, "
          "nama penanggung jawab, pic, contact person, kontak person, nama kontak, nama lengkap, nama contact person, contact name, full name, cp, ketua, nama ketua, "
          "nama owner, nama lengkap pemilik, director, pemilik usaha, nama pemilik usaha, narahubung",
          texts.name, weak="kontak, contact, nama, name", example="Siti Rahmawati"),
    Field("phone", pair("Telepon / WhatsApp", "Phone / WhatsApp"),
          "telepon, telp, no telp, hp, no hp, nomor hp, handphone, whatsapp, no wa, wa, telp hp, no telp hp, nomor telepon, kontak, no kontak, nomor kontak, "
          "contact, phone, phone number, mobile, mobile phone, telephone, contact number, cellphone, tel, no telepon hp, no wa telp, telepon wa, "
          "nomor whatsapp, kontak wa, link wa, cell, hp wa, no hp wa, kontak hp, ponsel, nomor ponsel, hotline, fax telp, whatsapp number",
          phones.phones, many=True, example="0812-3456-7890"),
    Field("email", pair("Surel", "Email"), "email, e mail, surel, alamat email, email address, mail, surat elektronik, alamat surel", texts.emails,
          many=True, example="halo@contoh.id"),
    Field("province", pair("Provinsi", "Province"), "provinsi, prov, propinsi, nama provinsi, province, state, wilayah provinsi", places.province,
          example="Jawa Barat"),
    Field("province_code", pair("Kode provinsi", "Province code"), "kode provinsi, kode prov, province code, id provinsi, kd provinsi, kd prov, provinsi id, bps kode provinsi",
          places.province, code_of="province"),
    Field("regency", pair("Kabupaten/kota", "Regency or city"),
          "kabupaten kota, kab kota, kabupaten, kab, kota, kota kabupaten, kota kab, nama kabupaten kota, nama kab kota, nama kabupaten, kabkota, regency, city, "
          "regency city, city regency, daerah, daerah asal, asal daerah, kabupaten/kota asal, municipality, asal kota, dati ii, district city",
          places.regency, example="Kabupaten Bandung"),
    Field("regency_code", pair("Kode kabupaten/kota", "Regency code"),
          "kode kabupaten kota, kode kab kota, kode kabupaten, regency code, kd kabkota, id kabupaten, kode kota, kd kab, bps kode kabupaten kota, kabupaten id",
          places.regency, code_of="regency"),
    Field("district", pair("Kecamatan", "District"), "kecamatan, kec, nama kecamatan, distrik, district, subdistrict, sub district, kapanewon, kemantren", texts.text, example="Cimaung"),
    Field("village", pair("Desa/kelurahan", "Village"),
          "kelurahan, desa, kel, desa kelurahan, kelurahan desa, kel desa, desa kel, village, nama desa, nama kelurahan, kalurahan, nagari, gampong, urban village, nama desa kelurahan, kampung",
          texts.text, example="Campakamulya"),
    Field("address", pair("Alamat", "Address"),
          "alamat, alamat usaha, alamat lengkap, jalan, jl, nama jalan, lokasi, lokasi usaha, address, street, street address, alamat perusahaan, alamat produksi, "
          "tempat usaha, alamat tempat usaha, location, full address, business address, almt, alamat umkm, domisili, alamat toko, alamat kantor",
          texts.long_text, example="Jl. Raya Gunung Puntang No. 5"),
    Field("latitude", pair("Lintang", "Latitude"), "lat, latitude, lintang, koordinat lintang, garis lintang, koordinat y", latitude),
    Field("longitude", pair("Bujur", "Longitude"), "lon, lng, long, longitude, bujur, koordinat bujur, garis bujur, koordinat x", longitude),
    Field("sector", pair("Sektor", "Sector"),
          "sektor, sektor usaha, kategori, kategori usaha, jenis usaha, bidang usaha, bidang, sub sektor, subsektor, sector, category, business sector, industry, business type, "
          "jenis industri, klaster, kelompok usaha, jenis bidang usaha, kategori produk, type of business, komoditi, komoditas, business field, cabang industri, kategori umkm, "
          "line of business, field of business, product category, jenis umkm, sector of business, sektor industri",
          sectors, many=True, placeholder_counts=True, example="Agro", choices=tuple(s.label["id"] for s in SECTORS)),
    Field("kbli", pair("KBLI", "KBLI code"), "kbli, kode kbli, kbli code, no kbli, kbli 2020, klasifikasi kbli", identifiers.kbli, example="10761"),
    Field("year_founded", pair("Tahun berdiri", "Year founded"),
          "tahun berdiri, berdiri sejak, thn berdiri, tahun mulai usaha, mulai usaha, tahun pendirian, berdiri, sejak, tanggal berdiri, year founded, founded, "
          "year established, established, since, tahun mulai, tgl berdiri, th berdiri, year of establishment, tahun usaha, tahun memulai usaha",
          dates.year, example="2012"),
    Field("employees", pair("Jumlah tenaga kerja", "Employees"),
          "tenaga kerja, jumlah tenaga kerja, jumlah karyawan, karyawan, jumlah pekerja, pekerja, pegawai, jumlah pegawai, employees, number of employees, "
          "workers, staff, no of employees, naker, tk, jml tk, workforce, jumlah naker, total employees",
          numbers.count, example="12"),
    Field("legal_form", pair("Bentuk usaha", "Legal form"),
          "bentuk usaha, badan usaha, bentuk badan usaha, badan hukum, jenis badan usaha, legalitas usaha, status badan usaha, legal form, legal entity, "
          "bentuk hukum, legal status, type of entity, status badan hukum, bentuk badan hukum, entity type, company type",
          texts.legal_form, example="CV"),
)  # fmt: skip

_RECORD = (
    Field("export_countries", pair("Negara tujuan ekspor", "Export countries"),
          "negara tujuan ekspor, negara ekspor, tujuan ekspor, negara tujuan, pasar ekspor, export countries, export markets, export destinations, "
          "destination countries, export to, ekspor ke, export market, export country, export destination, negara pasar ekspor, markets",
          countries.countries, many=True, placeholder_counts=True, example="Malaysia, Jepang"),
    Field("has_branches", pair("Punya cabang", "Has branches"), "cabang, punya cabang, memiliki cabang, kantor cabang, ada cabang, has branches, branches, branch office, "
          "branch offices, has branch, memiliki kantor cabang", texts.yes_no, placeholder_counts=True, example="tidak", choices=("ya", "tidak")),
    Field("has_exported", pair("Pernah ekspor", "Has exported"),
          "pernah ekspor, sudah ekspor, ekspor, status ekspor, pernah melakukan ekspor, has exported, exported, exporting, export, exporter, export experience, "
          "pengalaman ekspor, sudah pernah ekspor, already exported, telah ekspor, sudah mengekspor", texts.yes_no, placeholder_counts=True, example="ya", choices=("ya", "tidak")),
    Field("joined_fairs", pair("Pameran yang diikuti", "Fairs joined"),
          "pameran, pameran yang diikuti, pernah pameran, pernah ikut pameran, pameran diikuti, fairs joined, fairs, exhibitions, trade fairs, pameran luar negeri, "
          "pameran yang pernah diikuti, exhibition experience, pengalaman pameran, international fairs, trade shows, pernah mengikuti pameran, joined fairs, "
          "pameran internasional, pameran internasional yang pernah diikuti", fairs, many=True, placeholder_counts=True, example="Trade Expo Indonesia 2018"),
    Field("country", pair("Negara asal", "Country"), "negara, negara asal, country, country of origin, asal negara, negara usaha, home country, nation", countries.country,
          help=pair("Kosongkan untuk usaha di Indonesia", "Leave empty for a business in Indonesia")),
    Field("website", pair("Situs web", "Website"), "website, situs, situs web, web, url, laman, alamat website, toko online, link website, homepage, site, web site, alamat situs", texts.urls, many=True, example="https://contoh.id"),
    Field("social", pair("Media sosial", "Social media"),
          "media sosial, medsos, sosial media, instagram, ig, facebook, fb, tiktok, akun instagram, social media, sosmed, shopee, tokopedia, akun medsos, akun media sosial, "
          "youtube, youtube link, link youtube, marketplace, twitter, linkedin, nama akun instagram", texts.several, many=True, example="@kopipuntang"),
    Field("certificates", pair("Sertifikat", "Certificates"),
          "sertifikat, sertifikasi, legalitas, perizinan, izin, ijin, ijin usaha, izin usaha, izin edar, sertifikat yang dimiliki, halal, sertifikat halal, no halal, pirt, p irt, no pirt, no p irt, bpom, "
          "haccp, sni, merek terdaftar, certificates, certification, certifications, licenses, certificate, licences, perijinan, sertifikat produk, iso, legalitas produk, sertifikasi produk, hki, haki",
          certificates, many=True, placeholder_counts=True, example="Halal, P-IRT"),
)  # fmt: skip

_PRODUCT = (
    Field("product_name", pair("Nama produk", "Product"),
          "produk, nama produk, jenis produk, hasil produksi, produk utama, produk unggulan, produk usaha, product, product name, products, main product, goods, "
          "nama barang, barang, varian, item, produk yang dihasilkan, produk jasa, nama produk jasa, jenis barang, product service, service, main products, "
          "produk yang dijual, hasil usaha, produk yang ditawarkan, komoditas unggulan, commodity, produk andalan, varian produk, menu",
          texts.name, product=True, example="Kopi arabika sangrai"),
    Field("product_name_en", pair("Nama produk (Inggris)", "Product name in English"),
          "nama produk inggris, produk inggris, product name english, english product name, product name en, nama produk en, nama produk dalam bahasa inggris, produk en, "
          "product name in english, english name, nama inggris", texts.name, product=True, example="Roasted arabica coffee"),
    Field("description", pair("Keterangan produk", "Description"),
          "deskripsi, deskripsi produk, keterangan produk, uraian, uraian produk, description, product description, spesifikasi, about, tentang produk, tentang, profil, "
          "profil usaha, specification, deskripsi usaha, penjelasan produk, short description, detail produk, deskripsi singkat", texts.long_text, product=True, example="Kopi arabika 1.200 mdpl, sangrai sedang"),
    Field("hs", pair("Kode HS", "HS code"), "hs, kode hs, hs code, pos tarif, hs number, no hs, nomor hs, kode hs produk, hscode, tariff code", identifiers.hs, product=True, example="090121",
          help=pair("4, 6 atau 8 angka; format sel Teks", "4, 6 or 8 digits; format the cell as Text")),
    Field("unit", pair("Satuan", "Unit"), "satuan, satuan produk, unit, uom, unit of measure, satuan harga", numbers.unit, product=True, example="kg"),
    Field("monthly_capacity", pair("Kapasitas per bulan", "Monthly capacity"),
          "kapasitas, kapasitas produksi, kapasitas per bulan, kapasitas produksi per bulan, kapasitas bulanan, produksi per bulan, capacity, production capacity, "
          "monthly capacity, capacity per month, jumlah produksi, volume produksi, kapasitas bln, monthly production, production capacity per month, produksi bulanan, kap produksi", numbers.quantity, product=True, example="2.000 kg"),
    Field("free_capacity", pair("Kapasitas tersedia per bulan", "Free monthly capacity"),
          "kapasitas tersedia, sisa kapasitas, kapasitas tersedia per bulan, kapasitas ekspor, free capacity, available capacity, free monthly capacity, spare capacity, "
          "kapasitas sisa, kapasitas kosong", numbers.quantity, product=True, example="800 kg"),
    Field("minimum_order", pair("Pesanan minimum", "Minimum order"), "minimum order, moq, pesanan minimum, minimal order, minimal pemesanan, min order, minimum pemesanan, "
          "minimal pesanan, minimum order quantity, pemesanan minimum, min pesanan", numbers.quantity, product=True, example="100 kg"),
    Field("lead_time_days", pair("Waktu produksi (hari)", "Lead time (days)"), "waktu produksi, lama produksi, lead time, lead time days, waktu pengerjaan, lama pengerjaan, lama pengiriman, "
          "delivery time, production time, waktu tunggu", numbers.days, product=True, example="14"),
    Field("price", pair("Harga", "Price"), "harga, harga jual, harga produk, range harga, kisaran harga, price, unit price, harga satuan, selling price, price range, fob price, harga fob, "
          "rentang harga, harga per unit, daftar harga, rata rata harga, harga rp, fob, export price, harga ekspor", money.price, product=True, example="Rp 150.000"),
    Field("currency", pair("Mata uang", "Currency"), "mata uang, currency, valuta, kurs", money.currency, product=True, example="IDR", choices=("IDR", "USD", "EUR", "MYR", "SGD", "JPY")),
    Field("incoterm", pair("Incoterm", "Incoterm"), "incoterm, incoterms, syarat penyerahan, terms of delivery, term of delivery, delivery terms, trade terms", texts.incoterm, product=True, example="FOB",
          choices=("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")),
    Field("shelf_life", pair("Masa simpan", "Shelf life"), "masa simpan, daya tahan, kedaluwarsa, kadaluarsa, masa kadaluarsa, umur simpan, masa berlaku produk, shelf life, expiry, ketahanan produk, "
          "kadaluwarsa, masa kedaluwarsa, best before, shelf life days", numbers.days, product=True, example="12 bulan"),
)  # fmt: skip

BUSINESSES = Schema("businesses", pair("Pelaku usaha dan produk", "Businesses and products"), _WORTH + _RECORD + _PRODUCT)
