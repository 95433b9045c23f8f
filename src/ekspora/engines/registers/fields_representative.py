"""The register of representatives: one person of a foreign mission in a row."""

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.fields import Field, Schema
from ekspora.engines.registers.sectors import SECTORS, interests
from ekspora.engines.registers.values import countries, dates, phones, texts

REPRESENTATIVES = Schema(
    "representatives",
    pair("Perwakilan negara sahabat", "Representatives of foreign missions"),
    (
        Field("title", pair("Gelar / sapaan", "Title"), "gelar, gelar depan, sapaan, title, honorific, salutation, sebutan, prefix, mr mrs", texts.text, example="Mr."),
        Field("name", pair("Nama", "Name"), "nama, nama lengkap, nama perwakilan, nama diplomat, nama delegasi, nama peserta, name, full name, representative, delegate, "
              "name of representative, participant, name of participant, nama pejabat, diplomat, contact name, nama tamu, guest name, guest, peserta, perwakilan",
              texts.name, required=True, example="Ratu Naulivou"),
        Field("first_name", pair("Nama depan", "First name"), "nama depan, first name, given name, firstname", texts.name),
        Field("last_name", pair("Nama belakang", "Last name"), "nama belakang, nama keluarga, last name, family name, surname, lastname", texts.name),
        Field("name_suffix", pair("Gelar belakang", "Name suffix"), "gelar belakang, suffix, name suffix, gelar akademik", texts.text),
        Field("function", pair("Jabatan", "Function"), "jabatan, fungsi, posisi, function, position, designation, job title, role, post, rank, jabatan fungsi, pangkat jabatan", texts.text, example="Trade Attaché"),
        Field("country", pair("Negara yang diwakili", "Country represented"),
              "negara, negara yang diwakili, negara asal, country, country represented, represented country, nationality, state, country of representation, asal negara, negara sahabat, negara perwakilan, represents, kewarganegaraan",
              countries.country, required=True, example="Fiji"),
        Field("mission", pair("Perwakilan / kedutaan", "Mission"),
              "kedutaan, kedutaan besar, kedubes, nama perwakilan asing, instansi, perwakilan asing, misi, mission, embassy, high commission, mission name, name of mission, organisation, organization, lembaga, office, "
              "kantor perwakilan, nama misi, diplomatic mission, nama kedutaan, asal instansi, institution", texts.text, example="Embassy of Fiji"),
        Field("residence_country", pair("Negara kedudukan", "Country of residence"),
              "negara kedudukan, negara domisili, negara tempat kedudukan, residence country, country of residence, resides in, seat country, negara akreditasi, based in country, resident in, kedudukan, tempat kedudukan, residence", countries.residence, example="Indonesia",
              help=pair("Negara tempat misi berkedudukan; boleh kosong", "Country where the mission sits; may be empty")),
        Field("residence_city", pair("Kota kedudukan", "City of residence"),
              "kota kedudukan, kota domisili, residence city, city of residence, city, kota, seat, based in, duty station, post city, kota tempat kedudukan", texts.text, example="Jakarta"),
        Field("email", pair("Surel", "Email"), "email, e mail, surel, alamat email, email address, mail", texts.emails, many=True, example="trade@example.org"),
        Field("phone", pair("Telepon / WhatsApp", "Phone / WhatsApp"),
              "telepon, telp, no telp, hp, no hp, nomor hp, handphone, whatsapp, no wa, wa, nomor telepon, kontak, contact, phone, phone number, mobile, mobile phone, telephone, tel, contact number, "
              "no kontak, cellphone, ponsel, whatsapp number", phones.phones, many=True, example="+62 811 1234 567"),
        Field("language", pair("Bahasa", "Language"), "bahasa, bahasa pilihan, language, preferred language, languages, bahasa yang dikuasai", texts.language, many=True, example="English"),
        Field("interests", pair("Minat", "Interests"), "minat, minat produk, bidang minat, ketertarikan, sektor minat, produk yang diminati, interest, interests, sectors of interest, product interest, "
              "products of interest, areas of interest, sektor, sector, komoditas, sektor yang diminati", interests, many=True, placeholder_counts=True, example="Kopi; Alas kaki",
              help=pair("Sektor atau barang yang dicari: " + ", ".join(s.label["id"] for s in SECTORS), "Sectors or goods wanted: " + ", ".join(s.label["en"] for s in SECTORS))),
        Field("arrives", pair("Tiba", "Arrives"), "tiba, tanggal tiba, kedatangan, tanggal kedatangan, arrives, arrival, arrival date, date of arrival, datang, check in, jam tiba", dates.date, example="2019-07-03"),
        Field("leaves", pair("Pulang", "Leaves"), "pulang, tanggal pulang, kepulangan, keberangkatan, leaves, departure, departure date, date of departure, tanggal kepulangan, check out, berangkat, departs", dates.date, example="2019-07-05"),
        Field("notes", pair("Catatan", "Notes"), "catatan, keterangan, notes, remarks, note, remark, comment, comments", texts.long_text),
    ),
)  # fmt: skip
