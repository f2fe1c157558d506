"""The 34 provinces, what each was made of, and their tiles."""

from typing import NamedTuple


class Province(NamedTuple):
    """`of`: the codes of before of which it was made. `at`: column and row of its tile, drawn by hand so that
    neighbours stay neighbours; the country is long, so is the map."""

    code: str
    name: str
    of: tuple[str, ...]
    at: tuple[int, int]
    short: str


# by the code of before: name
OLD = {
    "01": "Hà Nội", "02": "Hà Giang", "04": "Cao Bằng", "06": "Bắc Kạn", "08": "Tuyên Quang", "10": "Lào Cai",
    "11": "Điện Biên", "12": "Lai Châu", "14": "Sơn La", "15": "Yên Bái", "17": "Hòa Bình", "19": "Thái Nguyên",
    "20": "Lạng Sơn", "22": "Quảng Ninh", "24": "Bắc Giang", "25": "Phú Thọ", "26": "Vĩnh Phúc", "27": "Bắc Ninh",
    "30": "Hải Dương", "31": "Hải Phòng", "33": "Hưng Yên", "34": "Thái Bình", "35": "Hà Nam", "36": "Nam Định",
    "37": "Ninh Bình", "38": "Thanh Hóa", "40": "Nghệ An", "42": "Hà Tĩnh", "44": "Quảng Bình", "45": "Quảng Trị",
    "46": "Thừa Thiên Huế", "48": "Đà Nẵng", "49": "Quảng Nam", "51": "Quảng Ngãi", "52": "Bình Định",
    "54": "Phú Yên", "56": "Khánh Hòa", "58": "Ninh Thuận", "60": "Bình Thuận", "62": "Kon Tum", "64": "Gia Lai",
    "66": "Đắk Lắk", "67": "Đắk Nông", "68": "Lâm Đồng", "70": "Bình Phước", "72": "Tây Ninh", "74": "Bình Dương",
    "75": "Đồng Nai", "77": "Bà Rịa – Vũng Tàu", "79": "TP. Hồ Chí Minh", "80": "Long An", "82": "Tiền Giang",
    "83": "Bến Tre", "84": "Trà Vinh", "86": "Vĩnh Long", "87": "Đồng Tháp", "89": "An Giang", "91": "Kiên Giang",
    "92": "Cần Thơ", "93": "Hậu Giang", "94": "Sóc Trăng", "95": "Bạc Liêu", "96": "Cà Mau",
}  # fmt: skip

PROVINCES = (
    Province("12", "Lai Châu", ("12",), (1, 0), "LCh"),
    Province("15", "Lào Cai", ("10", "15"), (2, 0), "LCa"),
    Province("08", "Tuyên Quang", ("02", "08"), (3, 0), "TQ"),
    Province("04", "Cao Bằng", ("04",), (4, 0), "CB"),
    Province("11", "Điện Biên", ("11",), (0, 1), "ĐB"),
    Province("14", "Sơn La", ("14",), (1, 1), "SL"),
    Province("25", "Phú Thọ", ("17", "25", "26"), (2, 1), "PT"),
    Province("19", "Thái Nguyên", ("06", "19"), (3, 1), "TNg"),
    Province("20", "Lạng Sơn", ("20",), (4, 1), "LS"),
    Province("01", "Hà Nội", ("01",), (2, 2), "HN"),
    Province("24", "Bắc Ninh", ("24", "27"), (3, 2), "BN"),
    Province("22", "Quảng Ninh", ("22",), (4, 2), "QN"),
    Province("37", "Ninh Bình", ("35", "36", "37"), (2, 3), "NB"),
    Province("33", "Hưng Yên", ("33", "34"), (3, 3), "HY"),
    Province("31", "Hải Phòng", ("30", "31"), (4, 3), "HP"),
    Province("38", "Thanh Hóa", ("38",), (1, 4), "TH"),
    Province("40", "Nghệ An", ("40",), (1, 5), "NA"),
    Province("42", "Hà Tĩnh", ("42",), (2, 6), "HT"),
    Province("44", "Quảng Trị", ("44", "45"), (2, 7), "QT"),
    Province("46", "Huế", ("46",), (3, 8), "Huế"),
    Province("48", "Đà Nẵng", ("48", "49"), (4, 9), "ĐNa"),
    Province("51", "Quảng Ngãi", ("51", "62"), (4, 10), "QNg"),
    Province("52", "Gia Lai", ("52", "64"), (4, 11), "GL"),
    Province("66", "Đắk Lắk", ("54", "66"), (4, 12), "ĐL"),
    Province("56", "Khánh Hòa", ("56", "58"), (5, 13), "KH"),
    Province("68", "Lâm Đồng", ("60", "67", "68"), (4, 13), "LĐ"),
    Province("75", "Đồng Nai", ("70", "75"), (3, 13), "ĐNi"),
    Province("80", "Tây Ninh", ("72", "80"), (2, 13), "TNi"),
    Province("79", "TP. Hồ Chí Minh", ("74", "77", "79"), (3, 14), "HCM"),
    Province("82", "Đồng Tháp", ("82", "87"), (2, 14), "ĐT"),
    Province("91", "An Giang", ("89", "91"), (1, 14), "AG"),
    Province("86", "Vĩnh Long", ("83", "84", "86"), (3, 15), "VL"),
    Province("92", "Cần Thơ", ("92", "93", "94"), (2, 15), "CT"),
    Province("96", "Cà Mau", ("95", "96"), (1, 16), "CM"),
)
