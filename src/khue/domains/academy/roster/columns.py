"""Which column holds what, by the headings that people write in Vietnamese, English and French."""

from enum import StrEnum
from functools import cache

from khue.domains.academy.roster.plain import plain


class Column(StrEnum):
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    EMAIL = "email"
    PHONE = "phone"
    PROVINCE = "province"
    UNIT = "unit"
    POSITION = "position"
    EXPERIENCE = "experience"
    PLACE = "place"
    CODE = "code"


HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("họ và tên", "họ tên", "họ và tên học viên", "tên học viên", "học viên", "full name", "name",
                  "participant", "nom et prénom", "nom complet", "nom prénom", "participant nom"),
    Column.FAMILY_NAME: ("họ", "họ đệm", "họ và tên đệm", "họ và đệm", "họ lót", "family name", "last name", "surname",
                         "nom", "nom de famille"),
    Column.GIVEN_NAME: ("tên", "given name", "first name", "prénom"),
    Column.EMAIL: ("email", "e-mail", "thư điện tử", "địa chỉ email", "hộp thư", "email công vụ", "mail", "courriel",
                   "adresse électronique", "email address"),
    Column.PHONE: ("điện thoại", "số điện thoại", "sđt", "đt", "di động", "phone", "mobile", "telephone", "téléphone",
                   "số điện thoại di động", "tel", "portable"),
    Column.PROVINCE: ("tỉnh", "tỉnh thành", "tỉnh thành phố", "tỉnh tp", "địa phương", "tỉnh/thành phố", "province",
                      "province city", "ville ou province", "province ou ville"),
    Column.UNIT: ("đơn vị", "cơ quan", "đơn vị công tác", "cơ quan công tác", "nơi công tác", "cơ quan đơn vị",
                  "cơ quan, đơn vị", "organisation", "organization", "unit", "agency", "office", "service", "organisme",
                  "administration", "unité"),
    Column.POSITION: ("chức vụ", "chức danh", "vị trí", "vị trí việc làm", "chức vụ chức danh", "position", "title",
                      "job title", "fonction", "poste"),
    Column.EXPERIENCE: ("số năm công tác", "năm kinh nghiệm", "số năm kinh nghiệm", "thâm niên", "kinh nghiệm",
                        "years of experience", "experience", "years", "années d'expérience", "ancienneté",
                        "expérience"),
    Column.PLACE: ("điểm cầu", "nơi học", "địa điểm học", "phân hiệu", "cơ sở", "hình thức học", "điểm học", "place",
                   "campus", "location", "attends at", "antenne", "lieu", "site"),
    Column.CODE: ("mã", "mã học viên", "mã số", "mã cán bộ", "số hiệu", "code", "id", "participant id", "matricule",
                  "identifiant"),
}  # fmt: skip


@cache
def _known() -> dict[str, Column]:
    return {plain(heading): column for column, headings in HEADINGS.items() for heading in headings}


def column_of(heading: str) -> Column | None:
    """None for a heading that is not about any of them: number, remarks, signature …"""
    return _known().get(plain(heading))
