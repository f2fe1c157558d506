"""An keeps the library of the academy; Chi belongs to another academy."""

import json

import pytest

from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Role
from khue.domains.people.tests.cast import member, place

BIRTH = {
    "ma_thu_tuc": "9.000193",
    "ten_thu_tuc": "Đăng ký khai sinh (bản thử)",
    "so_quyet_dinh": "999/QĐ-THU",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Hộ tịch",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
    "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ tại Ủy ban nhân dân cấp xã.\nBước 2: Nhận Giấy khai sinh.",
    "cach_thuc_thuc_hien": (
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến2 Ngày làm việc4,000 VNĐ(4.000 đồng/lần)"
        "Trực tiếp1 Ngày8,000 VNĐ"
    ),
    "thanh_phan_ho_so": (
        "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai đăng ký khai sinh theo mẫuMẫu số 01.docx1 bản chính"
        "Giấy chứng sinh1 bản chính,1 bản sao"
    ),
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13",
    "yeu_cau_dieu_kien": "Không có thông tin",
    "ket_qua_xu_ly": "Giấy khai sinhMã: KQ.G15.000001Từ khóaKhông có thông tinMô tảKhông có thông tin",
}
LICENCE = {
    "ma_thu_tuc": "9.000200",
    "ten_thu_tuc": "Đổi giấy phép lái xe (bản thử)",
    "linh_vuc": "Đường bộ",
    "cap_thuc_hien": "Cấp tỉnh",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 Ngày làm việcMiễn phí",
}


@pytest.fixture
def academy(db):
    return place("hv", "Học viện")


@pytest.fixture
def an(academy):
    return member("an", academy, Role.STEWARD)


@pytest.fixture
def chi(db):
    return member("chi", place("khac", "Trường khác"), Role.ADMINISTRATOR)


@pytest.fixture
def library(an):
    return knowledge.create_collection("Thủ tục", by=an)


@pytest.fixture
def lines(tmp_path):
    """Writes records as JSON lines."""

    def write(*records):
        path = tmp_path / "procedures.jsonl"
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
        return path

    return write
